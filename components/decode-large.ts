/** Reads and judges a large text, and keeps no more of it than a page can show. */
import { findTokens } from "@/lib/jwt/find-tokens";
import { type Reading, readToken } from "@/lib/jwt/read";
import { aboutText } from "@/lib/jwt/recognise";
import { videosdk } from "@/lib/profiles/videosdk";
import { type Decoded, decodeReading } from "@/lib/tokens/decode";

const MAX_MEMBERS = 200;

/** Known much sooner than by reading the whole text as one token. */
const severalTokens: Reading = { kind: "not-a-token", ...aboutText("several-tokens"), findings: [] };

/** @param now epoch seconds */
export function decodeLarge(text: string, now: number): Decoded {
  const reading = findTokens(text).length > 1 ? severalTokens : readToken(text);
  return lighten(decodeReading(videosdk, reading, { server: { state: "pending" }, now }), reading);
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
