/** Without a mark, too, what Windows writes is read as what it says. */
import { expect, it } from "vitest";
import { textIn } from "./utf16";

const said = "TOKEN=eyJhbGciOiJIUzI1NiJ9.e30.x\r\n";
const le = (text: string) => Buffer.from(text, "utf16le");

it.each([
  ["little end first", le(said)],
  ["big end first", le(said).swap16()],
  ["with its mark", le(`\ufeff${said}`)],
  ["with the mark of the other end", le(`\ufeff${said}`).swap16()],
  ["UTF-8", Buffer.from(said)],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${said}`)],
])("%s", (_, bytes) => {
  expect(textIn(new Uint8Array(bytes))).toBe(said);
});

const digits = "9f3c07e1b52d84a6c1908e7f3b6d52a4f09c18e7d36b25a48e1f7c0b9d63a25e";
const asWritten = `# clé ☃\r\nPORT=3000\nSECRET=${digits}\r\n`;
const appended = `TOKEN=eyJhbGciOiJIUzI1NiJ9.e30.${"x7-_".repeat(10)}\r\nNAME=Zoë\r\n`;
const be = (text: string) => le(text).swap16();

it.each<[string, Buffer[], string]>([
  ["UTF-8, behind which Windows PowerShell appended", [Buffer.from(asWritten), le(appended)], asWritten + appended],
  ["a little of UTF-8 before more of it", [Buffer.from(`A=${digits}\n`), le(appended)], `A=${digits}\n${appended}`],
  ["UTF-8 before a file with its mark", [Buffer.from(asWritten), le(`\ufeff${appended}`)], asWritten + appended],
  ["big end first, behind UTF-8", [Buffer.from(asWritten), be(`\ufeff${appended}`)], asWritten + appended],
  ["without a line's end", [Buffer.from("A=1"), le("B=a token"), Buffer.from(digits)], `A=1 B=a token ${digits}`],
  [
    "UTF-16 with its mark, before UTF-8",
    [le(`\ufeff密钥 ${said}`), Buffer.from(`S=${digits}\n`)],
    `密钥 ${said}S=${digits}\n`,
  ],
  ["big end first, before UTF-8", [be(`\ufeff${said}`), Buffer.from(`S=${digits}\n`)], `${said}S=${digits}\n`],
  [
    "UTF-16 with its mark, before many dots and UTF-8",
    [le(`\ufeff${said}`), Buffer.from(`${".".repeat(1_100)}\nS=${digits}\n`)],
    `${said}${".".repeat(1_100)}\nS=${digits}\n`,
  ],
  [
    "UTF-16 within UTF-16",
    [le(`\ufeff${said}`), Buffer.from(`S=${digits}\n`), le(said)],
    `${said}S=${digits}\n${said}`,
  ],
])("of both: %s, of an odd number of bytes and of an even one", (_, parts, text) => {
  expect(textIn(new Uint8Array(Buffer.concat(parts)))).toBe(text);
  const odd = Buffer.concat([...parts.slice(0, -1), parts.at(-1) ?? le(""), Buffer.from("#")]);
  expect(textIn(new Uint8Array(odd)).replace(/[ #\ufffd]+$/, "")).toBe(text);
});

it.each([
  ["of cmd", "FOO=1\r\n"],
  ["a comment", "# a comment of some length 1\n"],
  ["of another language", "# Schlüssel für die Anlage\n"],
  ["Chinese", "令牌\n"],
])("with its mark, a short line of UTF-8 and an odd number of bytes: %s", (_, line) => {
  const odd = Buffer.from(line);
  expect(odd.length % 2).toBe(1);
  for (const written of [le, be])
    for (const mark of ["", "\ufeff"]) {
      const parts = [
        written("\ufeffPORT=3000\r\n"),
        odd,
        written(`${mark}${said}# 密钥\r\n`),
        odd,
        odd,
        odd,
        written(said),
      ];
      const text = `PORT=3000\r\n${line}${said}# 密钥\r\n${line.repeat(3)}${said}`;
      expect(textIn(new Uint8Array(Buffer.concat(parts)))).toBe(text);
    }
});

it("with its mark, an odd number of zeros, as a log has that was cut while it was written", () => {
  for (const written of [le, be]) {
    const parts = [written(`\ufeff${said}`), Buffer.alloc(9), written(said)];
    expect(textIn(new Uint8Array(Buffer.concat(parts))).replace(/[\0\ufffd]+/, "")).toBe(said + said);
  }
});

it.each([
  ["Chinese", "在使用令牌之前，请先阅读说明。严禁把密钥写入源代码！\r\n"],
  ["Chinese of letters that are two of ASCII each", "你好字在使用你好字在使用你好字在使用你好字在使用"],
  ["Japanese", "していたために、していただく。ここにいたあいつはそこにいた\r\n"],
  ["Hindi", "नमन समान मन लहर सरल नमन समान मन\r\n"],
  ["a table", `${"═╪".repeat(40)}\r\n│ 令牌 │\r\n`],
  ...["═", "✨", "♪", "™"].flatMap((sign) =>
    ["属性値の一意性が保たれる", "属性值符合所属元素", "角色的元素包含在其中"].map((title): [string, string] => [
      `a title framed by ${sign}: ${title}`,
      `${sign.repeat(24)}${title}${sign.repeat(24)}\r\n`,
    ]),
  ),
  ["Japanese without marks", "データセルが存在しないまたは空です属性は正しく使用されています\r\n"],
  ["a row of Chinese letters that end in a zero", `${"一".repeat(40)}\r\n`],
  ...["ㅋ아", "ㅎㅋ알", "❌网", "╌令", "┼令", "㈱令", "♪令", "ー令"].map((pair): [string, string] => [
    `a row of ${pair.slice(0, -1)}, and ${pair.slice(-1)}`,
    `${pair.slice(0, -1).repeat(20)}${pair.slice(-1)} 진짜\r\nVIDEOSDK_SECRET=${digits}\r\n`,
  ]),
])("with its mark stays whole: %s", (_, text) => {
  for (const whole of [text.repeat(50), `${said}${text}`.repeat(50)]) {
    expect(textIn(new Uint8Array(le(`\ufeff${whole}`)))).toBe(whole);
    expect(textIn(new Uint8Array(be(`\ufeff${whole}`)))).toBe(whole);
  }
});

it.each([
  ["letters", Buffer.from("a")],
  ["letters of UTF-16", le("a")],
  ["zeros", Buffer.from([0])],
  ["marks", Buffer.from([0xff, 0xfe])],
  ["both in turn", Buffer.concat([Buffer.from(asWritten), le(appended)])],
])("ten million bytes are read in the test's time: %s", (_, piece) => {
  for (const mark of [[], [0xff, 0xfe], [0x61]]) {
    const bytes = Buffer.concat([Buffer.from(mark), Buffer.alloc(10_000_001, piece)]);
    expect(textIn(new Uint8Array(bytes)).length).toBeGreaterThan(1_000_000);
  }
});

it("takes no binary for it", () => {
  expect(textIn(new Uint8Array([0, 0, 1, 0, 0, 2]))).toContain("\0");
});
