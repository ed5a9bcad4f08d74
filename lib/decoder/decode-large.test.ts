/** Large texts: a small token in them goes on to be asked about and judged by a ticking clock; a large one is judged where it was read. */

import { expect, test } from "vitest";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { locatorOf } from "@/lib/jwt/locate";
import { readToken } from "@/lib/jwt/read";
import { LONGEST_SENDABLE } from "@/lib/sizes";
import { signToken } from "@/lib/tokens/sign";
import { decodeReading } from "./decode";
import { type LargeText, nextChange, readLarge } from "./decode-large";

const now = 1_795_500_000;
const claims = { apikey: "7d2c4a4e-6a5b-4a55-9f0e-0a3f0c8f1f11", permissions: ["allow_join"], iat: now, exp: now + 60 };
const sign = (more: object = {}) =>
  signToken({ ...claims, ...more }, "a secret that is long enough for HS256", ALGORITHM);
const log = "GET /index.html 200\n".repeat(6_000);
/** As a worker sends it. */
const sent = (text: string, at = now): LargeText => structuredClone(readLarge(text, at));

test("one token in a large text can be asked about and judged at any instant, and is found in the text", async () => {
  const token = await sign();
  const text = `${log}token: ${token}\n${log}`;
  const large = sent(text);
  if (large.kind !== "parts") throw new Error("The token cannot be asked about.");
  expect(large.parts.token).toBe(token);
  const reading = { ...large.parts, ...locatorOf(large.parts) };
  const judged = (at: number) => decodeReading(reading, { server: { state: "unavailable", reason: "" }, now: at });
  expect([now, now + 60].map((at) => (judged(at) as { verdict: { word: string } }).verdict.word)).toEqual([
    "Signature not checked",
    "Expired",
  ]);
  const whole = readToken(text);
  const place = reading.locate("payload.exp");
  expect(place).toBeDefined();
  expect(place).toEqual(whole.kind === "token" ? whole.locate("payload.exp") : undefined);
});

test("a token that is too long to be sent is judged in the worker, again when its time is over", async () => {
  const text = await sign({ note: "n".repeat(LONGEST_SENDABLE), nbf: now + 30 });
  for (const [at, next] of [
    [now, now + 30],
    [now + 30, now + 60],
    [now + 60, undefined],
  ] as const) {
    const large = sent(text, at);
    expect(large).toMatchObject({
      kind: "decoded",
      decoded: { kind: "token", verdict: { word: "Signature not checked" } },
    });
    expect(nextChange(large, at)).toBe(next);
  }
});

test("several tokens are not read one by one here", async () => {
  const large = sent(`${log}${await sign()}\n${await sign({ jti: "b" })}\n`);
  expect(large).toMatchObject({ kind: "decoded", decoded: { kind: "not-a-token", what: "several-tokens" } });
  expect(nextChange(large, now)).toBeUndefined();
});
