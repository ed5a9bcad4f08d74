/** `decode`: what the decoder's page says of a token, as far as that goes without the desk. Asks nobody. */
import { decodeReading } from "@/lib/decoder/decode";
import { reportWith, type TokenReport } from "@/lib/decoder/report";
import { readToken } from "@/lib/jwt/read";
import { vendors } from "@/lib/profiles/registry";
import { credentialStarts, packedIn } from "@/lib/scan/packed-tokens";
import { credentialsIn } from "@/lib/text/credential";
import { placeCounter } from "@/lib/text/place-counter";
import { EXIT, type Io, type Options } from "./io";
import { json, reportText } from "./print";
import { readGiven } from "./read-token";

const server = { state: "unavailable", reason: "Not checked: this looks at the token alone." } as const;

/** Refused, dangerous, over, never valid, or no token. */
export function isBad(report: TokenReport): boolean {
  if (report.kind !== "token") return true;
  const { verdict, layers } = report;
  // What waits for its start is not bad, unless it is over before that.
  const never = layers.some(({ findings }) => findings.some(({ code }) => code === "nbf-after-exp"));
  // Also where the head is about whose it is.
  const over = layers.some(({ layer, state }) => layer === "time" && state === "over");
  return never || over || verdict.tone === "bad" || verdict.alarm === "secret";
}

/** Also in base64, and in a token within the token: of its segments none is left out. */
const holdsCredential = (text: string): boolean => credentialStarts(text, packedIn(text, [])).length > 0;

export async function decode(io: Io, given: readonly string[], options: Options): Promise<number> {
  const text = await readGiven(io, given);
  const decoded = decodeReading(readToken(text, vendors), { server, now: io.now() });
  // Its secrets the desk alone knows; a credential is known by its checksum, also within the token.
  const inToken = decoded.kind === "token" && [decoded.headerText, decoded.payloadText].some(holdsCredential);
  const credentials = [...(inToken ? [{ line: 1, inToken }] : []), ...credentialsIn(text).map(placeCounter(text))];
  const report = reportWith({ secrets: [], credentials }, decoded, text, io.now());
  io.out(options.json ? json(report) : reportText(io, report));
  return isBad(report) ? EXIT.found : EXIT.ok;
}
