/** The examples of RFC 7515 and RFC 7519, and the points of RFC 8725 that a reader without a key can see; each test is named after its section. */
import { compactVerify, importJWK } from "jose";
import { describe, expect, test } from "vitest";
import { readToken, type TokenReading } from "./read";

const JOE = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const JOE_CLAIMS = { iss: "joe", exp: 1300819380, "http://example.com/is_root": true };
const A1 = `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${JOE}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`;
const A1_KEY = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
const A2_SIGNATURE =
  "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const A3_SIGNATURE = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const A4 =
  "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";

const base64url = (text: string): string => Buffer.from(text).toString("base64url");
const craft = (header: object, payload: object | string = { apikey: "k" }): string =>
  `${base64url(JSON.stringify(header))}.${base64url(typeof payload === "string" ? payload : JSON.stringify(payload))}.${"A".repeat(43)}`;
const read = (text: string): TokenReading => {
  const reading = readToken(text);
  if (reading.kind !== "token") throw new Error(`read as ${reading.kind}`);
  return reading;
};
const codes = (text: string): string[] => read(text).findings.map((finding) => finding.code);

describe("RFC 7515", () => {
  test("§A.1 HMAC SHA-256: reads without a finding, and jose agrees that it is the example", async () => {
    const reading = read(A1);
    expect(reading.findings).toEqual([]);
    expect(reading.header).toEqual({ typ: "JWT", alg: "HS256" });
    expect(reading.claims).toEqual(JOE_CLAIMS);
    expect(reading.segments.header.text).toBe('{"typ":"JWT",\r\n "alg":"HS256"}');
    expect(reading.segments.signature?.bytes.slice(0, 4)).toEqual(new Uint8Array([116, 24, 223, 180]));
    await compactVerify(A1, await importJWK({ kty: "oct", k: A1_KEY, alg: "HS256" }));
  });
  test("§A.2 RSASSA-PKCS1-v1_5 SHA-256: the one finding is that a private key signed it", () => {
    const reading = read(`eyJhbGciOiJSUzI1NiJ9.${JOE}.${A2_SIGNATURE}`);
    expect(reading.findings.map(({ code, path, layer }) => ({ code, path, layer }))).toEqual([
      { code: "alg-asymmetric", path: "header.alg", layer: "signature" },
    ]);
    expect(reading.findings[0]?.message).toContain("signed with a private key; the vendor uses HS256");
    expect(reading.segments.signature?.bytes.length).toBe(256);
    expect(reading.claims).toEqual(JOE_CLAIMS);
  });
  test("§A.3 ECDSA P-256 SHA-256", () => {
    const text = `eyJhbGciOiJFUzI1NiJ9.${JOE}.${A3_SIGNATURE}`;
    expect(codes(text)).toEqual(["alg-asymmetric"]);
    expect(read(text).segments.signature?.bytes.length).toBe(64);
  });
  test("§A.4 ECDSA P-521 SHA-512: the payload is the word Payload and no JSON", () => {
    const reading = read(A4);
    expect(reading.segments.payload?.text).toBe("Payload");
    expect(reading.segments.signature?.bytes.length).toBe(132);
    expect(reading.claims).toBeUndefined();
    expect(reading.findings.map((finding) => finding.code).sort()).toEqual(["alg-asymmetric", "json-not-a-value"]);
  });
  test("§A.5 unsecured: alg none and an empty signature", () => {
    const text = `eyJhbGciOiJub25lIn0.${JOE}.`;
    expect(codes(text)).toEqual(["alg-none", "signature-empty"]);
    expect(read(text).complete).toBe(false);
  });
  test("§A.6 JSON serialization: named", () => {
    const json = JSON.stringify({
      payload: JOE,
      signatures: [{ protected: "eyJhbGciOiJSUzI1NiJ9", signature: A2_SIGNATURE }],
    });
    expect(readToken(json)).toMatchObject({ kind: "not-a-token", what: "jws-json" });
    const flattened = JSON.stringify({ payload: JOE, protected: "eyJhbGciOiJFUzI1NiJ9", signature: A3_SIGNATURE });
    expect(readToken(flattened)).toMatchObject({ kind: "not-a-token", what: "jws-json" });
  });
  test("§2 base64url has no padding, white space or other characters", () => {
    const [header, payload, signature] = A1.split(".");
    expect(codes(`${header}.${payload}==.${signature}`)).toEqual(["base64-padding"]);
    expect(codes(`${header}.${payload}.${signature?.replace("-", "+")}`)).toEqual(["base64-alphabet"]);
    expect(codes(`${header}.${payload}\u00e9.${signature}`)).toEqual(["base64-character"]);
  });
  test("§4 header names are unique: both values and both places", () => {
    const header = '{"alg":"HS256","alg":"none"}';
    const text = A1.replace(/^[^.]+/, base64url(header));
    const double = read(text).findings.find((finding) => finding.code === "duplicate-name");
    expect(double?.message).toContain('"HS256"');
    expect(double?.message).toContain('"none"');
    expect(decodeAround(text, double?.alsoAt)).toContain('"alg":"HS256"');
    expect(decodeAround(text, double?.range)).toContain('"alg":"none"');
  });
  test("§4.1.11 crit", () => {
    expect(codes(craft({ alg: "HS256", crit: ["exp"], exp: 1 }))).toEqual(["crit-unknown"]);
    expect(codes(craft({ alg: "HS256", crit: [] }))).toEqual(["crit-malformed"]);
    expect(codes(craft({ alg: "HS256", crit: "exp", exp: 1 }))).toEqual(["crit-malformed"]);
    expect(codes(craft({ alg: "HS256", crit: ["alg"] }))).toEqual(["crit-malformed"]);
    expect(codes(craft({ alg: "HS256", crit: ["gone"] }))).toEqual(["crit-malformed", "crit-unknown"]);
  });
  test("§appendix F detached content: the payload is empty", () => {
    const [header, , signature] = A1.split(".");
    expect(codes(`${header}..${signature}`)).toEqual(["payload-empty"]);
  });
});

