import { describe, expect, test } from "vitest";
import { packedTexts, readPacked, textIn } from "./in-base64";

const HELD = `NAME="a text, as long as one that is looked for"\n${"SETTING=with some? value~\n".repeat(3)}`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const cut = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
const inLines = (width: number, before = "", behind = "") =>
  cut(base64(HELD), width).map((line) => before + line + behind);
const withNumbers = (write: (number: number) => string) =>
  inLines(76)
    .map((line, index) => `${write(index)}${line}`)
    .join("\n");

describe("what stands in base64 is read", () => {
  test.each<[string, string]>([
    ["in lines of 76", inLines(76).join("\n")],
    ["in lines of 32", inLines(32).join("\n")],
    ["in lines of Windows", inLines(64).join("\r\n")],
    ["in a mail that somebody quotes", inLines(76, "> ").join("\n")],
    ["in a comment", inLines(64, " * ").join("\n")],
    ["in added lines of a diff", inLines(76, "+").join("\n")],
    ["in a diff in a mail", inLines(76, "> +").join("\n")],
    ["in a diff in a log", withNumbers((line) => `12:00:0${line} +`)],
    ["in removed lines of a diff", inLines(64, "-").join("\n")],
    ["in a log of Docker", inLines(76, "web-1  | ").join("\n")],
    ["in a log of GitHub", withNumbers((line) => `2026-11-30T12:00:0${line}.1234567Z `)],
    ["in a log of Kubernetes", inLines(76, "2026-11-30T12:00:00.123456789Z stdout F ").join("\n")],
    ["found by grep, from the eighth line on", withNumbers((line) => `.env.b64:${line + 8}:`)],
    ["in a log whose time ends in no zeros", withNumbers((line) => `2026-11-30T12:00:00.12${"3".repeat(line)}Z F `)],
    [
      "in a log of Docker as it is kept",
      inLines(76, '{"log":"', '\\n","stream":"stdout","time":"2026-11-30T12:00:00Z"}').join("\n"),
    ],
    ["in a log of JSON", inLines(76, '{"level":"info","msg":"', '","time":"2026-11-30T12:00:00Z"}').join("\n")],
    ["shown by cat -A or git diff", inLines(76, "", "^M$").join("\n")],
    ["in a saved page", inLines(76, '<span class="line">', "</span>").join("\n")],
    ["in colours", inLines(64, "\u001b[32m", "\u001b[m").join("\n")],
    ["in a table of psql", inLines(76, " ", "+").join("\n")],
    ["in a table of psql, in JSON", JSON.stringify(inLines(76, " ", "+").join("\n"))],
    ["with an empty line between", inLines(76).join("\r\n\r\n")],
    ["in lines without padding", inLines(76).join("\n").replace(/=+$/, "")],
    ["numbered by cat", withNumbers((line) => `${String(line).padStart(6)}\t`)],
    ["blamed by git", withNumbers((line) => `1234567${line} (Maya 2026-11-30 12:00:00 +0000  ${line}) `)],
    ["wrapped by a terminal, behind a name", cut(`SECRET_IN_BASE64=${base64(HELD)}`, 80).join("\n")],
    ["wrapped by a wide one", cut(`  key: ${base64(HELD)}`, 133).join("\n")],
    ["in YAML that begins behind its name", `key: ${inLines(64).join("\n  ")}`],
    ["in a source that joins lines", `const a =\n${inLines(64, '  "', '"').join(" +\n")};`],
    ["in Java", inLines(64, '"', '\\n"').join("\n      + ")],
    ["in a list of lines", JSON.stringify(inLines(64), null, 2)],
    ["as a shell writes what nobody quotes", `$ echo $X\n${inLines(76).join(" ")}`],
    ["in HTML of one line", inLines(76, "<div>", "</div>").join("")],
    ["broken in HTML", inLines(76).join("<br/>")],
    ["in an attribute of XML", `<a b="${inLines(76).join("&#xD;&#xA;")}"/>`],
    ["in a list in one line", JSON.stringify(inLines(64))],
    ["as an editor pastes it into a text", inLines(76, '"', '\\n"').join(" +\n")],
    ["in a notebook", JSON.stringify({ source: inLines(76, "", "\n") }, null, 1)],
    ["in JSON in JSON", JSON.stringify(JSON.stringify({ a: inLines(60).join("\n") }))],
    ["in JSON of PHP, in lines", JSON.stringify({ a: inLines(60).join("\n") }).replaceAll("/", "\\/")],
    ["in JSON of .NET", `{"a":"${base64(HELD).replaceAll("/", "\\u002F").replaceAll("=", "\\u003D")}"}`],
    ["in a link", `?a=b%0A${encodeURIComponent(base64(HELD))}`],
    ["in a link, in lines", encodeURIComponent(inLines(76).join("\r\n"))],
    ["in a form, behind a blank", `text=see+this%3A+${encodeURIComponent(inLines(76).join("\r\n"))}`],
    ["in JSON in a form", `p=${encodeURIComponent(JSON.stringify({ a: inLines(60).join("\n") }))}`],
    ["in a link in a link", encodeURIComponent(encodeURIComponent(base64(HELD)))],
    ["in HTML", base64(HELD).replaceAll("/", "&#x2F;").replaceAll("=", "&#61;")],
    ["behind a quote that a link escapes", `?x=%22${base64(HELD)}%22`],
    ["behind a blank of a form", `x=+${base64(HELD)}`],
    ["behind a terminal's colour, also without its ESC", `[32m${base64(HELD)}\u001b[0m`],
    ["behind a path", `/v1/secrets/${base64(HELD)}`],
    ["behind a word", `data_${base64(HELD)}`],
    ["in bold", `**${base64(HELD)}**`],
    ["before a shell's mark, without padding", `${base64(HELD).replace("=", "")}%`],
    ["of UTF-16", Buffer.from(`\ufeff${HELD}`, "utf16le").toString("base64")],
    ["of UTF-16 the other way round", Buffer.from(HELD, "utf16le").swap16().toString("base64")],
  ])("%s", (_, written) => {
    for (const text of [written, `one\n${written}\n`, `${written}\nmaya@laptop:~$ exit\nexit`]) {
      const held = packedTexts(text).find((each) => each.text.includes(HELD));
      expect(held?.text, text).toContain(HELD);
      expect(textIn(text, held?.pieces ?? [])).toBe(held?.text);
    }
  });

  test("the last line may be a word that stands below: both are read", () => {
    for (const word of ["maya@laptop:~$ ", "done", "data:", "NAME=x", "VIDEOSDK_SECRET=abc", "echo ok", "end"])
      for (const between of ["\n", "\n\n"]) {
        const held = "x".repeat(114);
        const { whole, otherwise } = readPacked(`${cut(base64(held), 76).join("\n")}${between}${word}`);
        expect(
          [...whole, ...otherwise].map((each) => each.text),
          word,
        ).toContain(held);
      }
  });

  test("whatever it ends with, above a word", () => {
    for (let more = 0; more < 57; more++) {
      const held = "x".repeat(more + 100);
      const text = `${cut(base64(held), 76).join("\n")}\nmaya@laptop:~$ `;
      expect(packedTexts(text).map((each) => each.text)).toEqual([held]);
    }
  });

  test("of other scripts", () => {
    const held = "# clé, 密钥, 🔑: a text of several scripts";
    expect(packedTexts(`x ${base64(held)}`)).toMatchObject([{ text: held, lines: [{ at: 0, start: 2 }] }]);
  });
});

