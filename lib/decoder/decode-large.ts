/** Reads a large text, for a worker: hands over the parts of a token that the server can be asked about, and judges the rest, keeping no more of it than a page can show. Browser-safe. */
import { findTokens } from "@/lib/jwt/find-tokens";
import { type Reading, readToken } from "@/lib/jwt/read";
import { aboutText } from "@/lib/jwt/recognise";
import type { TokenParts } from "@/lib/jwt/token-parts";
import { vendors } from "@/lib/profiles/registry";
import { LONGEST_SENDABLE } from "@/lib/sizes";
import { type Decoded, decodeReading } from "./decode";

const MAX_MEMBERS = 200;

/** Known much sooner than by reading the whole text as one token. */
const severalTokens: Reading = { kind: "not-a-token", ...aboutText("several-tokens", vendors.of()), findings: [] };

/** Plain data, fit for `postMessage`. */
export type LargeText =
  /** One token that is small itself: to be asked about, and judged anew as time goes by. */
  | { kind: "parts"; parts: TokenParts }
  /** Judged at one instant; what the server would say of it does not count. */
  | { kind: "decoded"; decoded: Decoded };

/** @param now epoch seconds */
export function readLarge(text: string, now: number): LargeText {
  const reading = findTokens(text).length > 1 ? severalTokens : readToken(text, vendors);
  if (reading.kind === "token" && reading.token.length <= LONGEST_SENDABLE) {
    // The methods cannot be sent: `locatorOf` makes them again.
    const { locate: _, locateInJson: __, pathAt: ___, ...parts } = reading;
    return { kind: "parts", parts };
  }
  const decoded = decodeReading(reading, { server: { state: "pending" }, now });
  return { kind: "decoded", decoded: lighten(decoded, reading) };
}

/** The next instant after `now` at which {@link readLarge} says something else; undefined when there is none. */
export function nextChange(large: LargeText, now: number): number | undefined {
  if (large.kind === "parts" || large.decoded.kind !== "token") return undefined;
  const { notBefore = 0, expiresAt = 0 } = large.decoded.verdict.times;
  return [notBefore, expiresAt].filter((instant) => instant > now).sort((a, b) => a - b)[0];
}

/** Keeps the first members of a payload with very many: copying them all to the page would hold it up. */
function lighten(decoded: Decoded, reading: Reading): Decoded {
  const payload = reading.kind === "token" ? reading.segments.payload : undefined;
  if (decoded.kind !== "token" || payload?.root?.kind !== "object") return decoded;
  const { entries, start } = payload.root;
  const last = entries[MAX_MEMBERS - 1];
  if (!last) return decoded;
  const names = new Set(entries.slice(0, MAX_MEMBERS).map(({ key }) => key));
  return {
    ...decoded,
    payloadText: `${payload.text.slice(start, last.value.end)}}`,
    hiddenClaims: entries.length - MAX_MEMBERS,
    claims: Object.fromEntries(Object.entries(decoded.claims ?? {}).filter(([name]) => names.has(name))),
  };
}
