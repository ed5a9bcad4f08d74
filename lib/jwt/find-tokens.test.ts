import { createHmac } from "node:crypto";
import jwt from "jsonwebtoken";
import { expect, test, vi } from "vitest";
import { findTokens } from "./find-tokens";

// Many runs, and perhaps a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const sign = (id: number): string => jwt.sign({ apikey: "k", id, permissions: ["allow_join"] }, "s");
const TOKEN = sign(1);
const tokens = (text: string): string[] => findTokens(text).map((found) => found.token);

test("finds a token in whatever surrounds it", () => {
  const around = [
    TOKEN,
    `TOKEN=${TOKEN}`,
    `{"token":"${TOKEN}"}`,
    `{\\"token\\":\\"${TOKEN}\\"}`,
    `"line\\n${TOKEN}\\nline"`,
    `GET /?token=${TOKEN}&a=b`,
    `GET /?next=%2F%3Ftoken%3D${TOKEN.replaceAll(".", "%2E")}%26a`,
    `Bearer%20${TOKEN}`,
    `It is ${TOKEN}. Really.`,
    `a.b.c.${TOKEN}`,
    `(${TOKEN})`,
    `${TOKEN}\u0000`,
    `www.example.com ${TOKEN} and e.g. this`,
  ];
  for (const text of around) expect([text, tokens(text)]).toEqual([text, [TOKEN]]);
});

const ALGORITHMS = ["HS256", "HS384", "HS512"] as const;

test.each(ALGORITHMS)("a signature of %s ends before what is plainly none of it", (algorithm) => {
  const token = jwt.sign({ apikey: "k" }, "s", { algorithm });
  for (const [front, behind] of [
    ["_", "_ ok"],
    ["see __", "__"],
    ["a_", "_"],
    ["-", "-\n"],
    ["<!--", "-->"],
    ["<!-- TOKEN=", "-->"],
    ["[-TOKEN=", "-]"],
    ["{-TOKEN=", "-}"],
    ["\0\x02", "2026-11-30 12:00:00"],
    ["", `2026-11-30${token}`],
  ] as const) {
    const found = findTokens(`x\n${front}${token}${behind}`);
    expect(found.map((each) => [each.token, each.line, each.column])).toEqual([[token, 2, front.length + 1]]);
    expect(found[0]?.range).toEqual({ start: 2 + front.length, end: 2 + front.length + token.length });
  }
});

test.each(ALGORITHMS)("a token of %s that somebody lengthened stays so, whatever stands around it", (algorithm) => {
  const token = jwt.sign({ apikey: "k" }, "s", { algorithm });
  const longer = [
    "x",
    "A",
    "7",
    "2026",
    "20261130",
    "_",
    "-",
    "--",
    "_x",
    "-x",
    "_2026",
    "--it",
    `_${"9f3c".repeat(16)}`,
  ];
  for (const more of longer)
    for (const [front, behind] of [
      ["", ""],
      ["t: ", " y"],
      ['curl -H "Authorization: ', '" https://api.example/'],
      ["<", "</"],
      ["[", "_]"],
      ["a_", "_2026.log"],
    ] as const) {
      const glued = /^[\w-]*/.exec(behind)?.[0] ?? "";
      expect(tokens(`${front}${token}${more}${behind}`)).toEqual([token + more + glued]);
    }
  for (const [text, found] of [
    [`__${token}_`, `${token}_`],
    [`_${token}__`, `${token}__`],
    [`_${token}-`, `${token}-`],
    [`<${token}->`, `${token}-`],
    [`[${token}--]`, `${token}--`],
  ])
    expect(tokens(text as string)).toEqual([found]);
  expect(tokens(`_${token}_${token}`)).toEqual([`${token}_`, token]);
});