/** As of base64 each line begins with another one of them. */
const DIGITS = Array.from({ length: 150 }, (_, index) => `(${index}) `).join("");
const narrow = (...bytes: (number | string)[]) =>
  Buffer.concat([...bytes, DIGITS].map((each) => Buffer.from(typeof each === "string" ? each : [each])));
const CESU = [0xed, 0xa0, 0xbd, 0xed, 0xb4, 0x91];

test.each<[string, Buffer]>([
  ["in ASCII", narrow()],
  ["behind the mark of UTF-8", narrow("\ufeff")],
  ["behind a mark that is none", narrow("x\ufeff")],
  ["behind scripts and emoji", narrow("# clé, 密钥, 🔑: ")],
  ["behind halves of an emoji", narrow(...CESU)],
  ["behind a character in more bytes than it has", narrow(0xe0, 0x80, 0x80)],
  ["behind one beyond the last", narrow(0xf4, 0x90, 0x80, 0x80)],
  ["of UTF-16", Buffer.from(DIGITS, "utf16le")],
  ["of UTF-16, behind its mark", Buffer.from(`\ufeff${DIGITS}`, "utf16le")],
  ["of UTF-16 the other way round", Buffer.from(`\ufeff${DIGITS}`, "utf16le").swap16()],
])("each line is told from where it begins: %s", (_, bytes) => {
  for (const width of [40, 60, 76, 133]) {
    const written = cut(bytes.toString("base64"), width);
    const text = written.join("\n");
    const [held] = packedTexts(text);
    expect(textIn(text, held?.pieces ?? [])).toBe(held?.text);
    expect(held?.lines).toHaveLength(written.length);
    for (const { at, start } of held?.lines.slice(1) ?? []) {
      const before = Math.ceil((written.slice(0, start / (width + 1)).join("").length * 3) / 4);
      expect(held?.text.slice(at), `${width}: ${start}`).toBe(bytes.toString("latin1", before).replaceAll("\0", ""));
    }
  }
});

