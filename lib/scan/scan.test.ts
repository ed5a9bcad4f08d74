import { createHash, randomBytes, randomUUID } from "node:crypto";
import jwt from "jsonwebtoken";
import { describe, expect, test, vi } from "vitest";
import { fingerprint } from "@/lib/keys/fingerprint";
import { writeCredential } from "@/lib/text/credential";
import { type KnownSecret, recogniseSecrets } from "./flag-secrets";
import { tokenReader } from "./packed-tokens";
import { scanRows } from "./rows";
import { type ScannedToken, scanText } from "./scan";
import { scanCsv, scanRecord } from "./scan-records";

const NOW = 1_795_500_000;
const SECRET = randomBytes(32).toString("hex");
const API_KEY = randomUUID();
const known: KnownSecret[] = [
  { fingerprint: fingerprint(SECRET), keyId: "key", label: "Staging", profile: "videosdk", retired: false },
];

const sign = (claims: object = {}, secret = "somebody else's secret, long enough to be one"): string =>
  jwt.sign({ apikey: API_KEY, permissions: ["allow_join"], iat: NOW, exp: NOW + 7200, ...claims }, secret);
const lines = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})(?=.)`, "g"), "$1\n");
const base64 = (text: string) => Buffer.from(text).toString("base64");
const asUuid = (digits: string) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
const hex = (character = "") => character.charCodeAt(0).toString(16).padStart(2, "0");
const octal = (character: string) => character.charCodeAt(0).toString(8).padStart(3, "0");
/** As xxd (two bytes a group) and hexdump -C (one) write it. */
const dump = (text: string, group: number, gap = ": ") =>
  Array.from({ length: Math.ceil(text.length / 16) })
    .map((_, index) => {
      const row = [...text].slice(index * 16, index * 16 + 16);
      const bytes = row.map((each, at) => hex(each) + ((at + 1) % group === 0 ? " " : "")).join("");
      return `${(index * 16).toString(16).padStart(8, "0")}${gap}${bytes} |${row.join("").replaceAll("\n", ".")}|`;
    })
    .join("\n");
const swapped = (text: string) =>
  (text.match(/..?/gs) ?? [])
    .map(([one = "", other = "\0"]) => `${hex(other)}${hex(one)}`)
    .join(" ")
    .replaceAll(/((?:.{4} ){8})/g, "0000010 $1\n");
const scan = (text: string, fingerprints = known) => scanText(text, { now: NOW, fingerprints });
const tokensOf = async (text: string) => {
  const { tokens, runs } = await scan(text);
  return tokens.map(tokenReader(text, runs));
};
const words = (tokens: ScannedToken[]) => tokens.map(({ lasting }) => lasting.word);

describe("tokens", () => {
  test("of a log: place, hash, claims and times of each, but not its text", async () => {
    const token = sign({ roomId: "2kyv-gzay-64pg", participantId: "lx", version: 2, jti: "j-1" });
    const text = `12:00 start\n12:01 GET /join?token=${token} 200\n`;
    const { tokens, secrets, hashed } = await scan(text);
    expect(hashed).toBe(true);
    expect(secrets).toEqual([]);
    expect(tokens).toMatchObject([
      {
        line: 2,
        column: 23,
        sha256: createHash("sha256").update(token).digest("hex"),
        lasting: { word: "Signature not checked", tone: "mute" },
        apiKey: API_KEY,
        room: "2kyv-gzay-64pg",
        subject: "lx",
        jti: "j-1",
        createdAt: NOW,
        expiresAt: NOW + 7200,
        further: { count: 0, lines: [] },
      },
    ]);
    const { start, end } = (tokens[0] as ScannedToken).range;
    expect(text.slice(start, end)).toBe(token);
    expect(JSON.stringify(tokens)).not.toContain(token.split(".")[1]);
  });

  describe("in base64", () => {
    const [token, other] = [sign({ jti: "1" }), sign({ jti: "2" })];
    const credential = writeCredential(randomBytes(32));

    test.each<[string, (text: string) => string]>([
      ["a Secret of Kubernetes", (text) => `data:\n  TOKEN: ${base64(text)}\n`],
      ["one with the newline of echo", (text) => `data:\n  TOKEN: ${base64(`${text}\n`)}\n`],
      ["a whole .env", (text) => `kind: Secret\n  .env: ${base64(`A=1\nTOKEN="${text}"\n`)}`],
      ["lines as programs break them", (text) => `\n${lines(base64(`A=1\nTOKEN="${text}"\n`), 76)}\n`],
      ["a block of YAML", (text) => `x: |\n  ${lines(base64(text), 64).replaceAll("\n", "\n  ")}\ny: 1\n`],
      [
        "a block of YAML in JSON",
        (text) => `\n{"x": "|\\n  ${lines(base64(text), 64).replaceAll("\n", "\\n  ")}\\ny: 1"}`,
      ],
      [
        "GitHub's answer for a file",
        (text) => `\n${JSON.stringify({ content: lines(base64(`A=1\nB=${text}\n`), 60) })}`,
      ],
      [
        "a mail's lines in JSON, in JSON",
        (text) =>
          `\n${JSON.stringify(JSON.stringify(`\r\n${lines(base64(`x\n${text}`), 76).replaceAll("\n", "\r\n")}`))}`,
      ],
      [
        "a run below a shorter one, which is another",
        (text) => `${base64("x".repeat(46)).replace(/=+$/, "")}\n${base64(text)}`,
      ],
      ["behind a tab in JSON", (text) => `\n${JSON.stringify({ c: `a\t${base64(text)}\tb` })}`],
      ["JSON of PHP", (text) => `\n${JSON.stringify({ c: base64(`AB?AB?=1\nB=${text}`) }).replaceAll("/", "\\/")}`],
      [
        "JSON of PHP, in lines",
        (text) => `\n${JSON.stringify({ c: lines(base64(`A=?>?\nB=${text}`), 60) }).replaceAll("/", "\\/")}`,
      ],
      [
        "a log's lines",
        (text) => `\n${lines(base64(`A=1\nB=${text}\n`), 76).replace(/^/gm, "2026-11-30T12:00:00Z web-1 | ")}`,
      ],
      ["a diff's lines", (text) => `\n${lines(base64(`A=1\nB=${text}\n`), 76).replace(/^/gm, "+")}`],
      ["a terminal's lines", (text) => `\n${lines(`SECRET=${base64(`A=1\nB=${text}\n`)}`, 80)}`],
      ["a link, behind a quote", (text) => `\n?q=%22${base64(text)}%22`],
      ["a terminal's colour", (text) => `\n\u001b[32m${base64(text)}\u001b[0m`],
      ["a path", (text) => `\n/v1/x/${base64(text)}`],
      ["bold", (text) => `\n**${base64(text)}**`],
      ["base64 of it", (text) => `\n${base64(base64(`A=${text}`))}`],
      ["a basic credential", (text) => `\nAuthorization: Basic ${base64(`user:${text}`)}\n`],
      ["the alphabet of URLs", (text) => `\n?state=${Buffer.from(`ÿ${text}`).toString("base64url")}&x`],
    ])("stand where that begins: %s", async (_, wrapped) => {
      const text = wrapped(token);
      const { tokens } = await scan(text);
      expect(tokens).toMatchObject([{ line: 2, sha256: createHash("sha256").update(token).digest("hex") }]);
      expect(await tokensOf(text)).toEqual([token]);
      expect((await scan(wrapped(credential))).credentials).toMatchObject([{ line: 2 }]);
    });

    test("two in one piece, and again as they are", async () => {
      const text = `x ${base64(`A=${token}\nB=${other}`)}\n${other}\n${base64(token)}`;
      const { tokens } = await scan(text);
      expect(await tokensOf(text)).toEqual([token, other]);
      expect(tokens.map(({ line, column, further }) => [line, column, further.lines])).toEqual([
        [1, 3, [3]],
        // As it is written, first.
        [2, 1, [1]],
      ]);
    });

    test("of a Secret of Kubernetes end where they end, whatever stands below", async () => {
      for (let more = 0; more < 9; more++) {
        const short = jwt.sign({ apikey: API_KEY, permissions: ["x".repeat(more)], exp: NOW }, SECRET, {
          noTimestamp: true,
        });
        const text = `data:\n  TOKEN: ${base64(short)}\n  VALUE: ${base64("and hello")}\n`;
        expect(await tokensOf(text)).toEqual([short]);
      }
    });

    test("in lines, above one as it is, however long the last line", async () => {
      for (let more = 0; more < 76; more++) {
        const text = `${lines(base64(`A=${"1".repeat(more)}\nB=${token}`), 76)}\n${other}\n`;
        for (const written of [text, JSON.stringify(text)]) expect(await tokensOf(written)).toEqual([token, other]);
      }
    });

    test("behind a mark of UTF-8, in lines that it fills, above a word", async () => {
      for (const word of ["done", "data:", "Thanks!", "next: 1"])
        for (const mark of ["\ufeff", "x\ufeff"]) {
          const held = `PORT=3000\nTOKEN=${token}`;
          const filling = "#".repeat((3 - (Buffer.byteLength(mark + held) % 3)) % 3);
          const text = `${lines(base64(mark + filling + held), 76)}\n${word}`;
          expect(await tokensOf(text)).toEqual([token]);
        }
    });

    test("of UTF-16 each stands in its line, also behind many lines of a mail", async () => {
      const held = `${"12:00 INFO up\r\n".repeat(500)}TOKEN=${token}\r\n${SECRET}\r\n${credential}\r\n`;
      const text = lines(Buffer.from(`\ufeff${held}`, "utf16le").toString("base64"), 76);
      const lineOf = (what: string) => Math.floor((2 * (1 + held.indexOf(what)) * 4) / 3 / 76) + 1;
      const { tokens, secrets, credentials } = await scan(text);
      const found = [tokens, secrets, credentials].map(([first]) => first?.line);
      expect(found).toEqual([token, SECRET, credential].map(lineOf));
    });

    test("a credential in a token's claims stands where the token does", async () => {
      const { credentials } = await scan(`\nTOKEN=${sign({ note: credential })}\n`);
      expect(credentials).toEqual([{ line: 2, column: 7, inToken: true }]);
    });

    test("of a token's claims a credential and a secret count once for each of its places", async () => {
      const holding = sign({ note: credential, other: SECRET });
      const packed = `TOKEN: ${base64(holding)}`;
      const { credentials, secrets } = await scan(`${holding}\n${holding}\n${packed}\n`);
      expect(credentials.map(({ line }) => line)).toEqual([1, 2, 3]);
      expect(secrets).toMatchObject([
        { line: 1, further: 1, inToken: true },
        { line: 3, further: 0, inToken: false },
      ]);
    });

    test("a secret in base64 of many lines of settings is found in its line", async () => {
      const settings = "SETTING=of some length\n".repeat(300);
      const packed = base64(`${settings}S=${SECRET}\n`);
      const line = 2 + Math.floor((base64(`${settings}S=`).length - 1) / 60);
      for (const [written, its] of [
        [packed, 2],
        [lines(packed, 60), line],
        [JSON.stringify({ content: lines(packed, 60) }), 2],
      ] as const)
        expect((await scan(`a\n${written}`)).secrets).toMatchObject([{ label: "Staging", line: its }]);
    });

    test("bare, in lines that it fills, above a word", async () => {
      // 57 bytes are 76 signs.
      const [bare, next] = ["x", "z"].map(
        (name) =>
          Array.from({ length: 60 }, (_, more) => sign({ [name]: "y".repeat(more) })).find(
            (each) => each.length % 57 === 0,
          ) as string,
      ) as [string, string];
      for (const word of ["done", "data:", "TOKEN=x", "SECRET=abc", "echo ok", "URL=https://a", "exit", "user@ip"])
        for (const text of [`${lines(base64(bare), 76)}\n${word}`, `t: |\n  ${lines(base64(bare), 76)}\n\n${word}`])
          expect(await tokensOf(text), word).toEqual([bare]);
      const blocks = `${lines(base64(bare), 76)}\n${lines(base64(next), 76)}`;
      for (const text of [blocks, blocks.replace(/^/gm, "web-1  | ")])
        expect(await tokensOf(text)).toEqual([bare, next]);
      const value = `${lines(base64(bare), 76)}\n${base64("a text that fills its line")}`;
      expect(await tokensOf(value)).toEqual([bare]);
    });

    test("with a longer signature, wherever its lines end", async () => {
      for (let more = 0; more < 60; more++) {
        const long = jwt.sign({ apikey: API_KEY, x: "y".repeat(more) }, SECRET, { algorithm: "HS512" });
        const text = lines(base64(long), 76).replace(/=+$/, "");
        expect(await tokensOf(text)).toEqual([long]);
      }
    });

    test("of a log each stands in its line", async () => {
      const all = [token, credential, other, `x:${SECRET}`].map(
        (held, row) => `12:00:0${row} Basic ${base64(`user:${held}`)}`,
      );
      for (const text of [all.join("\n"), all.join("\n").replace(/=+$/gm, "")]) {
        const { tokens, credentials, secrets } = await scan(text);
        expect(tokens.map(({ line }) => line)).toEqual([1, 3]);
        expect(credentials).toMatchObject([{ line: 2 }]);
        expect(secrets).toMatchObject([{ line: 4 }]);
      }
      const same = Array.from(
        { length: 10 },
        () => `12:00:00 Basic ${base64(`u:${writeCredential(randomBytes(32))}`)}`,
      );
      const places = (await scan(same.join("\n"))).credentials.map(({ line }) => line);
      expect(places).toEqual(same.map((_, row) => row + 1));
    });

    test("and so do those of records in JSON, whose base64 has two lines each", async () => {
      const records = ["1", "2", "3"].map((id) => {
        const held = `CLAIMCHECK_CREDENTIAL=${writeCredential(randomBytes(32))}\n`;
        return JSON.stringify({ id, data: lines(base64(`${held}S=${SECRET}`), 76) });
      });
      const { credentials, secrets } = await scan(records.join("\n"));
      expect(credentials.map(({ line }) => line)).toEqual([1, 2, 3]);
      expect(secrets).toMatchObject([{ line: 1, further: 2 }]);
    });

    test("a secret beside one is found also where that stands as it is, too", async () => {
      const packed = base64(`SECRET=${SECRET}\nTOKEN=${token}\n`);
      for (const text of [`.env: ${packed}\n---\nuses ${token}`, `uses ${token}\n.env: ${packed}`]) {
        const { secrets, tokens } = await scan(text);
        expect([secrets.length, tokens.length, tokens[0]?.further.count], text).toEqual([1, 1, 1]);
      }
    });

    test("secrets beside them are found as before", async () => {
      const { secrets, tokens } = await scan(`.env: ${base64(`S=${SECRET}\nTOKEN=${token}`)}`);
      expect([secrets.length, tokens.length]).toEqual([1, 1]);
    });
  });

  test("of a HAR, an .env and a source file, each once, with its further places", async () => {
    const [first, second] = [sign(), sign({ jti: "2" })];
    const har = JSON.stringify({ log: { entries: [{ request: { headers: [{ value: `Bearer ${first}` }] } }] } });
    const { tokens } = await scan(`${har}\nTOKEN=${second}\nconst token = "${first}"; // ${first}\n`);
    expect(tokens.map(({ line, further }) => [line, further])).toEqual([
      [1, { count: 2, lines: [3, 3] }],
      [2, { count: 0, lines: [] }],
    ]);
  });

  test("with a mark or a date glued to them are judged, and those with a letter too many are none", async () => {
    const token = sign();
    for (const text of [`Here: _${token}_ ok?`, `__${token}__`, `\0\u0003x_${token}2026-11-30 12:00:00\0`]) {
      const { tokens } = await scan(text);
      expect(words(tokens)).toEqual(["Signature not checked"]);
      expect(await tokensOf(text)).toEqual([token]);
    }
    const longer = await scan(`x ${token}x, ${token.slice(0, -1)}xy, "${token}-x" a_${token}_2026.log`);
    expect(words(longer.tokens)).toEqual(Array(4).fill("Malformed"));
  });

  test("are judged as far as that goes without a server", async () => {
    const none = `${btoa('{"alg":"none"}').replaceAll("=", "")}.${sign().split(".")[1]}.`;
    const { tokens } = await scan(
      [
        sign(),
        sign({ exp: NOW - 1 }),
        sign({ nbf: NOW + 60 }),
        sign({ permissions: [] }),
        none,
        `${sign().slice(0, 40)}.e30x.sig`,
      ].join("\n"),
    );
    expect(words(tokens)).toEqual([
      "Signature not checked",
      "Expired",
      // What it will be; until then, `stateAt` says that its time has not come.
      "Signature not checked",
      "Breaks VideoSDK's rules",
      tokens[4]?.lasting.word,
      "Malformed",
    ]);
    expect(["Malformed", "Bad signature"]).toContain(tokens[4]?.lasting.word);
    expect(words(tokens)).not.toContain("Valid");
  });

  test("a text without any has none", async () => {
    expect(await scan("nothing here, not even a.b.c")).toEqual({
      ...{ tokens: [], runs: [], secrets: [], credentials: [], hashed: true, leftOut: 0 },
    });
    const credential = writeCredential(new Uint8Array(32).fill(7));
    expect((await scan(`CLAIMCHECK_CREDENTIAL=${credential}\n`)).credentials).toMatchObject([{ line: 1, column: 23 }]);
  });
});