/** As builders of one's own make one. @param payload its claims, as text */
function byHand(payload: string, hash: "sha256" | "sha512", encode: (bytes: Buffer) => string): string {
  const header = JSON.stringify({ alg: hash === "sha256" ? "HS256" : "HS512", typ: "JWT" });
  const signed = `${encode(Buffer.from(header))}.${encode(Buffer.from(payload))}`;
  return `${signed}.${encode(createHmac(hash, "s").update(signed).digest())}`;
}
const base64 = (bytes: Buffer) => bytes.toString("base64");
/** As Python's `urlsafe_b64encode`. */
const padded = (bytes: Buffer) => base64(bytes).replaceAll("+", "-").replaceAll("/", "_");
/** In which the token stands, as it is written there. */
const PASTES: ((token: string) => string)[] = [
  (token) => token,
  (token) => `curl -H "Authorization: ${token}" https://api.example/`,
  (token) => `PORT=3000\nTOKEN=${token}\nNEXT=1\n`,
  (token) => `The token is ${token}. It fails.`,
  (token) => `a: ${token}, b: (${token}) ${token}; ${token}`,
  (token) => `"GET /join?token=${token}&room=x HTTP/1.1"`,
  (token) => `{"token":"${token}","a":1}`,
  (token) => `{"a":1,"token":"${token}"}`,
  (token) => `{&quot;token&quot;:&quot;${token}&quot;}`,
  (token) => `{"token":"${token.replaceAll("=", "\\u003d")}","a":1}`,
  (token) => `<input value="${token.replaceAll("=", "&#x3D;")}">`,
  (token) => `Join here: <https://a.example/join?token=${token}> at 5 pm.`,
  (token) => `トークンは${token}です。`,
];

test.each(["sha256", "sha512"] as const)("a token of %s in base64 is told as its builder wrote it", (hash) => {
  // Of three payloads one is padded with nothing, one with `=`, one with `==`.
  for (const payload of ['{"apikey":"k"}', '{"apikey":"ke"}', '{"apikey":"key"}']) {
    const bare = byHand(payload, hash, (bytes) => bytes.toString("base64url"));
    const token = byHand(payload, hash, padded);
    const text = (put: (typeof PASTES)[number], each: string) => [put(each), tokens(put(each))];
    for (const put of PASTES) {
      expect(text(put, bare)).toEqual([put(bare), [bare]]);
      expect(text(put, token)).toEqual([put(token), [token]]);
    }
    for (const put of [
      (each: string) => `see https://a.example/?token=${encodeURIComponent(each)}&x=1 please`,
      (each: string) => `a=1&token=${encodeURIComponent(each)}`,
    ])
      expect(tokens(put(token))).toEqual([token]);
  }
});

test("so is a signature with letters of base64, wherever they stand in it", () => {
  for (let id = 0; id < 50; id++) {
    const token = byHand(JSON.stringify({ id }), "sha256", base64);
    for (const put of PASTES) expect([put(token), tokens(put(token))]).toEqual([put(token), [token]]);
  }
});

test.each(["HS256", "HS384"] as const)(
  "what stands behind a whole signature of %s as a value is none of it",
  (algorithm) => {
    const token = jwt.sign({ apikey: "k" }, "s", { algorithm });
    const behind = ["=anna", "==x", "===", '="anna"', "='x'", "=$x", "=/x", "=(", "={", "=[", "/a", "+", "+b", "&x="];
    for (const more of behind) expect([more, tokens(`a\n${token}${more} b`)]).toEqual([more, [token]]);
    expect(tokens(`Use ==${token}== today`)).toEqual([token]);
    expect(tokens(`${token.slice(0, -5)}=\r\n${token.slice(-5)}`)).toEqual([token.slice(0, -5)]);
    expect(tokens(`${token.slice(0, -5)}/more/of/it`)).toEqual([token.slice(0, -5)]);
  },
);

test("a signature of another algorithm may be so long", () => {
  const header = Buffer.from('{"alg":"RS256"}').toString("base64url");
  for (const other of [`${header}.e30.${"x".repeat(43)}_${"y".repeat(299)}`, `${TOKEN.slice(0, -1)}`])
    expect(tokens(`t: ${other} y`)).toEqual([other]);
});

