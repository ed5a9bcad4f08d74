/** `inspect`: what the desk says of a token: whose secret signed it, and what the ledger knows. */
import { TokenReport } from "@/lib/decoder/report";
import { LONGEST_SENDABLE } from "@/lib/sizes";
import { formatUtc } from "@/lib/text/instant";
import { tokenName } from "@/lib/text/numbered";
import * as z from "@/lib/zod";
import { isBad } from "./decode";
import { ask } from "./desk";
import { EXIT, type Io, type Options } from "./io";
import { json, reportText, safe } from "./print";
import { readGiven } from "./read-token";
import { UsageError } from "./usage-error";

/** As much of the answer as is printed. */
const Inspected = z.object({
  report: TokenReport,
  ledger: z.object({
    state: z.string(),
    number: z.number().optional(),
    issuedBy: z.string().optional(),
    issuedAt: z.number().optional(),
    revokedAt: z.number().nullable().optional(),
  }),
  key: z.object({ label: z.string(), disabled: z.boolean() }).nullable(),
  unrecorded: z.string().optional(),
});

function ledgerLine({ state, number, issuedBy, issuedAt, revokedAt }: z.output<typeof Inspected>["ledger"]): string {
  if (number === undefined) return "not in it";
  return [
    `${tokenName(number)}, by ${issuedBy}`,
    issuedAt === undefined ? undefined : `issued ${formatUtc(issuedAt)}`,
    state === "altered" ? "altered since" : undefined,
    typeof revokedAt === "number" ? `revoked ${formatUtc(revokedAt)}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

export async function inspect(io: Io, given: readonly string[], options: Options): Promise<number> {
  const token = (await readGiven(io, given)).trim();
  if (token.length > LONGEST_SENDABLE)
    throw new UsageError("That is longer than any token. To look through a text, use scan.");
  const answer = await ask(io, { method: "POST", path: "/api/v1/tokens/inspect", body: { token } });
  const { report, ledger, key, unrecorded } = Inspected.parse(answer);
  if (options.json) io.out(json(answer));
  else {
    io.out(reportText(io, report));
    if (ledger.state !== "not-looked-up") io.out(`\n${safe(`Ledger: ${ledgerLine(ledger)}`)}\n`);
    if (key) io.out(`${safe(`Key: ${key.label}${key.disabled ? ", disabled here" : ""}`)}\n`);
    if (unrecorded) io.out(`${safe(`That this was looked at could not be recorded: ${unrecorded}.`)}\n`);
  }
  return isBad(report) ? EXIT.found : EXIT.ok;
}
