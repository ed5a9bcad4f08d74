/** What this reader calls an error although jose's `decodeJwt` or jsonwebtoken's `decode` accept it must be on the list, with its reason; what it accepts, both must read alike. */
import fc from "fast-check";
import { decodeJwt } from "jose";
import jwt from "jsonwebtoken";
import { expect, test, vi } from "vitest";
import { readToken } from "./read";

// Many runs, and perhaps a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Which codes are met must not depend on luck: the last test counts on all of them. */
const SEED = 20_261_124;

/** Both libraries' functions decode and don't check: they look at the payload, hardly at the header, and never at the signature. */
const UNREAD = "RFC 7515 §4: the header is JSON; jose does not read it in decodeJwt";
const STRICTER: Record<string, string> = {
  "alg-missing": "RFC 7515 §4.1.1: alg must be present; the decoders don't read it",
  "alg-none": "RFC 8725 §3.2: unsigned tokens are refused; the decoders don't read alg",
  "alg-not-text": "RFC 7515 §4.1.1: alg is a text; the decoders don't read it",
  "alg-other-hmac": "every vendor here uses HS256 only",
  "alg-asymmetric": "every vendor here uses HS256 only",
  "alg-spelling": "RFC 7515 §4.1.1: alg is case-sensitive; the decoders don't read it",
  "alg-unknown": "every vendor here uses HS256 only",
  "crit-malformed": "RFC 7515 §4.1.11; the decoders don't read crit",
  "crit-unknown": "RFC 7515 §4.1.11: must be refused; the decoders don't read crit",
  "payload-unencoded": "RFC 7797: the payload is not base64url; the decoders don't read b64",
  "nested-token": "RFC 7519 §5.2: the claims are in another token; the decoders don't read cty",
  "payload-not-object": "RFC 7519 §7.2: a claims set is an object; jsonwebtoken returns lists and texts as well",
  "header-not-object": "RFC 7515 §4: a header is an object; jose does not read it in decodeJwt",
  "header-empty": "RFC 7515 §7.1; jose does not read the header in decodeJwt",
  "signature-empty": "an empty signature is no signature; the decoders don't read it",
  "signature-length": "RFC 7518 §3.2: HS256 has 32 bytes; the decoders don't read it",
  "signature-hex": "RFC 7518 §3.2; the decoders don't read the signature",
  "base64-alphabet": "RFC 7515 §2: base64url only; jose reads `+` and `/` as well",
  "base64-padding": "RFC 7515 §2: no padding; jose allows it",
  "base64-character": "RFC 7515 §2; jose does not read header and signature in decodeJwt",
  "base64-length": "RFC 4648 §5: such a length cannot come from bytes; Buffer drops the last character",
  "base64-white-space": "RFC 7515 §2; jose's decoding skips white space",
  "not-utf8": "RFC 7519 §7.2: UTF-8; both put U+FFFD where it is broken",
  "json-bom": "RFC 8259 §8.1: must not be there; jose's TextDecoder drops it",
  "json-too-deep": "this reader stops at 100 levels, JSON.parse has no limit",
  "json-not-a-value": UNREAD,
  "json-unexpected": UNREAD,
  "json-empty": UNREAD,
  "json-ends-early": UNREAD,
  "json-trailing": UNREAD,
  "json-trailing-comma": UNREAD,
  "json-wrong-quotes": UNREAD,
  "json-unquoted-name": UNREAD,
  "json-missing-comma": UNREAD,
  "json-missing-colon": UNREAD,
  "json-number": UNREAD,
  "json-control-character": UNREAD,
  "json-escape": UNREAD,
  "json-comment": UNREAD,
};

const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run() ?? undefined;
  } catch {
    return undefined;
  }
};
const used = new Set<string>();

function compare(token: string): void {
  const reading = readToken(token);
  const byJose = attempt(() => decodeJwt(token));
  const byJsonwebtoken = attempt(() => jwt.decode(token, { json: true }));
  const errors =
    reading.kind === "empty"
      ? []
      : reading.findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
  if (byJose || byJsonwebtoken) {
    const unexplained = errors.filter((code) => !Object.hasOwn(STRICTER, code));
    expect([token, unexplained]).toEqual([token, []]);
    for (const code of errors) used.add(code);
  }
  if (reading.kind === "token" && errors.length === 0 && reading.takenOff.length === 0) {
    expect([token, byJose]).toEqual([token, reading.claims]);
    expect([token, byJsonwebtoken]).toEqual([token, reading.claims]);
  }
}

