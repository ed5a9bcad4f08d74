import fc from "fast-check";
import jwt from "jsonwebtoken";
import { describe, expect, test, vi } from "vitest";
import { toPasted } from "./positions";
import { phraseOf } from "./taken-off";
import { unwrap } from "./unwrap";
import { anyVendor } from "./vendor";

// Many runs, and perhaps a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const TOKEN = jwt.sign({ apikey: "2f1c1f1e-1111-4222-8333-123456789abc", permissions: ["allow_join"] }, "s");
const broken = (width: number, by: string): string => (TOKEN.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join(by);

const CLAIMS = { apikey: "2f1c1f1e-1111-4222-8333-123456789abc", permissions: ["allow_join"] };
const segment = (bytes: number) => "x".repeat(Math.ceil((bytes * 4) / 3));
const encryptedOf = (alg: string, key: number) => {
  const header = Buffer.from(JSON.stringify({ alg, enc: "A256GCM" })).toString("base64url");
  return [header, segment(key), segment(12), segment(110), segment(16)].join(".");
};
const inLines = (token: string) => (token.match(/.{1,76}/g) ?? []).join("\n");

describe.each([
  ["HS384", jwt.sign(CLAIMS, "s", { algorithm: "HS384" })],
  ["HS512", jwt.sign(CLAIMS, "s", { algorithm: "HS512" })],
  ["none", jwt.sign(CLAIMS, "", { algorithm: "none" })],
  ["an encrypted one", encryptedOf("dir", 0)],
  ["an encrypted one with its key", encryptedOf("A256KW", 40)],
])("what ends a sentence is read as it is of HS256: %s", (kind, token) => {
  test.each<[string, (token: string) => string]>([
    ["alone", (text) => text],
    ["a full stop", (text) => `${text}.`],
    ["three", (text) => `${text}...`],
    ["quotes and a full stop", (text) => `"${text}."`],
    ["words before it", (text) => `Here is the token: ${text}.`],
    ["words around it", (text) => `Here is the token: ${text}. Use it today.`],
    ["words behind it", (text) => `${text}. Use it today.`],
    ["words in another line", (text) => `${text}.\nIt is for you`],
    ["words that go on", (text) => `${text} is it.`],
    ["brackets", (text) => `See (${text}).`],
    ["lines", (text) => `${inLines(text)}.`],
    ...(kind.startsWith("an encrypted")
      ? []
      : [
          ["a mail", (text: string) => `Hello Ann,\n\n${inLines(text)}.\n\nIvo`] as [string, (token: string) => string],
        ]),
  ])("%s", (_, write) => {
    expect(unwrap(write(token)).token).toBe(token);
  });
});

/** Every character of the token must be found again where the map says. */
function expectToken(pasted: string, takenOff: string[]): void {
  const unwrapped = unwrap(pasted);
  expect(unwrapped.token).toBe(TOKEN);
  expect([pasted, unwrapped.takenOff.map(phraseOf)]).toEqual([pasted, takenOff]);
  for (let at = 0; at < TOKEN.length; at++) {
    const there = toPasted(unwrapped.runs, at);
    const char = pasted[there] === "%" ? "." : pasted[there];
    if (char !== TOKEN[at]) expect([pasted, at, char]).toEqual([pasted, at, TOKEN[at]]);
  }
}

test("what is glued to a token that stands alone is a part of it: somebody may have altered it", () => {
  for (const alone of [`${TOKEN}_`, `${TOKEN}-x`, `${TOKEN}2026-11-30`])
    for (const pasted of [alone, `"${alone}"`, `TOKEN=${alone}\n`]) expect(unwrap(pasted).token).toBe(alone);
  expect(unwrap(`Here, see ${TOKEN}x, ok?`).token).toBe(`${TOKEN}x`);
});

test("what may be a part of a token is one in a command, too, as it is in a header", () => {
  for (const longer of [`${TOKEN}_`, `${TOKEN}-x`, `${TOKEN}_2026`, `${TOKEN}-${"A".repeat(40)}`])
    for (const pasted of [
      `Authorization: ${longer}`,
      `curl -H "Authorization: ${longer}" https://api.videosdk.live/v2/rooms`,
      `PORT=3000\nTOKEN=${longer}\n`,
      `{ token: "${longer}", room: "x" }`,
      `<token>${longer}</token>`,
    ])
      expect(unwrap(pasted).token).toBe(longer);
});

describe("takes off", () => {
  const cases: [pasted: string, takenOff: string[]][] = [
    [TOKEN, []],
    [broken(75, "=\r\n"), [`${Math.ceil(TOKEN.length / 75) - 1} line breaks`]],
    [`  ${TOKEN}\n`, ["white space around it"]],
    [`\ufeff${TOKEN}\u200b`, ["white space around it"]],
    [`"${TOKEN}"`, ["quotes"]],
    [`'${TOKEN}',`, ["a trailing comma", "quotes"]],
    [`\`${TOKEN}\``, ["backticks"]],
    [`“${TOKEN}”`, ["quotes"]],
    [`\\"${TOKEN}\\"`, ["quotes"]],
    [`${TOKEN};`, ["a trailing semicolon"]],
    [`${TOKEN}.`, ["a full stop behind it"]],
    [`"${TOKEN}...",`, ["a trailing comma", "quotes", "a full stop behind it"]],
    [
      `Here is the token: ${TOKEN}.\n`,
      ["white space around it", "`Here is the token:` in front", "a full stop behind it"],
    ],
    [`Here is the token: ${TOKEN}. Use it today.`, ["the text around it"]],
    [`${TOKEN}. Use it today.`, ["the text around it"]],
    [`Use ${TOKEN}.\nIt is for you`, ["the text around it"]],
    [`Here: _${TOKEN}_ ok?`, ["the text around it"]],
    [`<!--${TOKEN}-->`, ["the text around it"]],
    [`${broken(76, "\n")}.`, ["a full stop behind it", `${Math.ceil(TOKEN.length / 76) - 1} line breaks`]],
    [
      `Hello Ann,\n\n${broken(76, "\n")}.\n\nIvo`,
      ["the text around it", `${Math.ceil(TOKEN.length / 76) - 1} line breaks`],
    ],
    [`Bearer ${TOKEN}`, ["`Bearer` in front"]],
    [`bEARER  ${TOKEN}`, ["`Bearer` in front"]],
    [`Bearer${TOKEN}`, ["`Bearer` in front"]],
    [`Bearer+${TOKEN}`, ["`Bearer` in front"]],
    [`bearer%20${TOKEN}`, ["`Bearer` in front"]],
    [`Authorization: Bearer${TOKEN}`, ["`Authorization:` in front", "`Bearer` in front"]],
    [`Authorization: ${TOKEN}`, ["`Authorization:` in front"]],
    [`NEXT_PUBLIC_VIDEOSDK_TOKEN=${TOKEN}`, ["`NEXT_PUBLIC_VIDEOSDK_TOKEN=` in front"]],
    // A secret or a credential in the place of a name is not repeated.
    [`${"3f8a1c5b7d9e0f2a".repeat(4)}: ${TOKEN}`, ["text in front"]],
    [`cc_${"0123456789aBcDe".repeat(3)}wxyz=${TOKEN}`, ["text in front"]],
    [`authorization: bearer ${TOKEN}`, ["`Authorization: Bearer` in front"]],
    [`"Authorization": "Bearer ${TOKEN}",`, ["a trailing comma", "quotes", "`Authorization: Bearer` in front"]],
    [`VIDEOSDK_TOKEN=${TOKEN}`, ["`VIDEOSDK_TOKEN=` in front"]],
    [`export TOKEN="${TOKEN}"`, ["quotes", "`export TOKEN=` in front"]],
    [`const TOKEN = '${TOKEN}';`, ["a trailing semicolon", "quotes", "`const TOKEN =` in front"]],
    [`"token": "${TOKEN}"`, ["quotes", "`token:` in front"]],
    [`token: ${TOKEN}`, ["`token:` in front"]],
    [`token: |\n  ${TOKEN}\n`, ["white space around it", "`token: |` in front"]],
    [
      `token: >-\r\n  ${broken(TOKEN.length - 10, "\r\n  ")}\n`,
      ["white space around it", "`token: >-` in front", "one line break"],
    ],
    [`  token: |2+\n\n  ${TOKEN}`, ["white space around it", "`token: |2+` in front"]],
    [`static let AUTH_TOKEN = "${TOKEN}"`, ["quotes", "`static let AUTH_TOKEN =` in front"]],
    [`process.env["TOKEN"] = "${TOKEN}"`, ["quotes", "`process.env[TOKEN] =` in front"]],
    [JSON.stringify({ token: TOKEN }), ["the JSON around it"]],
    [JSON.stringify({ data: { roomId: "a", token: TOKEN, url: "https://a.b.c" } }, null, 2), ["the JSON around it"]],
    [`https://embed.videosdk.live/rtc-js-prebuilt/1/?meetingId=a&token=${TOKEN}&name=b`, ["the link around it"]],
    [`https://a.example/?token=${TOKEN.replaceAll(".", "%2E")}#x`, ["the text around it"]],
    [`?token=${TOKEN}`, ["the link around it"]],
    [`token=${TOKEN}&name=b`, ["`token=` in front", "the link around it"]],
    [`token_type=Bearer&access_token=${TOKEN}`, ["the text around it"]],
    [`a=1&token=${TOKEN}&b=2`, ["the text around it"]],
    [broken(64, "\n"), [`${Math.ceil(TOKEN.length / 64) - 1} line breaks`]],
    [broken(TOKEN.length - 10, "\r\n"), ["one line break"]],
    [broken(TOKEN.length - 10, "\\\n"), ["one line break"]],
    [`"${broken(TOKEN.length - 10, "\\n")}"`, ["quotes", "one line break"]],
    [broken(TOKEN.length - 10, " "), ["one space"]],
    [broken(TOKEN.length - 10, "\u200b"), ["one space"]],
    [`curl -H 'Authorization: ${TOKEN}' https://api.videosdk.live/v2/rooms`, ["the text around it"]],
    ...[
      `request.headers.set("Authorization", "Bearer ${TOKEN}");`,
      `.addHeader('Authorization', 'Bearer ${TOKEN}')`,
      `{"name":"Authorization","value":"Bearer ${TOKEN}"},{"name":"Host"}`,
      `{Host=[a], Authorization=[Bearer ${TOKEN}]}`,
      `headers map[Authorization:[Bearer ${TOKEN}]]`,
      `wss://example.com/?q=authorization%3A%20Bearer%20${TOKEN}`,
      `wss://example.com/?authorization=Bearer%20${TOKEN}`,
      `wss://example.com/?authorization=bearer+${TOKEN}&x=1`,
    ].map((text): [string, string[]] => [text, ["the text around it", "`Authorization: Bearer` in front"]]),
    [`authorization by tokenbearer ${TOKEN}.`, ["the text around it"]],
    [`videosdk.authorization.bearer ${TOKEN}\n`, ["the text around it"]],
    [`mytool --authorization-bearer ${TOKEN}`, ["the text around it"]],
    [`Bearer\n${TOKEN}`, ["`Bearer` in front"]],
    [`"Authorization": [\n  "Bearer ${TOKEN}"\n]`, ["the text around it", "`Authorization: Bearer` in front"]],
    [
      `curl -X POST https://api.videosdk.live/v2/rooms -H "Authorization: Bearer\n${TOKEN}" -d '{}'`,
      ["the text around it", "`Authorization: Bearer` in front"],
    ],
    [
      `Host: x\r\nAuthorization: Bearer\r\n ${TOKEN}\r\nAccept: */*`,
      ["the text around it", "`Authorization: Bearer` in front"],
    ],
    [`Bearer access token: ${TOKEN}`, ["`Bearer access token:` in front"]],
    // Notes, and fields of that name: it is not sent so.
    [`Authorization header, without Bearer\n${TOKEN}`, ["the text around it"]],
    [`Send it in the Authorization header, never as Bearer\n\n${TOKEN}`, ["the text around it"]],
    [`Authorization Type: Bearer\nToken: ${TOKEN}`, ["the text around it"]],
    [`authorization_type: bearer\n\n  token: ${TOKEN}`, ["the text around it"]],
    [`Bearer token: ${TOKEN}`, ["`Bearer token:` in front"]],
    [`bearer  "token" = ${TOKEN}`, ["`bearer token =` in front"]],
    [`A=1\nTOKEN=${TOKEN}\nB=2`, ["the text around it"]],
    [`TOKEN=${TOKEN}\nB=2`, ["the text around it"]],
    [`TOKEN=${TOKEN} # for development`, ["the text around it"]],
    [`${TOKEN}\n${TOKEN}\n`, ["the text around it"]],
    ...[
      [60, "\n"],
      [64, "\n"],
      [76, "\r\n"],
      [TOKEN.length - 20, "\n"],
    ].flatMap(([length, end]): [string, string[]][] => {
      const lines = Math.ceil(TOKEN.length / Number(length)) - 1;
      const breaks = lines === 1 ? "one line break" : `${lines} line breaks`;
      const cut = broken(Number(length), String(end));
      return [
        [`Hello,\n\nhere it is:\n${cut}\n\nRegards\n`, ["the text around it", breaks]],
        [`12:00 started\r\n${cut}\r\n12:01 joined\r\n`, ["the text around it", breaks]],
      ];
    }),
    [`Hello,\n${TOKEN}\nRegards\n`, ["the text around it"]],
  ];
  test.each(cases)("text %#", (pasted, takenOff) => expectToken(pasted, takenOff));
});

test("counts the tokens when there are several", () => {
  const other = jwt.sign({ apikey: "b" }, "s");
  expect(unwrap(`${TOKEN}\n${other}`)).toMatchObject({ several: 2 });
});

test("leaves alone what is no token", () => {
  for (const text of ["hello", "https://example.com/?q=1", "2f1c1f1e-1111-4222-8333-123456789abc", "a b c"]) {
    expect(unwrap(text)).toMatchObject({ token: text, takenOff: [] });
  }
  expect(unwrap(" \n ")).toMatchObject({ token: "" });
});

test("takes no claim for a token in a body, where the claim that names a key is known", () => {
  const body = '{"apikey":"k","author":"me"}';
  const known = { ...anyVendor, haveKey: (names: readonly string[]) => names.includes("apikey") };
  expect(unwrap(body, known)).toMatchObject({ token: body, takenOff: [] });
  expect(unwrap(body)).toMatchObject({ token: "me", takenOff: [{ kind: "json" }] });
});

test("padding behind the signature stays: VideoSDK sees it too", () => {
  for (const text of [`${TOKEN}=`, `Bearer ${TOKEN}==`]) expect(unwrap(text).token).toBe(text.replace("Bearer ", ""));
});

test("padding is not taken for an assignment", () => {
  expect(unwrap("eyJhbGciOiJIUzI1NiJ9=.eyJhIjoxfQ==.abc").token).toBe("eyJhbGciOiJIUzI1NiJ9=.eyJhIjoxfQ==.abc");
});

test("any wrapping of a token keeps every character's place", () => {
  const piece = fc.constantFrom(" ", "\n", '"', "'", "`", ",", ";", "Bearer ", "Authorization: ", "TOKEN=", "token: ");
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 4 }),
      fc.array(fc.constantFrom(" ", "\n", '"', ",", ";"), { maxLength: 4 }),
      (before, after) => {
        const pasted = before.join("") + TOKEN + after.join("");
        const { token, runs } = unwrap(pasted);
        expect(token).toBe(TOKEN);
        expect(pasted.slice(toPasted(runs, 0), toPasted(runs, TOKEN.length - 1) + 1)).toBe(TOKEN);
      },
    ),
  );
});

test("stays linear for hostile text of 200 kB", () => {
  const long = (unit: string): string => unit.repeat(Math.ceil(200_000 / unit.length));
  const units = [
    '"',
    '";',
    "a:",
    "a=",
    "Bearer ",
    " ",
    "\\n",
    "eyJ ",
    "?token=",
    "a.",
    "const ",
    "{",
    '{"a":',
    "%2e",
    "a\n.b\n.",
    "authorization:",
    "=",
    "[token=",
    "https://",
  ];
  for (const unit of units) {
    // Work that grows with the square of the length would not end before the test is stopped.
    unwrap(long(unit));
    unwrap(`https://${long(unit)}`);
    unwrap(`{"token":"${long(unit)}"}`);
    unwrap(`ey${long(unit)}`);
    expect(unwrap(long(unit)).token.length).toBeLessThanOrEqual(long(unit).length);
  }
});

test("a line of millions of characters that begins like a token does not end it", () => {
  const long = `eyJ${"a".repeat(10_000_000)}`;
  expect(unwrap(`see!\n${long}\nok!`)).toMatchObject({ takenOff: [] });
  expect(unwrap(`see!\n${long}\n${TOKEN}\nok!`).token).toBe(TOKEN);
});
