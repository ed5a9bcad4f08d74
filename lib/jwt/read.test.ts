import { SignJWT } from "jose";
import { describe, expect, test, vi } from "vitest";
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
    expect(codes(`${TOKEN}.a.b`)).toEqual(["segments-too-many"]);
    for (const text of [HEADER, `${HEADER}.${PAYLOAD}`, `${TOKEN}.x`]) expect(read(text).complete).toBe(false);
  });
  test("a beginning that was lost, or letters that were changed, are called that, and no fault of whoever wrote it", () => {
    for (const text of [TOKEN.slice(1), TOKEN.slice(2), TOKEN.toUpperCase(), TOKEN.toLowerCase()])
      expect(read(text).findings.find(({ path }) => path === "header")?.remedy).toMatch(/^A token begins with `ey`/);
    const latin1 = Buffer.from('{"alg":"HS256","kid":"Z\xfcrich"}', "latin1").toString("base64url");
    expect(read(`${latin1}.${PAYLOAD}.${SIGNATURE}`).findings[0]?.remedy).toMatch(/encode it as UTF-8/);
  });
  test("five segments are an encrypted token where the header says so", () => {
    const encrypted = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString("base64url");
    expect(readToken(`${encrypted}..a.b.c`)).toMatchObject({ kind: "not-a-token", what: "jwe" });
    expect(read(`${HEADER}..a.b.c`).findings).toContainEqual(expect.objectContaining({ code: "segments-too-many" }));
  });
  test("tokens without a break between them, or cut ones on lines of their own, are several", () => {
    const cut = TOKEN.slice(0, -3);
    for (const text of [
      TOKEN + TOKEN,
      TOKEN.repeat(3),
      `${cut}\n${cut}`,
      `${cut}\n${cut}\n${cut}`,
      `${cut}\r\n${cut}x`,
    ])
      expect([text, readToken(text)]).toMatchObject([text, { kind: "not-a-token", what: "several-tokens" }]);
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
    expect(codes(`workspace = ${TOKEN}`)).toEqual(["text-around"]);
    expect(codes(` ${TOKEN}\n`)).toEqual([]);
    const broken = `${TOKEN.slice(0, 60)}\r\n  ${TOKEN.slice(60)}`;
    expect(read(broken).findings).toMatchObject([{ code: "broken-inside", range: { start: 60, end: 64 } }]);
    expect(codes(`https://a.example/?token=${TOKEN.replaceAll(".", "%2E")}`)).toEqual(["text-around"]);
    const escaped = TOKEN.replaceAll(".", "%2E");
    expect(read(escaped).findings).toMatchObject([{ code: "text-around", range: { start: 0, end: escaped.length } }]);
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

test("1 MB is read whole, without a finding", () => {
  const users = Array.from({ length: 12_000 }, (_, id) => ({
    id,
    name: `Person ${id}`,
    tags: ["a", "ü"],
    at: 1_700_000_000 + id,
  }));
  const json = JSON.stringify({ apikey: "k", users });
  const token = `${HEADER}.${Buffer.from(json).toString("base64url")}.${SIGNATURE}`;
  expect(readToken(token)).toMatchObject({ complete: true, findings: [] });
});

describe("what stands in front", () => {
  test.each([
    `myBearerToken = "${TOKEN}"`,
    `const bearer = "${TOKEN}"`,
    `BEARER_TOKEN=${TOKEN}`,
    `bearer: "${TOKEN}",`,
    `curl -H 'Authorization: ${TOKEN}' https://bearer.example/v2/rooms`,
    `the authorization: a bearer, and then the token ${TOKEN} of today`,
    `{"bearerToken":"${TOKEN}"}`,
    `let tokenWithBearer: String = "${TOKEN}"`,
  ])("a variable's name is no `Bearer`: %#", (text) => {
    expect(read(text).token).toBe(TOKEN);
    expect(codes(text)).toEqual(["text-around"]);
  });
  test.each([
    `Bearer ${TOKEN}`,
    `Authorization: Bearer ${TOKEN}`,
    `const header = "Bearer ${TOKEN}";`,
    `{"Authorization":"Bearer ${TOKEN}"}`,
    `curl -H 'Authorization: Bearer ${TOKEN}' https://api.videosdk.live/v2/rooms`,
    `12:01 > authorization: Bearer ${TOKEN}\n12:02 < 401\n`,
  ])("`Bearer` is: %#", (text) => expect(codes(text)).toContain("bearer-in-front"));
});