test.each<[string, (one: string, two: string) => string]>([
  ["padded", (one, two) => `${base64(`${one}!`)}\n${base64(`${two}!`)}`],
  ["of two names", (one, two) => `data:\n  TOKEN: ${base64(one)}\n  VALUE: ${base64(two)}\n`],
  ["of two members", (one, two) => JSON.stringify({ password: base64(one), username: base64(two) }, null, 2)],
  ["with lines between", (one, two) => `${base64(one)}\na\nb\n${base64(two)}`],
  ["with two empty lines between", (one, two) => `${base64(one)}\n\n\n${base64(two)}`],
  ["the second one longer", (one, two) => `${base64(one)}\n${base64(`${two}${two}`)}`],
  ["as a process has them", (one, two) => base64(`${one}\0${two}\0`)],
])("two texts stay what each is: %s", (_, write) => {
  const [one, two] = ["the one text, of three times so many signs", "another, of as many, which stands below it "];
  const text = write(one, two);
  const held = packedTexts(text);
  expect(held).toMatchObject([{ text: expect.stringContaining(one) }, { text: expect.stringContaining(two) }]);
  for (const each of held) {
    expect(each.text).not.toContain(each.text.includes(one) ? two : one);
    expect(textIn(text, each.pieces)).toBe(each.text);
  }
});

test("of blocks right above each other each is read with its own lines", () => {
  const held = `${HELD}${HELD}`;
  const below = cut(base64(held), 60);
  const above = base64("x".repeat(60));
  expect(packedTexts(`${above}\n\n${below.join(" ")}`).some(({ text }) => text.includes(held))).toBe(true);
  const short = "a text that has a second line which is a short one, as it ends";
  const inDiff = cut(base64("x".repeat(120)), 80).map((line) => `+${line}`);
  const two = cut(base64(short), 64).join("\n");
  expect(packedTexts(`${inDiff.join("\n")}\n\n${two}`).some(({ text }) => text.includes(short))).toBe(true);
});

test("of two columns each is found in each row", () => {
  const held = (row: number, column: number) => `row ${row}, column ${column}, and as long as it has to be`;
  const text = [1, 2, 3].map((row) => `${base64(held(row, 1))}\t${base64(`${held(row, 2)}, and some`)}`).join("\n");
  const { whole, otherwise } = readPacked(text);
  const all = [...whole, ...otherwise].map((each) => each.text);
  for (const row of [1, 2, 3])
    for (const column of [1, 2])
      expect(
        all.some((each) => each.includes(held(row, column))),
        `${row} ${column}`,
      ).toBe(true);
});

test("nothing is read of what is no text, too short, or a token's", () => {
  const short = base64("31 signs, of which one is no more").slice(0, 41);
  const digits = "0123456789abcdef".repeat(8);
  const noText = Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 89) % 256)).toString("base64");
  expect(packedTexts(`${short} ${digits} ${noText}`)).toEqual([]);
  const text = `a ${base64(HELD)} b`;
  expect(packedTexts(text, [{ start: 2, end: text.length - 2 }])).toEqual([]);
});

describe("so far and no further", () => {
  const held = "x".repeat(300);
  const texts = (text: string) => packedTexts(text).map((each) => each.text);
  const two = (width: number, first: string, second: string) => {
    const [one, ...others] = cut(base64(held), width);
    return [first + one, ...others.map((line) => second + line)].join("\n");
  };

  test("a line takes no less than 32 signs, and no more than 200", () => {
    for (const width of [32, 200]) expect(texts(cut(base64(held), width).join("\n"))).toEqual([held]);
    expect(texts(cut(base64(held), 28).join("\n"))).toEqual([]);
    expect(texts(cut(base64(held), 204).join("\n"))).not.toContain(held);
  });

  test("a line's number is no more than eight digits longer than another one's", () => {
    expect(texts(two(200, "1 x ", `${"1".repeat(9)} x `))).toContain(held);
    expect(texts(two(200, "1 x ", `${"1".repeat(10)} x `))).not.toContain(held);
  });

  test("no more than 200 characters stand between two lines", () => {
    const prefix = (length: number) => `${".".repeat(length - 2)}x `;
    expect(texts(two(200, prefix(199), prefix(199)))).toContain(held);
    expect(texts(two(200, prefix(200), prefix(200)))).not.toContain(held);
  });

  test("a text takes no less than 32 characters", () => {
    const among = (length: number) =>
      Buffer.concat([Buffer.from("x".repeat(length)), Buffer.alloc(30, 0xff)]).toString("base64");
    expect(texts(among(32))).toEqual(["x".repeat(32)]);
    expect(texts(among(31))).toEqual([]);
  });
});
