import fc from "fast-check";
import { SignJWT } from "jose";
import { describe, expect, test, vi } from "vitest";
import type { Range } from "./finding";
import { readToken, type TokenReading } from "./read";

// Many runs, and perhaps a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SECRET = new TextEncoder().encode("a secret of thirty-two bytes or more");
const read = (text: string): TokenReading => {
  const reading = readToken(text);
  if (reading.kind !== "token") throw new Error(reading.kind);
  return reading;
};
const sign = (claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(SECRET);
const TOKEN = await sign({ apikey: "2f1c1f1e", permissions: ["allow_join"], exp: 1_800_000_000 });
const [HEADER = "", PAYLOAD = "", SIGNATURE = ""] = TOKEN.split(".");

describe("readToken", () => {
  const valid = (pasted: string): void => {
    const reading = readToken(pasted);
    if (reading.kind === "empty") return;
    const within = (place: Range | undefined) =>
      place && 0 <= place.start && place.start < place.end && place.end <= pasted.length;
    const bad = reading.findings.filter(
      ({ range, alsoAt, layer, message }) =>
        !within(range) ||
        (alsoAt && !within(alsoAt)) ||
        !["form", "signature"].includes(layer) ||
        !message.endsWith("."),
    );
    expect(bad).toEqual([]);
    if (reading.kind === "not-a-token") return;
    const starts = reading.findings.map((finding) => finding.range?.start ?? 0);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    for (let at = 0; at <= pasted.length; at += 7) reading.pathAt(at);
  };
  const encode = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64url");

  test("any text never throws, and every finding lies within it", () => {
    const piece = fc.constantFrom(
      "ey",
      "eyJ",
      ".",
      HEADER,
      PAYLOAD,
      SIGNATURE,
      "=",
      "+",
      " ",
      "\n",
      '"',
      "Bearer ",
      "TOKEN=",
      "{",
      "}",
      '"token":',
      "%2E",
      "\ufeff",
      "😀",
      "\ud800",
      "?token=",
      "&",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => valid(pieces.join(""))),
      { numRuns: 1500 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), valid), { numRuns: 1500 });
  });
  test("any bytes as header, payload and signature never throw, and every finding lies within the text", () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.json(), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(bytes, bytes, fc.uint8Array({ maxLength: 40 }), (header, payload, signature) =>
        valid(`${encode(header)}.${encode(payload)}.${encode(signature)}`),
      ),
      { numRuns: 1500 },
    );
  });
  test("any value of any header member never throws", () => {
    const name = fc.constantFrom(
      "alg",
      "typ",
      "cty",
      "crit",
      "b64",
      "zip",
      "jwk",
      "jku",
      "x5c",
      "x5u",
      "kid",
      "__proto__",
    );
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.oneof(fc.jsonValue(), fc.constantFrom("none", "HS256", "JWT", ["b64"], false))),
        (header) => valid(`${encode(JSON.stringify(header))}.${PAYLOAD}.${SIGNATURE}`),
      ),
      { numRuns: 1500 },
    );
  });
  test("every token that jose signs reads back to the same claims without an error", async () => {
    const text = fc.string({ unit: "grapheme" });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(text, fc.jsonValue({ maxDepth: 4 })), async (claims) => {
        const reading = read(await sign(claims));
        expect(reading.claims).toEqual(JSON.parse(JSON.stringify(claims)));
        expect(reading.findings.filter((finding) => finding.severity === "error")).toEqual([]);
        expect(reading.complete).toBe(true);
      }),
    );
  });
  test("changing any one character of any segment is noticed: an error, other bytes, or stray bits", () => {
    const original = read(TOKEN);
    const unnoticed: string[] = [];
    const bytesOf = ({ segments }: TokenReading) =>
      [segments.header, segments.payload, segments.signature].map((segment) => segment?.bytes.join());
    for (let at = 0; at < TOKEN.length; at++) {
      if (TOKEN[at] === ".") continue;
      for (const char of ALPHABET) {
        if (char === TOKEN[at]) continue;
        const reading = readToken(TOKEN.slice(0, at) + char + TOKEN.slice(at + 1));
        if (reading.kind !== "token") continue;
        const sameBytes = bytesOf(reading).join("|") === bytesOf(original).join("|");
        const strayBits = reading.findings.some((finding) => finding.code === "base64-stray-bits");
        if (sameBytes && !strayBits) unnoticed.push(`${at} ${char}`);
        if (sameBytes) continue;
        // These claims have no escapes and no exponents: other bytes are other claims, another header, another signature, or an error.
        const error = reading.findings.some((finding) => finding.severity === "error");
        const same =
          JSON.stringify([reading.header, reading.claims]) === JSON.stringify([original.header, original.claims]);
        const otherSignature = reading.segments.signature?.bytes.join() !== original.segments.signature?.bytes.join();
        if (!error && same && !otherSignature) unnoticed.push(`${at} ${char}`);
      }
    }
    expect(unnoticed).toEqual([]);
  });
  test("flipping any one bit of a character of the token is noticed", () => {
    const gist = ({ header, claims, segments }: TokenReading): string =>
      JSON.stringify([header, claims, segments.signature?.bytes.join()]);
    const original = gist(read(TOKEN));
    const unnoticed: string[] = [];
    for (let at = 0; at < TOKEN.length; at++) {
      for (let bit = 0; bit < 7; bit++) {
        const reading = readToken(
          TOKEN.slice(0, at) + String.fromCharCode(TOKEN.charCodeAt(at) ^ (1 << bit)) + TOKEN.slice(at + 1),
        );
        if (reading.kind !== "token" || reading.findings.length > 0 || reading.takenOff.length > 0) continue;
        if (gist(reading) === original) unnoticed.push(`${at} ${bit}`);
      }
    }
    expect(unnoticed).toEqual([]);
  });
});