/** The text that the base64url characters of a range, widened to whole groups of four, stand for. */
function decodeAround(text: string, range: { start: number; end: number } | undefined): string {
  if (!range) return "";
  const from = text.lastIndexOf(".", range.start) + 1;
  const dot = text.indexOf(".", range.start);
  const start = from + Math.floor((range.start - from) / 4) * 4;
  const end = Math.min(from + Math.ceil((range.end - from) / 4) * 4, dot < 0 ? text.length : dot);
  return Buffer.from(text.slice(start, end), "base64url").toString();
}

describe("RFC 7519", () => {
  test("§3.1 example JWT", () => {
    expect(read(A1).claims).toEqual(JOE_CLAIMS);
  });
  test("§4 claim names are unique, of two the last counts", () => {
    const reading = read(craft({ alg: "HS256" }, '{"exp":1,"a":2,"exp":3}'));
    expect(reading.findings.map(({ code, path }) => [code, path])).toEqual([["duplicate-name", "payload.exp"]]);
    expect(reading.claims).toEqual({ exp: 3, a: 2 });
  });
  test("§5.1 typ is compared without case", () => {
    expect(codes(craft({ alg: "HS256", typ: "jwt" }))).toEqual([]);
    expect(codes(craft({ alg: "HS256", typ: "at+jwt" }))).toEqual(["typ-not-jwt"]);
  });
  test("§5.2 cty JWT: a nested token, said once", () => {
    expect(codes(craft({ alg: "HS256", cty: "JWT" }, A1))).toEqual(["nested-token"]);
    expect(codes(craft({ alg: "HS256" }, A1))).toEqual(["nested-token"]);
  });
  test("§6.1 example unsecured JWT", () => {
    const reading = read(`eyJhbGciOiJub25lIn0.${JOE}.`);
    expect(reading.claims).toEqual(JOE_CLAIMS);
    expect(reading.findings.find((finding) => finding.code === "alg-none")?.severity).toBe("error");
  });
  test("§7.2 point 10: the claims set is one JSON object", () => {
    for (const payload of ["[]", "1", "true", "null", '"{}"', '"{\\"apikey\\":1}"']) {
      expect(codes(craft({ alg: "HS256" }, payload))).toEqual(["payload-not-object"]);
    }
  });
});