test("gives line, column and range, and every place of a token that occurs again", () => {
  const text = `first\n  a ${TOKEN}\r\n${sign(2)}\n\n${TOKEN} ${TOKEN}`;
  const found = findTokens(text);
  expect(found.map(({ token, line, column }) => [token, line, column])).toEqual([
    [TOKEN, 2, 5],
    [sign(2), 3, 1],
  ]);
  expect(found[0]?.places.map(({ line, column }) => [line, column])).toEqual([
    [2, 5],
    [5, 1],
    [5, TOKEN.length + 2],
  ]);
  for (const { token, places } of found)
    for (const { range } of places) expect(text.slice(range.start, range.end)).toBe(token);
});

test("tokens that are glued to each other are split, each at its own place", () => {
  const unsigned = "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.";
  const parts = [TOKEN, sign(2), unsigned, TOKEN.slice(0, -3), TOKEN];
  const text = `x ${parts.join("")}`;
  const found = findTokens(text);
  expect(found.map(({ token }) => token)).toEqual([TOKEN, sign(2), unsigned, TOKEN.slice(0, -3)]);
  for (const { token, places } of found)
    for (const { range } of places) expect(text.slice(range.start, range.end)).toBe(token);
  expect(found[0]?.places).toHaveLength(2);
  const encrypted = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvTiFvSkQ";
  expect(tokens(TOKEN + encrypted)).toEqual([TOKEN]);
});

test("a token that lost its end is split from the next one also where its signature begins with a brace", () => {
  const cut = `${TOKEN.split(".", 2).join(".")}.${Buffer.from([0x7b, ...Array(29).fill(0x9c)]).toString("base64url")}`;
  expect(tokens(cut + TOKEN)).toEqual([cut, TOKEN]);
});

test("unsigned tokens are found; encrypted ones, lone segments and look-alikes are not", () => {
  expect(tokens("eyJhbGciOiJub25lIn0.eyJhIjoxfQ. next")).toEqual(["eyJhbGciOiJub25lIn0.eyJhIjoxfQ."]);
  const jwe = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvTiFvSkQ";
  const wrapped =
    "eyJhbGciOiJSU0EiLCJlbmMiOiJBMjU2R0NNIn0.OKOawDo13gRp2ojaHV7LFpZcgV.48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvTiFvSkQ";
  for (const text of [
    jwe,
    wrapped,
    TOKEN.split(".").slice(0, 2).join("."),
    "eyJhIjoxfQ.eyJhIjoxfQ.abc",
    "com.example.Main",
    "",
  ]) {
    expect([text, tokens(text)]).toEqual([text, []]);
  }
});

test("10 MB with 1,000 tokens are read, and hostile text of 1 MB ends in the test's time", () => {
  const all = Array.from({ length: 1000 }, (_, id) => sign(id));
  const filler = `2026-11-24T14:05:09.123Z INFO request.handled path=/v2/rooms?x=%20y bytes=1234 agent="Mozilla/5.0 (X11)"\n`;
  const padding = filler.repeat(Math.floor((10_000_000 / 1000 - TOKEN.length) / filler.length));
  const log = all.map((token) => `${padding}token=${token}\n`).join("");
  expect(log.length).toBeGreaterThan(9_000_000);
  expect(findTokens(log)).toHaveLength(1000);

  const megabyte = (unit: string): string => unit.repeat(Math.ceil(1_000_000 / unit.length));
  for (const unit of ["a", ".", "a.", "eyJ.", "eyJ", `${TOKEN.split(".")[0]}.`, "%2E", "%", "ey\n"]) {
    // Work that grows with the square of the length would not end before the test is stopped.
    expect(findTokens(megabyte(unit)).length).toBeLessThanOrEqual(1_000_000);
  }
});
