/** Measures the reader and the rules in Node, side by side with JSON.parse of the same payload and jose's decodeJwt. */
import { decodeJwt } from "jose";
import { type Decoded, decodeReading } from "@/lib/decoder/decode";
import { findTokens } from "@/lib/jwt/find-tokens";
import { layOutValue, membersOf } from "@/lib/jwt/members";
import { readToken } from "@/lib/jwt/read";
import { median } from "./median";
import { hostileShapes, logWithTokens, signText, tokenOf } from "./samples";

const ROUNDS = 9;
const MIN_ROUND_MS = 20;
const WARM_UP_MS = 300;

/** Milliseconds for one call: the median of several rounds, each long enough to be measured. */
function time(work: () => unknown): number {
  // Long enough for the engine to have compiled it.
  let warm = 0;
  const begun = performance.now();
  while (performance.now() - begun < WARM_UP_MS) {
    work();
    warm += 1;
  }
  const calls = Math.max(1, Math.ceil((MIN_ROUND_MS * warm) / WARM_UP_MS));
  return median(
    Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      for (let call = 0; call < calls; call += 1) work();
      return (performance.now() - start) / calls;
    }),
  );
}

const ms = (value: number) => `${value < 1 ? value.toFixed(3) : value.toFixed(1)} ms`;

/** As much of the payload as the page lays out at first: components/claims-json.tsx. */
function layOut(decoded: Decoded): string[] {
  if (decoded.kind !== "token") return [];
  const members = membersOf(decoded.payloadText, "payload") ?? [];
  return members.slice(0, 100).map(({ rawValue }) => layOutValue(rawValue.slice(0, 4_000)));
}

export async function measureReading(): Promise<[string, string][]> {
  const now = Math.floor(Date.now() / 1000);
  const decode = (text: string) => decodeReading(readToken(text), { server: { state: "pending" }, now });
  const lines: [string, string][] = [];
  for (const [name, bytes] of [
    ["typical token", 0],
    ["100 KB", 100_000],
    ["1 MB", 1_000_000],
  ] as const) {
    const token = await tokenOf(bytes);
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    const ours = time(() => decode(token));
    const parse = time(() => JSON.parse(payload));
    const jose = time(() => decodeJwt(token));
    lines.push([
      name,
      `${ms(ours)}; ${(ours / parse).toFixed(1)} x JSON.parse, ${(ours / jose).toFixed(1)} x jose's decodeJwt`,
    ]);
  }
  for (const [shape, make] of Object.entries(hostileShapes)) {
    for (const [size, bytes] of [
      ["64 kB", 64_000],
      ["1 MB", 1_000_000],
    ] as const) {
      const payload = make(bytes);
      const token = await signText(payload);
      const ours = time(() => layOut(decode(token)));
      const parse = time(() => JSON.parse(payload));
      lines.push([`${shape}, ${size}`, `${ms(ours)}; ${(ours / parse).toFixed(1)} x JSON.parse`]);
    }
  }
  const log = await logWithTokens();
  const asJson = JSON.stringify(log);
  const found = findTokens(log);
  const scan = time(() => findTokens(log).map(({ token }) => decode(token)));
  const parse = time(() => JSON.parse(asJson));
  const jose = time(() => found.map(({ token }) => decodeJwt(token)));
  lines.push([
    `10 MB, ${found.length} tokens`,
    `${ms(scan)}; ${(scan / parse).toFixed(1)} x JSON.parse of the text as one string, ${(scan / jose).toFixed(1)} x jose's decodeJwt of the tokens alone`,
  ]);
  return lines;
}