describe("RFC 8725", () => {
  test("§2.1 weak signatures: none in any casing, HMAC is never taken for RSA", () => {
    for (const alg of ["none", "None", "NONE", "nOnE", " none"]) expect(codes(craft({ alg }))).toEqual(["alg-none"]);
    expect(codes(craft({ alg: "RS256" }))).toEqual(["alg-asymmetric"]);
  });
  test("§2.3 and §3.3 composition: what is inside of a nested token is not taken for claims", () => {
    const reading = read(craft({ alg: "HS256", cty: "JWT" }, A1));
    expect(reading.claims).toBeUndefined();
  });
  test("§2.4 and §3.6 compression is named", () => {
    expect(codes(craft({ alg: "HS256", zip: "DEF" }))).toEqual(["zip-in-header"]);
  });
  test("§2.6 and §3.7 only UTF-8: UTF-16, a byte-order mark and broken bytes are errors", () => {
    const withPayload = (bytes: Buffer) => A1.replace(/\.[^.]+\./, `.${bytes.toString("base64url")}.`);
    expect(codes(withPayload(Buffer.from('{"a":1}', "utf16le")))).toEqual(["json-unexpected"]);
    expect(codes(withPayload(Buffer.from("\ufeff{}")))).toEqual(["json-bom"]);
    expect(codes(withPayload(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])))).toEqual(["not-utf8"]);
    expect(codes(withPayload(Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d])))).toEqual(["not-utf8"]);
  });
  test("§2.8, §3.11 another kind of token: its explicit type is noted", () => {
    expect(codes(craft({ alg: "HS256", typ: "secevent+jwt" }))).toEqual(["typ-not-jwt"]);
  });
  test("§3.1 the algorithm is pinned, also against missing, misspelt and invented ones", () => {
    expect(codes(craft({ typ: "JWT" }))).toEqual(["alg-missing"]);
    expect(codes(craft({ alg: "hs256" }))).toEqual(["alg-spelling"]);
    expect(codes(craft({ alg: ["HS256"] }))).toEqual(["alg-not-text"]);
    expect(codes(craft({ alg: "HS257x" }))).toEqual(["alg-unknown"]);
  });
  test("§3.2 appropriate algorithms: VideoSDK's is HS256, also not HS512", () => {
    expect(codes(craft({ alg: "HS384" }))).toEqual(["alg-other-hmac"]);
    expect(codes(craft({ alg: "HS512" }))).toEqual(["alg-other-hmac"]);
  });
  test("§2.9 and §3.10 received claims are not trusted: kid, jku, x5u, jwk, x5c", () => {
    const kinds: [string, string][] = [
      ["../../dev/null", "kid-path"],
      ["/etc/passwd", "kid-path"],
      ["keys%2f..%2fsecret", "kid-path"],
      ["https://evil.example/key", "kid-url"],
      ["x' UNION SELECT 'k", "kid-sql"],
      ["1; drop table keys", "kid-sql"],
      ["1 or 1=1", "kid-sql"],
      ["key --", "kid-sql"],
      ["key?alg=none", "kid-query"],
      ["$(id)", "kid-query"],
      ["a|b", "kid-query"],
    ];
    for (const [kid, code] of kinds) expect([kid, codes(craft({ alg: "HS256", kid }))]).toEqual([kid, [code]]);
    for (const kid of [
      "2024-01",
      "my key",
      "2f1c1f1e-1111-4222-8333-123456789abc",
      "aGVsbG8/d29ybGQ=",
      "key:1",
      "abc--def",
      "door or (x)",
    ]) {
      expect([kid, codes(craft({ alg: "HS256", kid }))]).toEqual([kid, []]);
    }
    for (const name of ["jwk", "jku", "x5c", "x5u"]) {
      const finding = read(craft({ alg: "HS256", [name]: "https://evil.example" })).findings[0];
      expect(finding).toMatchObject({ code: `${name}-in-header`, layer: "signature", path: `header.${name}` });
      expect(finding?.message).toContain("never trusted or fetched");
    }
  });
});