describe("secrets of ours", () => {
  test.each([
    ["an .env file", `A=1\nVIDEOSDK_SECRET=${SECRET}\n`, 2, 17],
    ["a quoted .env value", `VIDEOSDK_SECRET="${SECRET}"`, 1, 18],
    ["JSON in JSON", `{\\"secret\\":\\"${SECRET}\\"}`, 1, 15],
    ["YAML", `videosdk:\n  secret: ${SECRET}\n`, 2, 11],
    ["a query", `GET https://desk.example/sign?key=${API_KEY}&secret=${SECRET}&x=1`, 1, 79],
    ["a basic credential", `https://user:${SECRET}@host/`, 1, 14],
    ["a path", `GET /v1/${SECRET}/rooms`, 1, 9],
    ["a sentence", `The secret is ${SECRET}.`, 1, 15],
    ["source", `sign(claims, '${SECRET}');`, 1, 15],
    ["JSON, behind an escaped line break", `{"text":"a\\n${SECRET}\\nb"}`, 1, 13],
    ["a query in a query", `?next=%2F%3Fsecret%3D${SECRET}%26x%3D1`, 1, 22],
    ["Markdown", `**${SECRET}**`, 1, 3],
    ["a comment", `<!--${SECRET}-->`, 1, 5],
    ["a name", `SECRET_${SECRET}`, 1, 8],
    ["a Kubernetes secret", `data:\n  secret: ${btoa(SECRET)}\n`, 2, 11],
    ["a basic credential in base64", `Authorization: Basic ${btoa(`${API_KEY}:${SECRET}`)}`, 1, 22],
    ["a whole .env file in base64", `env: ${btoa(`A=1\nVIDEOSDK_SECRET=${SECRET}\n`)}`, 1, 6],
  ])("are found in %s, and never repeated", async (_, text, line, column) => {
    const { secrets, ...rest } = await scan(text);
    expect(secrets).toEqual([{ ...known[0], line, column, further: 0, inToken: false }]);
    expect(JSON.stringify({ secrets, rest })).not.toContain(SECRET);
  });

  test.each<[string, (secret: string) => string, number]>([
    [
      "base64 in lines of 76, as `base64` writes it",
      (secret) => `a:\n${lines(btoa(`X=1\nSECRET=${secret}\n`), 76)}\n`,
      2,
    ],
    [
      "base64 of it alone, in a YAML block",
      (secret) => `key: |\n  ${lines(btoa(secret), 76).replaceAll("\n", "\n  ")}\n`,
      2,
    ],
    ["a shell's line that goes on", (secret) => `one\nSECRET=${secret.slice(0, 40)}\\\n${secret.slice(40)}\n`, 2],
    ["a mail's line that goes on", (secret) => `SECRET: ${secret.slice(0, 40)}=\n${secret.slice(40)}\n`, 1],
    ["JSON with escaped characters", (secret) => `{"secret":"\\u00${hex(secret[0])}${secret.slice(1)}"}`, 1],
    ["capitals", (secret) => `SECRET=${secret.toUpperCase()}`, 1],
    ["base64 of its bytes", (secret) => `SECRET=${Buffer.from(secret, "hex").toString("base64")}`, 1],
    [
      "base64 of UTF-16, as PowerShell writes it",
      (secret) => Buffer.from(`SECRET=${secret}`, "utf16le").toString("base64"),
      1,
    ],
    ["percent signs all over", (secret) => `?secret=${[...secret].map((each) => `%${hex(each)}`).join("")}&x=1`, 1],
    ["HTML entities", (secret) => `<b>${[...secret].map((each) => `&#${each.charCodeAt(0)};`).join("")}</b>`, 1],
    ["HTML entities in hexadecimal", (secret) => `<b>&#x${hex(secret[0])};${secret.slice(1)}</b>`, 1],
    ["soft hyphens and zero-width spaces", (secret) => `SECRET ${secret.replace(/.{9}/g, "$&\u00ad\u200b")}.`, 1],
    ["a mail that writes = as =3D", (secret) => `one\nSECRET=3D${secret}\n`, 2],
    [
      "a mail that does, in a line that goes on",
      (secret) => `SECRET=3D${secret.slice(0, 40)}=\n${secret.slice(40)}`,
      1,
    ],
    ["C's escapes", (secret) => `"${[...secret].map((each) => `\\x${hex(each)}`).join("")}"`, 1],
    ["hexadecimal of its text", (secret) => `SECRET=${Buffer.from(secret).toString("hex")}`, 1],
    ["xxd", (secret) => `$ xxd .env\n${dump(`SECRET=${secret}\n`, 2)}\n`, 2],
    ["hexdump -C", (secret) => `${dump(`X=1\nSECRET=${secret}\n`, 1, " ")}\n`, 1],
    ["hexdump, which swaps the bytes", (secret) => swapped(`SECRET=${secret}`), 1],
    ["bytes with colons", (secret) => [...secret].map(hex).join(":"), 1],
    ["bytes with colons, behind a name", (secret) => `key ${[...secret].map(hex).join(":")}.`, 1],
    ["its digits with colons", (secret) => `one\nSHA256 ${secret.replace(/..(?=.)/g, "$&:")}`, 2],
    ["JavaScript's escapes with braces", (secret) => [...secret].map((each) => `\\u{${hex(each)}}`).join(""), 1],
    ["octal escapes", (secret) => [...secret].map((each) => `\\${octal(each)}`).join(""), 1],
    [
      "characters that a source lists",
      (secret) => `char s[] = {\n${[...secret].map((each) => `'${each}'`).join(", ")}}`,
      2,
    ],
    ["characters in a list of JSON", (secret) => JSON.stringify([...`${secret}`], null, 2), 2],
    ["characters that a program joins", (secret) => [...secret].map((each) => `"${each}"`).join(" + "), 1],
    ["bytes as Go prints them", (secret) => `one\nkey: [${Buffer.from(secret).join(" ")}]`, 2],
    ["bytes as Node prints them", (secret) => `<Buffer ${[...secret].map(hex).join(" ")}>`, 1],
    [
      "bytes of a source in one line",
      (secret) => `[]byte{${[...secret].map((each) => `0x${hex(each)}`).join(", ")}}`,
      1,
    ],
    ["bytes of a source", (secret) => `{\n ${[...secret].map((each) => `0x${hex(each)}`).join(", ")}\n}`, 2],
    [
      "JSON in JSON with escaped characters",
      (secret) => `{\\"secret\\":\\"${[...secret].map((each) => `\\\\u00${hex(each)}`).join("")}\\"}`,
      1,
    ],
    [
      "percent signs of percent signs",
      (secret) => `?next=${encodeURIComponent(`%${hex(secret[0])}${secret.slice(1)}`)}`,
      1,
    ],
    ["two lines", (secret) => `one\n  ${secret.slice(0, 32)}\n  ${secret.slice(32)}\n`, 2],
    ...[20, 29, 31, 60].map((width): [string, (secret: string) => string, number] => [
      `lines of ${width}, the last one short`,
      (secret) => `one\n${lines(secret, width)}\n`,
      2,
    ]),
    ["lines of a quoted mail", (secret) => `> ${secret.slice(0, 50)}\r\n> ${secret.slice(50)}`, 1],
    [
      "texts that a program joins",
      (secret) => `const secret = "${secret.slice(0, 32)}" +\n  "${secret.slice(32)}";`,
      1,
    ],
    ["groups of eight", (secret) => `one\n${secret.replace(/.{8}/g, "$& ")}`, 2],
    ["groups with hyphens, behind another number", (secret) => `deadbeef-${secret.replace(/.{16}/g, "$&-")}`, 1],
    ["bytes as Node prints them in JSON", (secret) => `one\n${JSON.stringify(Buffer.from(secret), null, 2)}`, 5],
    ["a terminal's colours", (secret) => `\u001b[31m${secret.slice(0, 9)}\u001b[1;4m${secret.slice(9)}\u001b[0m`, 1],
    ["marks of direction and selectors", (secret) => secret.replace(/.{9}/g, "$&\u202e\u200e\ufe0f"), 1],
    ["UTF-16 that was read as bytes", (secret) => Buffer.from(`S=${secret}`, "utf16le").toString("latin1"), 1],
    ["xxd, whose last line has three bytes", (secret) => dump(`K=${secret}\n`, 2), 1],
    ["base64 of a whole token", (secret) => btoa(sign({ x: secret })), 1],
    ["a token's first two parts", (secret) => sign({ x: secret }).split(".").slice(0, 2).join("."), 1],
    ["a token in lines of 64", (secret) => lines(sign({ x: secret, y: "y".repeat(99) }), 64), 4],
    ["base64 in bold of Markdown", (secret) => `The value is **${btoa(`SECRET=${secret}`)}**, see`, 1],
    [
      "base64 before a shell's mark of no line break",
      (secret) => `${btoa(`SECRETS=${secret}`).replace(/=+$/, "")}%`,
      1,
    ],
    [
      "base64 behind a line break in JSON",
      (secret) => JSON.stringify({ body: `x\n${btoa(`SECRET=${secret}\n`)}\ny` }),
      1,
    ],
    [
      "its bytes behind one",
      (secret) => JSON.stringify({ a: `x\n${Buffer.from(secret, "hex").toString("base64")}` }),
      1,
    ],
    [
      "a mail in JSON",
      (secret) =>
        JSON.stringify({
          a: `Encoding: base64\n\n${lines(base64(`A=1\nSECRET=${secret}\n`), 76)}\n--x--\n`,
        }).replaceAll("\\n", "\\r\\n"),
      1,
    ],
    ["base64 whose lines JSON keeps", (secret) => JSON.stringify({ a: lines(base64(`x=1 ${secret} y`), 64) }), 1],
    [
      "base64 in lines of 76 of Windows",
      (secret) => JSON.stringify({ a: lines(base64(`SECRET=${secret}`), 76).replaceAll("\n", "\r\n") }),
      1,
    ],
    ["base64 in a path", (secret) => `GET /v1/secrets/${base64(secret)}/versions`, 1],
    ["base64 behind a word", (secret) => `secret_${base64(secret)}`, 1],
    [
      "base64 in a log's lines",
      (secret) => `one\n${lines(base64(`A=1\nSECRET=${secret}`), 76).replace(/^/gm, "web-1 | ")}`,
      2,
    ],
    [
      "base64 of base64 in a log's lines",
      (secret) => lines(base64(base64(`SECRET=${secret}`)), 76).replace(/^/gm, "# "),
      1,
    ],
    ["base64 that a terminal wraps", (secret) => lines(`  key: ${base64(`A=1\nSECRET=${secret}`)}`, 80), 1],
    ["its bytes in base64 in a path", (secret) => `/v1/${Buffer.from(secret, "hex").toString("base64url")}/x`, 1],
    ["its bytes in base64 behind a word", (secret) => `sk_${Buffer.from(secret, "hex").toString("base64url")}`, 1],
    ...[4, 5, 6, 7, 10].map((size): [string, (secret: string) => string, number] => [
      `groups of ${size}`,
      (secret) => `is ${(secret.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join(" ")}, he said`,
      1,
    ]),
    ["two UUIDs", (secret) => `${asUuid(secret.slice(0, 32))} ${asUuid(secret.slice(32))}`, 1],
    ["words of 32 bits", (secret) => `{ ${secret.replace(/.{8}/g, "0x$&, ")} }`, 1],
    ["mixed case", (secret) => `${secret.slice(0, 32).toUpperCase()}${secret.slice(32)}`, 1],
    ["digits behind the API key", (secret) => `${API_KEY}${secret}`, 1],
    ["digits behind a word", (secret) => `feed${secret}`, 1],
    ["digits before a word", (secret) => `${secret}dead`, 1],
    [
      "what grep colours",
      (secret) => `S=\u001b[01;31m\u001b[K${secret.slice(0, 3)}\u001b[m\u001b[K${secret.slice(3)}`,
      1,
    ],
    ["a database's columns", (secret) => `\0\u0015M${API_KEY}\u0001prod${secret}2026-11-30 12:00:00\u0003`, 1],
    ["columns between an id and an instant", (secret) => `\0${API_KEY}${secret}1795500000\0`, 1],
    ["HTML without semicolons", (secret) => secret.replace(/./g, (each) => `&#${each.charCodeAt(0)}`), 1],
    ["escape() of old", (secret) => secret.replace(/./g, (each) => `%u00${hex(each)}`), 1],
    ["escapes of Perl", (secret) => secret.replace(/./g, (each) => `\\x{${hex(each)}}`), 1],
    ["base64 of a text with an accent", (secret) => Buffer.from(`# clé\nSECRET=${secret}\n`).toString("base64"), 1],
  ])("are found in %s, in the line where it stands", async (_, write, line) => {
    expect((await scan(write(SECRET))).secrets).toMatchObject([{ label: "Staging", line, further: 0 }]);
  });

  test.each<[string, (secret: string) => string, number]>([
    ["a word", (block) => `$ base64 .env\n${block}\nmaya@laptop:~$ exit`, 2],
    ["a word alone", (block) => `${block}\nexit1\n`, 1],
    ["a token", (block) => `${block}\r\n${sign()}`, 1],
    ["a setting without a value above", (block) => `CERTIFICATE=\n${block}\nNEXT=1`, 2],
    ["another such block", (block) => `${lines(base64("x=1\n".repeat(32)), 76)}\n${block}\n${block}`, 4],
  ])("are found in lines of base64, however it ends, beside %s", async (_, write, line) => {
    for (let more = 0; more < 60; more++) {
      const before = `A=${"1".repeat(more)}\nSECRET=`;
      const block = lines(base64(`${before}${SECRET}\nB=2\n`), 76);
      const its = line + Math.floor((before.length * 4) / 3 / 76);
      expect((await scan(write(block))).secrets, block).toMatchObject([{ label: "Staging", line: its }]);
    }
  });

  test.each<[string, (first: string, second: string) => string, number]>([
    ["a setting, in a terminal", (first, second) => `\nVIDEOSDK_SECRET_KEY=${first}\n${second}\nNEXT=1\n`, 2],
    ["a mail", (first, second) => `> the secret is\n> ${first}\n> ${second}\n`, 2],
    ["a source", (first, second) => `s = "${first}" +\n  "${second}"`, 1],
  ])("are found broken at any place in %s", async (_, write, line) => {
    for (let at = 1; at < SECRET.length; at++) {
      const text = write(SECRET.slice(0, at), SECRET.slice(at));
      expect((await scan(text)).secrets, `at ${at}`).toMatchObject([{ label: "Staging", line, further: 0 }]);
    }
  });

  test.each<[string, (secret: string) => string]>([
    ["a token in its claims", (secret) => sign({ inner: sign({ x: secret }) })],
    ["a token in a token in its claims", (secret) => sign({ a: sign({ b: sign({ x: secret }) }) })],
    ["its signature's place", (secret) => sign({}).replace(/[^.]*$/, secret)],
    ["its payload's place", (secret) => sign({}).replace(/\.[^.]*\./, `.${secret}.`)],
  ])("are found in a token, in %s", async (_, write) => {
    const text = `one\n${write(SECRET)}`;
    expect((await scan(text)).secrets).toMatchObject([{ label: "Staging", line: 2, inToken: true }]);
  });

  const other = createHash("sha256").update("other").digest("base64url").slice(0, 36).padEnd(48, "k7-Q_z");
  const two = [SECRET.slice(0, 48), other].map((secret, index) => ({
    ...{ fingerprint: fingerprint(secret), keyId: "key", label: `${index}`, profile: "videosdk", retired: false },
  }));

  test.each<[string, (one: string, two: string) => string]>([
    ["of two names of one length", (one, two) => `data:\n  SECRET_A: ${base64(one)}\n  SECRET_B: ${base64(two)}\n`],
    ["numbered", (one, two) => `S1=${base64(one)}\nS2=${base64(two)}\n`],
    ["one below the other", (one, two) => `${base64(one)}\n${base64(two)}\n`],
    ["in base64 of base64", (one, two) => `x: ${base64(base64(one))}\nother: ${base64(base64(two))}\n`],
    ["of a process, with nothing between but NUL", (one, two) => base64(`A=${one}\0B=${two}\0C=1\0`)],
  ])("that fill whole groups of base64 are found in a list: %s", async (_, write) => {
    const { secrets } = await scan(write(SECRET.slice(0, 48), other), two);
    expect(secrets.map(({ label }) => label)).toEqual(["0", "1"]);
  });

  test("in base64 count as often as they stand there, wherever else they stand", async () => {
    const packed = base64(`SECRET=${SECRET}`);
    for (const [text, line, further] of [
      [`a\n${packed}\nb\n${SECRET}`, 2, 1],
      [`a\n${SECRET}\nb\n${packed}`, 2, 1],
      [`${packed}\nb\n\n${packed}\nb\n${SECRET}`, 1, 2],
    ] as const)
      expect((await scan(text)).secrets, text).toMatchObject([{ line, further }]);
  });

  test("of base64 are found where JSON escapes their slashes", async () => {
    const secret = "ab/cd+ef".repeat(5);
    const others = [
      { fingerprint: fingerprint(secret), keyId: "key", label: "Other", profile: "videosdk", retired: false },
    ];
    expect((await scan(`{"a":"x","b":["${secret.replaceAll("/", "\\/")}"]}`, others)).secrets).toHaveLength(1);
  });

  test.each<[string, (secret: string) => string]>([
    ["XML", (secret) => `<secret>${secret}</secret>`],
    ["CDATA", (secret) => `<secret><![CDATA[${secret}]]></secret>`],
    ["CSV", (secret) => `prod,${secret},2026`],
    ["CSV with semicolons", (secret) => `a;${secret};b`],
    ["a table", (secret) => `a|${secret}|b`],
    ["a diff", (secret) => `+VIDEOSDK_SECRET=${secret}`],
    ["docker inspect without white space", (secret) => `{"Env":["A=b","VIDEOSDK_SECRET=${secret}"]}`],
    ["an .env file in JSON", (secret) => JSON.stringify({ env: `A=1\nSECRET=${secret}\nB=2` })],
    ["a makefile", (secret) => `SECRET:=${secret}`],
    ["an option", (secret) => `--set secret=${secret},a=b`],
    ["a link of Markdown", (secret) => `[secret](${secret})`],
    ["German quotes", (secret) => `„${secret}“`],
    ["Ruby", (secret) => `secret=>${secret}`],
    ["a process's environment", (secret) => `A=1\0SECRET=${secret}\0B=2`],
  ])("of base64 with padding are found in %s", async (_, write) => {
    for (const bytes of [32, 40]) {
      const secret = Buffer.alloc(bytes, "\xfe\x5b\x13 9", "latin1").toString("base64");
      expect(secret).toMatch(/=$/);
      const others = [
        { fingerprint: fingerprint(secret), keyId: "key", label: "Padded", profile: "videosdk", retired: false },
      ];
      expect((await scan(write(secret), others)).secrets).toMatchObject([{ label: "Padded", further: 0 }]);
    }
  });

  test.each(["/", "=", ":", "@", "&", "'", "\\", "é", "%", ","])(
    "with %j in them are found whole behind a name",
    async (odd) => {
      for (const secret of [
        `${odd}${SECRET.slice(2)}`,
        `${SECRET.slice(0, 30)}${odd}${SECRET.slice(30, 60)}`,
        `${SECRET.repeat(7)}${odd}x`,
      ]) {
        const others = [
          { fingerprint: fingerprint(secret), keyId: "key", label: "Odd", profile: "videosdk", retired: false },
        ];
        for (const text of [
          `A=1\nSECRET=${secret}\r\n`,
          `SECRET="${secret}"`,
          `  secret: ${secret}`,
          `"secret": "${secret}",`,
        ]) {
          expect((await scan(text, others)).secrets, text).toMatchObject([{ label: "Odd" }]);
        }
      }
    },
  );

  test("beyond ASCII are found where a URL has them as percent signs, once or twice", async () => {
    for (const secret of [
      `${SECRET.slice(0, 30)}é${SECRET.slice(30, 60)}`,
      `çé${SECRET.slice(4)}`,
      `3d${SECRET.slice(2, 30)}é${SECRET.slice(30, 60)}`,
      "密钥は秘密です🔑".repeat(4),
    ]) {
      const others = [
        { fingerprint: fingerprint(secret), keyId: "key", label: "Odd", profile: "videosdk", retired: false },
      ];
      const once = encodeURIComponent(secret);
      for (const text of [
        `GET https://desk.example/sign?secret=${once}&x=1`,
        `secret=${once.toLowerCase()}`,
        `/sign?secret=${encodeURIComponent(once)}&x=1`,
        `/a%FF%FE?secret=${once}`,
      ])
        expect((await scan(text, others)).secrets, text).toMatchObject([{ label: "Odd", line: 1 }]);
    }
  });

  // As the key form takes them: any signs, other scripts, and up to 512 characters.
  const signs = `kT9#vL2$xQ7!mZ4%wR8^bN6*cJ3@hD5~`;
  const all = `(x&y=z)"q'\\[<{;:,.?/|é${signs}~)`;
  const longest = Array.from({ length: 8 }, (_, part) => createHash("sha256").update(`${part}`).digest("hex")).join("");

  test.each<[string, (secret: string) => string]>([
    ["alone", (secret) => secret],
    ["alone in its line", (secret) => `two\r\n${secret}\r\nthree`],
    ["minified JSON", (secret) => JSON.stringify({ a: 1, secret, b: [2] })],
    ["a HAR", (secret) => JSON.stringify({ headers: [{ name: "x-secret", value: secret }], cookies: [] })],
    ["a call", (secret) => `jwt.sign(payload, ${JSON.stringify(secret)}, { algorithm: "HS256" });`],
    ["Kubernetes", (secret) => `data:\n  secret: ${Buffer.from(secret).toString("base64")}\n`],
    ["a token's claim", (secret) => sign({ note: secret })],
  ])("of every form are found: %s", async (_, write) => {
    for (const secret of [signs, all, longest, `${all.slice(0, 30)}${longest}`.slice(0, 512)]) {
      const others = [
        { fingerprint: fingerprint(secret), keyId: "key", label: "Odd", profile: "videosdk", retired: false },
      ];
      expect((await scan(write(secret), others)).secrets, secret).toMatchObject([{ label: "Odd", further: 0 }]);
    }
  });

  test.each<[string, (secret: string) => string]>([
    ["JSON in JSON", (secret) => JSON.stringify({ text: JSON.stringify({ secret }), more: "" })],
    ["a form of curl", (secret) => `curl -d 'x=1' -d 'secret=${encodeURIComponent(secret)}' host`],
    ["another call", (secret) => `sign(p, '${secret}')`],
    ["a template", (secret) => `sign(p, \`${secret}\`)`],
    ["curl", (secret) => `curl -d 'apikey=x&secret=${secret}' https://host/`],
    ["a log", (secret) => `12:00:01 INFO starting secret=${secret} room=abc`],
    ["a log in brackets", (secret) => `12:00:01 [secret: ${secret}], starting`],
    ["YAML flow", (secret) => `videosdk: {key: 1, secret: ${secret}, more: 2}`],
    ["YAML flow at its end", (secret) => `videosdk: {key:1,secret:${secret}}`],
    ["a sentence", (secret) => `We sign with ${secret}, don't we?`],
    ["a sentence's end", (secret) => `(We sign with ${secret}.)`],
    ["Markdown", (secret) => `It is **${secret}** or \`${secret}\`.`],
    ["an address", (secret) => `https://user:${secret}@host/`],
  ])("of signs are found: %s", async (_, write) => {
    const others = [
      { fingerprint: fingerprint(signs), keyId: "key", label: "Odd", profile: "videosdk", retired: false },
    ];
    expect((await scan(write(signs), others)).secrets).toMatchObject([{ label: "Odd", line: 1 }]);
  });

  test("are not looked for in a list of ids, of which any two have as many digits", async () => {
    const ids = Array.from({ length: 2_000 }, () => randomUUID());
    const { secrets, leftOut } = await scan(`${ids.join("\n")}\n`);
    expect(secrets).toEqual([]);
    expect(leftOut).toBe(0);
  });

  test("are counted, whatever they are made of", async () => {
    const others = [
      { fingerprint: fingerprint(signs), keyId: "key", label: "Odd", profile: "videosdk", retired: false },
    ];
    const text = `x ${signs} y\n{"a":"${signs}"}\n${signs}`;
    expect((await scan(text, others)).secrets).toMatchObject([{ line: 1, column: 3, further: 2 }]);
  });

  test("between other digits are counted with those that stand alone", async () => {
    const text = `id,secret\nfeed${SECRET}2026\n${SECRET}\nfeed${SECRET}2026`;
    expect((await scan(text)).secrets).toMatchObject([{ line: 2, column: 5, further: 2 }]);
  });

  test.each<[string, (secret: string) => string]>([
    ["as it is", (secret) => secret],
    ["in base64", (secret) => base64(`A=1\nSECRET=${secret}\n`)],
    ["in two pieces", (secret) => `"${secret.slice(0, 30)}" +\n  "${secret.slice(30)}"`],
    ["inside a token", (secret) => sign({ note: secret })],
    ["between other digits above", (secret) => `feed${secret}2026\n${base64(`SECRET=${secret}`)}`],
  ])("are compared before what stands between other digits: %s", async (_, write) => {
    const odd = { ...(known[0] as KnownSecret), fingerprint: fingerprint(signs), label: "Odd" };
    const hashes = (encode: (digits: string) => string) =>
      Array.from({ length: 30 }, () => `${encode(randomBytes(45).toString("hex"))}\n`).join("");
    const text = `${hashes((digits) => digits)}${hashes(base64)}${write(SECRET)}\nODD=${signs}\n`;
    const options = { now: NOW, fingerprints: [...known, odd], mostCandidates: 1_000 };
    const { secrets, leftOut } = await scanText(text, options);
    expect(secrets.map(({ label }) => label).sort()).toEqual(["Odd", "Staging"]);
    expect(leftOut).toBeGreaterThan(500);
  });

  test("of other alphabets too", async () => {
    for (const secret of [`${"ab/cd+ef".repeat(5)}==`, `${"01/23".repeat(8)}a=`, "-_.~!$*".repeat(8)]) {
      const others = [
        { fingerprint: fingerprint(secret), keyId: "key", label: "Other", profile: "videosdk", retired: true },
      ];
      for (const text of [`SECRET=${secret}`, `"${secret}"`, `secret: ${secret}`]) {
        expect((await scan(text, others)).secrets).toMatchObject([
          { label: "Other", profile: "videosdk", retired: true },
        ]);
      }
    }
  });

  test("are counted, beside a token that is glued to them too", async () => {
    const text = `${SECRET}\n${SECRET} ${sign()},${SECRET}`;
    expect((await scan(text)).secrets).toMatchObject([{ line: 1, column: 1, further: 2, inToken: false }]);
  });

  test("are found inside a token and kept out of its claims", async () => {
    const token = sign({ apikey: SECRET, roomId: `room-${SECRET}`, version: 2 });
    const scanned = await scan(`\n token ${token}`);
    expect(scanned.secrets).toEqual([{ ...known[0], line: 2, column: 8, further: 0, inToken: true }]);
    expect(scanned.tokens[0]?.apiKey).toBe("(a secret)");
    expect(JSON.stringify(scanned)).not.toContain(SECRET);
  });

  test("beyond the bound are said to be left out; those that look like VideoSDK's come first", async () => {
    const filler = ["a", "b", "c"].map((letter) => letter.repeat(40));
    const { secrets, leftOut } = await recogniseSecrets([...filler, SECRET], known, 2);
    expect([...secrets.values()]).toEqual(known);
    expect(leftOut).toBe(2);
  });
});

test("a claim that holds a token is listed without it", async () => {
  const inner = sign();
  const scanned = await scan(sign({ jti: `see ${inner}`, roomId: inner.replaceAll(".", "%2E"), version: 2 }));
  expect(scanned.tokens[0]).toMatchObject({ jti: "see (a token)", room: "(a token)" });
  expect(JSON.stringify(scanned)).not.toContain(inner.split(".")[1]);
});

test("without Web Crypto it finds the tokens and says that it could not hash", async () => {
  vi.stubGlobal("crypto", {});
  const { tokens, secrets, hashed } = await scan(`${sign()} ${SECRET}`);
  vi.unstubAllGlobals();
  expect(hashed).toBe(false);
  expect(secrets).toEqual([]);
  expect(tokens[0]?.sha256).toBeUndefined();
});

test("an export has neither tokens nor secrets, and no formulas", async () => {
  const text = `SECRET=${SECRET}\n${sign({ jti: "=cmd|calc" })}\n${sign({ apikey: SECRET, exp: NOW - 5 })}`;
  const { tokens } = await scan(text);
  const match = {
    sha256: "",
    number: 7,
    actorName: "@ada",
    keyLabel: "Staging",
    purpose: "",
    issuedAt: NOW,
    event: 1,
  };
  const ledger = { ...match, expiresAt: NOW + 7200, revokedAt: null, secretRetired: false, keyDisabled: false };
  const answers = new Map(tokens.map(({ sha256 = "" }, index) => [sha256, index === 0 ? ledger : ("absent" as const)]));
  const records = scanRows(tokens, { answers, checks: new Map(), keys: [] }, NOW).map(scanRecord);
  expect(records.map((record) => [record.state, record.number, record.issuer])).toEqual([
    ["Valid", 7, "@ada"],
    ["Expired", "", "not in this ledger"],
  ]);
  const csv = scanCsv(records);
  for (const part of [SECRET, ...text.split(/[\s.=]/).filter((piece) => piece.startsWith("eyJ"))]) {
    expect(csv).not.toContain(part);
  }
  expect(csv).toContain("'=cmd|calc");
  expect(csv).toContain("'@ada");
});

// A file may have ten megabytes.
test.each([
  ["letters and digits", "QUJDREVGRw"],
  ["the lines of a mail", "abcdefgh=\n"],
  ["all signs of a token", "eyJhbGciOiJIUzI1NiJ9."],
])(
  "nine million characters in one run do not keep what stands behind them from being found: %s",
  async (_, piece) => {
    const { secrets } = await scan(`${piece.repeat(9_000_000 / piece.length)}\n${SECRET}\n`);
    expect(secrets).toMatchObject([{ label: "Staging" }]);
  },
  60_000,
);
