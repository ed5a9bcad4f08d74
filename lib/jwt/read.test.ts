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
const codes = (text: string): string[] => read(text).findings.map((finding) => finding.code);
const sign = (claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(SECRET);
const TOKEN = await sign({ apikey: "2f1c1f1e", permissions: ["allow_join"], exp: 1_800_000_000 });
const [HEADER = "", PAYLOAD = "", SIGNATURE = ""] = TOKEN.split(".");

describe("form", () => {
  test("a good token has no findings", () => {
    const reading = read(TOKEN);
    expect(reading).toMatchObject({ complete: true, takenOff: [], findings: [], token: TOKEN });
    expect(reading.claims).toEqual({ apikey: "2f1c1f1e", permissions: ["allow_join"], exp: 1_800_000_000 });
    expect(TOKEN.slice(reading.segments.payload?.range.start, reading.segments.payload?.range.end)).toBe(PAYLOAD);
  });
  test("the number of segments", () => {
    expect(codes(HEADER)).toEqual(["segments-one"]);
    expect(codes(`${HEADER}.${PAYLOAD}`)).toEqual(["segments-two"]);
    expect(codes(`${HEADER}.${PAYLOAD}.`)).toEqual(["signature-empty"]);
    expect(codes(`${TOKEN}.x`)).toEqual(["segments-too-many"]);
    expect(codes(`${TOKEN}.a.b.c`)).toEqual(["segments-too-many"]);
    expect(codes(`.${PAYLOAD}.${SIGNATURE}`)).toEqual(["header-empty"]);
    expect(readToken(`${TOKEN}.a.b`)).toMatchObject({ kind: "not-a-token", what: "jwe" });
    for (const text of [HEADER, `${HEADER}.${PAYLOAD}`, `${TOKEN}.x`]) expect(read(text).complete).toBe(false);
  });
  test("the signature's length", () => {
    expect(read(`${HEADER}.${PAYLOAD}.${SIGNATURE.slice(0, 40)}`).findings).toMatchObject([
      { code: "signature-length", severity: "error", path: "signature" },
    ]);
    expect(codes(`${TOKEN}AAAA`)).toContain("signature-length");
    expect(codes(`${HEADER}.${PAYLOAD}.${"0a".repeat(32)}`)).toEqual(["signature-hex"]);
    expect(codes(`${HEADER}.${PAYLOAD}.${SIGNATURE.slice(0, 41)}`)).toEqual(["base64-length"]);
  });
  test("stray bits are not canonical, which is no error", () => {
    const twin = ALPHABET[ALPHABET.indexOf(SIGNATURE.at(-1) ?? "") + 1] ?? "";
    const text = TOKEN.slice(0, -1) + twin;
    expect(read(text).findings).toMatchObject([
      { code: "base64-stray-bits", severity: "warning", range: { start: text.length - 1, end: text.length } },
    ]);
    expect(read(text).segments.signature?.bytes).toEqual(read(TOKEN).segments.signature?.bytes);
  });
  test("what was around or inside of it", () => {
    expect(read(`Bearer ${TOKEN}`).findings).toMatchObject([{ code: "bearer-in-front", range: { start: 0, end: 7 } }]);
    expect(codes(`TOKEN=${TOKEN}`)).toEqual(["text-around"]);
    expect(codes(` ${TOKEN}\n`)).toEqual([]);
    const broken = `${TOKEN.slice(0, 60)}\r\n  ${TOKEN.slice(60)}`;
    expect(read(broken).findings).toMatchObject([{ code: "broken-inside", range: { start: 60, end: 64 } }]);
    expect(codes(`https://a.example/?token=${TOKEN.replaceAll(".", "%2E")}`)).toEqual(["text-around"]);
  });
  test("a finding points at the exact place in the pasted text", () => {
    const payload = Buffer.from('{"a":1,}').toString("base64url");
    const pasted = `'${HEADER}.${payload}.${SIGNATURE}'`;
    const comma = read(pasted).findings.find((finding) => finding.code === "json-trailing-comma");
    // Byte 7 of the payload, the brace behind the comma, is in characters 9 and 10.
    const start = 1 + HEADER.length + 1 + 9;
    expect(comma).toMatchObject({ range: { start, end: start + 2 }, severity: "error" });
    expect(comma?.message).toBe("The payload is not valid JSON: a comma stands before the closing `}` (character 8).");
  });
  test("numbers stay as written, and claims keep __proto__", () => {
    const payload = Buffer.from('{"id":9007199254740993,"v":2.0,"__proto__":{"x":1}}').toString("base64url");
    const reading = read(`${HEADER}.${payload}.${SIGNATURE}`);
    expect(reading.findings).toMatchObject([{ code: "number-changes", path: "payload.id", severity: "warning" }]);
    expect(Object.keys(reading.claims ?? {})).toEqual(["id", "v", "__proto__"]);
    const root = reading.segments.payload?.root;
    expect(
      root?.kind === "object" && root.entries.map(({ value }) => (value.kind === "number" ? value.raw : "")),
    ).toEqual(["9007199254740993", "2.0", ""]);
  });
  test("while a token is being typed, what is there is read", () => {
    for (let length = 2; length < TOKEN.length; length++)
      expect([length, readToken(TOKEN.slice(0, length)).kind]).toEqual([length, "token"]);
    const half = read(TOKEN.slice(0, HEADER.length + 1 + 44));
    expect(half.header).toEqual({ alg: "HS256", typ: "JWT" });
    expect(half.claims).toBeUndefined();
    const root = half.segments.payload?.root;
    expect(root?.kind === "object" && root.entries[0]).toMatchObject({ key: "apikey", value: { value: "2f1c1f1e" } });
    expect(half.findings.map((finding) => finding.code)).toEqual(["json-ends-early", "segments-two"]);
  });
});

describe("properties", () => {
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

test("1 MB is read in linear time", () => {
  const users = Array.from({ length: 12_000 }, (_, id) => ({
    id,
    name: `Person ${id}`,
    tags: ["a", "ü"],
    at: 1_700_000_000 + id,
  }));
  const json = JSON.stringify({ apikey: "k", users });
  const token = `${HEADER}.${Buffer.from(json).toString("base64url")}.${SIGNATURE}`;
  const median = (run: () => unknown): number => {
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      run();
      return performance.now() - started;
    });
    return times.toSorted((a, b) => a - b)[2] ?? 0;
  };
  const took = median(() => readToken(token));
  const parse = median(() => JSON.parse(json));
  console.info(
    `read: ${token.length} characters in ${took.toFixed(0)} ms, JSON.parse of its payload ${parse.toFixed(0)} ms`,
  );
  expect(readToken(token)).toMatchObject({ complete: true, findings: [] });
  expect(took).toBeLessThan(1000);
});