const encode = (text: string | Uint8Array): string => Buffer.from(text).toString("base64url");
const SIGNATURE = "A".repeat(43);
const HEADER = encode('{"alg":"HS256","typ":"JWT"}');

test("tokens made by hand", () => {
  const headers = [
    {},
    { alg: "none" },
    { alg: 1 },
    { alg: "HS512" },
    { alg: "RS256" },
    { alg: "hs256" },
    { alg: "x" },
    { alg: "HS256", crit: [] },
    { alg: "HS256", crit: ["x"], x: 1 },
    { alg: "HS256", b64: false },
    { alg: "HS256", cty: "JWT" },
  ];
  for (const header of headers) compare(`${encode(JSON.stringify(header))}.${encode('{"a":1}')}.${SIGNATURE}`);
  const payloads: (string | Uint8Array)[] = [
    "[1]",
    '"x"',
    "1",
    "",
    "\ufeff{}",
    '{"a":1,"a":2}',
    '{"__proto__":1}',
    '{"a":9007199254740993}',
    '{"a":"\\ud800"}',
    `{"a":${"[".repeat(120)}${"]".repeat(120)}}`,
    "{'a':1}",
    '{"a":1,}',
    "{a:1}",
    '{"a":1 "b":1}',
    '{"a" 1}',
    '{"a":01}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    "{/**/}",
    "{} x",
    "{",
    "nope",
    "]",
    new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  ];
  for (const text of payloads) {
    compare(`${HEADER}.${encode(text)}.${SIGNATURE}`);
    compare(`${encode(text)}.${encode('{"a":1}')}.${SIGNATURE}`);
  }
  const payload = encode('{"a":"??>"}');
  const rest = [
    `${HEADER}.${payload}.`,
    `${HEADER}.${payload}`,
    `.${payload}.${SIGNATURE}`,
    `${HEADER}.${payload}=.${SIGNATURE}`,
    `${HEADER}.${payload}.${SIGNATURE}=`,
    `${HEADER}.${Buffer.from('{"a":"??>"}').toString("base64")}.${SIGNATURE}`,
    `${HEADER}.${payload}A.${SIGNATURE}`,
    `${HEADER}.${payload}*.${SIGNATURE}`,
    `*.${payload}.${SIGNATURE}`,
    `a b.${payload}.${SIGNATURE}`,
    `${HEADER}.${payload}.${SIGNATURE}.x`,
    `${HEADER}.${payload}.x`,
    `${HEADER}.${payload}.${"0a".repeat(32)}`,
    `${encode("[]")}.${payload}.${SIGNATURE}`,
    `${HEADER}.${payload}.${"A".repeat(42)}B`,
  ];
  for (const token of rest) compare(token);
});

test("tokens with any header, payload and signature", () => {
  const header = fc.oneof(
    fc.constant(HEADER),
    fc
      .record(
        {
          alg: fc.constantFrom("HS256", "HS384", "none", "RS256", 1, null),
          typ: fc.constantFrom("JWT", "x"),
          crit: fc.constantFrom([], ["a"]),
          cty: fc.constant("JWT"),
          kid: fc.string(),
        },
        { requiredKeys: [] },
      )
      .map((value) => encode(JSON.stringify(value))),
  );
  const payload = fc.oneof(
    fc.json().map(encode),
    fc.dictionary(fc.string(), fc.jsonValue()).map((value) => encode(JSON.stringify(value))),
    fc.uint8Array().map(encode),
  );
  const signature = fc.oneof(fc.constant(SIGNATURE), fc.uint8Array({ maxLength: 40 }).map(encode));
  fc.assert(
    fc.property(header, payload, signature, (...segments) => compare(segments.join("."))),
    { numRuns: 2000, seed: SEED },
  );
});

test("a good token with one character replaced, put in or taken out", () => {
  const good = jwt.sign({ apikey: "k", permissions: ["allow_join"], exp: 1_800_000_000, name: "ü??>" }, "s");
  const chars = fc.constantFrom(..."AZaz09-_.+/= *%", "\n", "é", "");
  fc.assert(
    fc.property(fc.nat({ max: good.length - 1 }), chars, fc.constantFrom(0, 1), (at, char, drop) =>
      compare(good.slice(0, at) + char + good.slice(at + drop)),
    ),
    { numRuns: 3000, seed: SEED },
  );
});

test("the list has no entry that nothing needs", () => {
  expect(Object.keys(STRICTER).filter((code) => !used.has(code))).toEqual([]);
});
