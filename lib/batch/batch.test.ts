/** Reading what is pasted or dropped as participants, however it is written; what each row is told; and the tokens as files. */
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openPolicy } from "@/lib/keys/policy";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { repeatedRows, rowChecker } from "./check-rows";
import { type Cells, columnsOf } from "./columns";
import { isSpreadsheet, textOfFile, withoutEmptyEnd } from "./read-file";
import { countUp, readParticipants } from "./read-participants";
import { fileNameOf, writeBatch } from "./write-files";
import { writeParticipants } from "./write-participants";

const read = (text: string) => readParticipants(videosdk, text);
async function cellsOf(text: string): Promise<Cells[]> {
  const result = await read(text);
  if (!result.ok) throw new Error(result.message);
  return result.rows.map(({ cells }) => cells);
}

describe("what is pasted", () => {
  it.each([",", ";", "\t"])("is a table whose separator is found by itself: %j", async (separator) => {
    const lines = ["participantId,roomId,expiresIn,purpose", "ann,2kyv-gzay-64pg,2h,Morning", "bob,,,"];
    const text = lines.map((line) => line.replaceAll(",", separator)).join("\r\n");
    expect(await cellsOf(text)).toEqual([
      { participantId: "ann", roomId: "2kyv-gzay-64pg", expiresIn: "2h", purpose: "Morning" },
      { participantId: "bob", roomId: "", expiresIn: "", purpose: "" },
    ]);
  });

  it("has its header in any case and order, also in other words", async () => {
    expect(await cellsOf("PURPOSE;Room ID;PARTICIPANT_ID\nTalk;r-1;ann")).toEqual([
      { purpose: "Talk", roomId: "r-1", participantId: "ann" },
    ]);
    expect(await cellsOf("lifetime,participant\n2h,ann")).toEqual([{ expiresIn: "2h", participantId: "ann" }]);
    // As the vendor's own programs name the room: left out, each of them would be for any room.
    for (const heading of ["meetingId", "Meeting ID", "meeting"])
      expect(await cellsOf(`participantId,${heading}\nann,r-1`)).toEqual([{ participantId: "ann", roomId: "r-1" }]);
    expect(await cellsOf("meetingId\nr-1")).toEqual([{ roomId: "r-1" }]);
  });

  it("may begin with the line in which a spreadsheet says how it separates: that is no participant", async () => {
    expect(await cellsOf("\ufeffsep=;\r\nparticipantId;roomId\r\nann;r-1")).toEqual([
      { participantId: "ann", roomId: "r-1" },
    ]);
    const more = await read("sep=,\nparticipantId,roomId\nann,r-1,too much");
    expect(more).toMatchObject({ rows: [{ problem: expect.stringMatching(/^Line 3 has 3 cells/) }] });
    // Lines that are empty are lines of the file all the same.
    expect(await read("participantId,purpose\n\n\nann,a,b")).toMatchObject({
      rows: [{ problem: expect.stringMatching(/^Line 4 has 3 cells/) }],
    });
  });

  it("may have separators and line breaks within quotes", async () => {
    expect(await cellsOf('\ufeffparticipantId,purpose\nann,"Talk, then ""tea"""\nbob,"a\nb"')).toEqual([
      { participantId: "ann", purpose: 'Talk, then "tea"' },
      { participantId: "bob", purpose: "a b" },
    ]);
  });

  it("has a blank for each line break in a cell, which the field that it is mended in would not show", async () => {
    expect(await cellsOf('participantId,roomId,purpose\n"guest\n1","r-1\r\n","The \n\n\u2028 class"')).toEqual([
      { participantId: "guest 1", roomId: "r-1", purpose: "The class" },
    ]);
  });

  it.each(["\u2028", "\u2029", "\u0085", "\v", "\f"])(
    "is asked about where %j stands between words, which ends a line in some programs only",
    async (odd) => {
      for (const text of [`ann${odd}bob`, `participantId,roomId${odd}ann,r-1`, `participantId,purpose\nann,a${odd}b`]) {
        const found = await read(text);
        expect(found).toMatchObject({ ok: false, message: expect.stringContaining("write one participant a line") });
      }
      const found = await read(`participantId,roomId${odd}ann,r-1`);
      const [lines, blanks] = (found.ok ? undefined : found.readings) ?? [];
      expect(await cellsOf(lines?.text ?? "")).toEqual([{ participantId: "ann", roomId: "r-1" }]);
      expect(blanks?.text).toBe("participantId,roomId ann,r-1");
    },
  );

  it("may have other line breaks beside those that end its lines", async () => {
    expect(await cellsOf("ann\f\nbob\n\f cy\u2028")).toEqual(
      ["ann", "bob", "cy"].map((participantId) => ({ participantId })),
    );
    expect(await cellsOf('participantId,purpose\nann,"a\vb"')).toEqual([{ participantId: "ann", purpose: "a b" }]);
  });

  it("may end with as many rows that say nothing as a spreadsheet writes", async () => {
    for (const row of [",\r\n", ";\n", " \t\r", ", , \n"]) {
      const text = `participantId,roomId\r\nann,r-1\r\n${row.repeat(650_000)}`;
      expect(withoutEmptyEnd(text).trimEnd()).toBe("participantId,roomId\r\nann,r-1");
      expect(await cellsOf(text)).toEqual([{ participantId: "ann", roomId: "r-1" }]);
    }
    // What is quoted says something, whatever it is.
    expect(await cellsOf('participantId,purpose\nann,"Talk,\n\n"\n,\n')).toEqual([
      { participantId: "ann", purpose: "Talk," },
    ]);
  });

  it("is plain lines where nothing separates them, with or without a heading", async () => {
    const people = [{ participantId: "ann" }, { participantId: "bob brown" }];
    expect(await cellsOf("ann\n\n  bob brown \n")).toEqual(people);
    expect(await cellsOf("Participant ID\nann\nbob brown")).toEqual(people);
    // One alone is no header; nor is what is called like one and has a header above it.
    expect(await cellsOf("user")).toEqual([{ participantId: "user" }]);
    expect(await cellsOf("participantId\nuser")).toEqual([{ participantId: "user" }]);
  });

  it("is a count and a pattern", async () => {
    const two = [{ participantId: "guest-1" }, { participantId: "guest-2" }];
    for (const text of ["2 guest-{n}", "2 x guest-{n}", "guest-{n} × 2"]) expect(await cellsOf(text)).toEqual(two);
    expect(countUp(2, "g{n}-{n}")).toEqual({ ok: true, lines: ["g1-1", "g2-2"] });
    expect(await read("guest-{n}")).toMatchObject({ ok: false, message: expect.stringContaining("how many") });
    for (const count of [0, 10_001, 1.5, Number.NaN]) expect(countUp(count, "g{n}").ok).toBe(false);
    expect(countUp(2, "guest").ok).toBe(false);
  });

  it("may have quotes around each line, and rows of separators below the last", async () => {
    expect(await cellsOf('"ann"\n"bob brown"')).toEqual([{ participantId: "ann" }, { participantId: "bob brown" }]);
    expect(await cellsOf("participantId;roomId\nann;r-1\n;\n ; \n")).toEqual([{ participantId: "ann", roomId: "r-1" }]);
  });

  it("has no person who is called as its columns are, with a sign between them that separates nothing here", async () => {
    for (const sign of ["|", "，", "،"])
      expect(await read(`participantId${sign}roomId\nann${sign}r-1`)).toMatchObject({
        ok: false,
        message: expect.stringContaining(`a header with “${sign}” between its columns`),
      });
    expect(await cellsOf("ann|1\nbob|2")).toEqual([{ participantId: "ann|1" }, { participantId: "bob|2" }]);
  });

  it("may say only for which room, and nothing of participants", async () => {
    expect(await read("roomId,purpose\nr-1,Talk")).toMatchObject({ ok: true, rows: [{ cells: { roomId: "r-1" } }] });
  });

  it("is told how it was read, and what of it is not used", async () => {
    expect(await read("participantId,shoe size\nann,38")).toMatchObject({
      how: "a table with commas and a header",
      notes: ["The column “shoe size” is not used."],
    });
    const quizzes = Array.from({ length: 40 }, (_, index) => `quiz ${index + 1}`).join(",");
    expect(await read(`participantId,${quizzes}\nann`)).toMatchObject({
      notes: ["The columns “quiz 1”, “quiz 2”, “quiz 3”, “quiz 4”, “quiz 5” and 35 more are not used."],
    });
    expect(await read("ann,2kyv-gzay-64pg")).toMatchObject({
      how: "a table with commas",
      rows: [{ cells: { participantId: "ann", roomId: "2kyv-gzay-64pg" } }],
      notes: ["There is no header: read as participantId, roomId."],
    });
  });

  it("says how it could be meant, where no header does and no room is the vendor's own: a name with a comma is one person", async () => {
    const textsOf = async (text: string) => {
      const found = await read(text);
      if (found.ok) throw new Error(`read as ${found.how}`);
      expect(found.message).toContain("There is no header");
      return Object.fromEntries((found.readings ?? []).map((each) => [each.label, each.text]));
    };
    expect(await read("Smith, John\nDoe, Jane")).toMatchObject({
      message:
        "There is no header, and “John” does not look like a Room ID. Choose what is meant, or put a header above it.",
    });
    const names = await textsOf("Smith, John\n\n Doe, Jane \n");
    expect(Object.keys(names)).toEqual(["Each line is one participant", "The columns are participantId, roomId"]);
    const [lines = "", table = ""] = Object.values(names);
    expect(await cellsOf(lines)).toEqual([{ participantId: "Smith, John" }, { participantId: "Doe, Jane" }]);
    expect(await cellsOf(table)).toEqual([
      { participantId: "Smith", roomId: "John" },
      { participantId: "Doe", roomId: "Jane" },
    ]);
    const one = await textsOf("ann; ben; cleo");
    expect(Object.keys(one)[0]).toBe("It is one participant");
    expect(await cellsOf(one["These are 3 participants"] ?? "")).toEqual(
      ["ann", "ben", "cleo"].map((participantId) => ({ participantId })),
    );
    expect(Object.keys(await textsOf('"Smith, John",Mathilda\nann,b'))).toEqual([
      "The columns are participantId, roomId",
    ]);
    expect(Object.keys(await textsOf("ann\tr-1\nben\tr-1"))).toEqual(["The columns are participantId, roomId"]);
    // One room that is none is enough; and cells without any say nothing.
    expect(await textsOf("ann,2kyv-gzay-64pg\nben,7b")).toHaveProperty(["Each line is one participant"]);
    expect(await textsOf("ann,,allow_join")).toHaveProperty(["The columns are participantId, roomId, permissions"]);
  });

  it.each([
    ["", "one a line"],
    [" \n ", "one a line"],
    ["participantId,roomId\n", "no row below"],
    ["participantId,Participant\na,b", "twice"],
    ["user,room,class\nann,r-1,7b", "No column says whom each token is for, and “user” and “class” are not known."],
    ["learner;purpose\nann;Talk", "“learner” is not known. Call that column participantId"],
    ["participantId,roomId\n,\n", "no row below"],
    [",\n , \n", "nothing in any of its rows"],
    ["peer id\nann\nben", "“peer id” is not known. Call the column with whom it is for participantId; if it is"],
    ["user\nann", "“user” is not known"],
    ['"Name"\n"ann"', "“Name” is not known"],
    ["user,seat\nann,r-1", "“user” and “seat” are not known"],
    ["name;email\nann;ann@example.com", "“name” and “email” are not known"],
    ["participantId,rooom\nann,r-1", "“rooom” is not known: is roomId meant?"],
    ["participantId,meetings\nann,r-1", "“meetings” is not known: is roomId meant?"],
    ["participantId,expiration\nann,1h", "is expiresIn meant?"],
    [",".repeat(2_000_000), "2,000,000 characters"],
    ['participantId,purpose\nann,"never closed', "Line 2: a quote is opened and not closed"],
    [Array(10_001).fill("ann").join("\n"), "10,001 rows"],
    [`participantId,roomId\n${Array(10_001).fill("ann,").join("\n")}`, "10,001 rows"],
  ])("is refused with what to do: %#", async (text, words) => {
    expect(await read(text)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });

  it("has a problem in the row that has too many cells", async () => {
    expect(await read("participantId,roomId\nann,r\nbob,r,x")).toMatchObject({
      rows: [{ cells: { participantId: "ann" } }, { problem: expect.stringContaining("Line 3 has 3 cells, and 2") }],
    });
  });

  it("any table that another program wrote comes out as it went in", async () => {
    const cell = fc.string({ unit: "grapheme-ascii", maxLength: 12 }).map((text) => text.trim());
    const rows = fc.array(fc.tuple(cell.filter(Boolean), cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(",", ";", "\t"), async (table, delimiter) => {
        const text = stringify([["participantId", "purpose"], ...table], { delimiter });
        const expected = table.map(([participantId, purpose]) => ({ participantId, purpose }));
        expect(await cellsOf(text)).toEqual(expected);
      }),
    );
  });
});

describe("a file", () => {
  const text = "participantId;purpose\nJürgen;Führung";
  const utf16 = (mark: boolean, bigEndian: boolean) => {
    const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
    return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
  };
  it.each([
    ["UTF-8", new TextEncoder().encode(text)],
    ["UTF-8 with its mark", new TextEncoder().encode(`\ufeff${text}`)],
    ["UTF-16, little end first", utf16(true, false)],
    ["UTF-16, big end first", utf16(true, true)],
    ["UTF-16 without a mark", utf16(false, false)],
    ["UTF-16 without a mark, big end first", utf16(false, true)],
    ["Windows-1252", new Uint8Array(Buffer.from(text, "latin1"))],
  ])("in %s is read", (encoding, bytes) => {
    expect(textOfFile(bytes)).toEqual({ text, isGuess: encoding === "Windows-1252" });
  });
  it.each([
    ["UTF-8 that Windows PowerShell appended to", Buffer.from(`${text}\n`), Buffer.from("Zoë;Schluss", "utf16le")],
    [
      "UTF-16 that another shell appended to",
      Buffer.from(utf16(true, false)),
      Buffer.from(`\n${"anna;x\n".repeat(9)}`),
    ],
  ])("in %s is read", (_, first, second) => {
    const all = textOfFile(new Uint8Array(Buffer.concat([first, second])))?.text;
    expect(all?.startsWith(`${text}\n`)).toBe(true);
    expect(all).toMatch(/Zoë;Schluss$|anna;x\n$/);
  });
  it("that says not how its letters are written is read by guess, whatever was meant", () => {
    // In Shift JIS two letters of katakana.
    expect(textOfFile(new Uint8Array([0xb1, 0xb2]))).toEqual({ text: "±²", isGuess: true });
  });
  it("has no rows at its end that say nothing", () => {
    const rows = (text: string) => textOfFile(new TextEncoder().encode(text))?.text;
    expect(rows(`a,b\r\nann,\r\n${",\r\n".repeat(650_000)}`)).toBe("a,b\r\nann,\r\n");
    expect(rows("a;b\rann;\r;\r;")).toBe("a;b\rann;\r");
    expect(rows("ann\n\nbob")).toBe("ann\n\nbob");
    expect(rows('ann,"\n,\n"\n,\n')).toBe('ann,"\n,\n"\n');
    expect(rows(",\n,\n")).toBe(",\n");
  });
  it.each([
    ["class.xlsx", true],
    ["CLASS.XLS", true],
    ["class.ods", true],
    ["class.xltx", true],
    ["class.xlt", true],
    ["class.ots", true],
    ["class.fods", true],
    ["class.csv", false],
    ["class.txt", false],
    ["xlsx", false],
  ])("%s is a spreadsheet's own: %s", (name, is) => {
    expect(isSpreadsheet(name)).toBe(is);
  });
  it("that is no text is refused", () => {
    expect(textOfFile(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00, 0x08, 0x00, 0xff, 0x9a]))).toBeUndefined();
    // A spreadsheet may write its own in tags; its text by that name is text all the same.
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(textOfFile(bytes('\n<?xml version="1.0"?>'), "class.fods")).toBeUndefined();
    expect(textOfFile(bytes("<table>"), "class.csv")?.text).toBe("<table>");
    expect(textOfFile(bytes("participantId\tpurpose"), "class.xls")?.text).toBe("participantId\tpurpose");
  });
});

describe("rows that were mended", () => {
  it("are read again as what they were", async () => {
    const cell = fc.string({ unit: fc.constantFrom(..."ab ,;\t\n\"'") }).map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ participantId: cell.map((text) => `p${text}`), roomId: cell, purpose: cell }), {
          minLength: 1,
        }),
        async (rows) => {
          const text = writeParticipants(
            columnsOf(videosdk),
            rows.map((cells) => ({ cells })),
          );
          const inOneLine = (text: string) => text.replace(/\s*\n\s*/g, " ");
          expect(await cellsOf(text ?? "")).toEqual(
            rows.map((cells) =>
              Object.fromEntries(Object.entries(cells).map(([name, text]) => [name, inOneLine(text)])),
            ),
          );
        },
      ),
    );
    expect(writeParticipants(columnsOf(videosdk), [{ cells: { participantId: "ann" } }])).toBe("participantId\nann");
  });

  it("stay as they were pasted where one had more cells than there are columns", async () => {
    const found = await read("participantId,roomId\nann,r-1,more");
    expect(found.ok && writeParticipants(columnsOf(videosdk), found.rows)).toBeUndefined();
  });
});

describe("a row is told", () => {
  const common = {
    keyId: "k",
    permissions: ["allow_join"],
    roles: ["rtc"],
    expiresIn: "2h",
    template: "",
    purpose: "",
  };
  const key = (policy: object = {}) => ({
    label: "Staging",
    disabled: false,
    apiKey: "3b5c1b2e-1111-4222-8333-444455556666",
    policy: { ...openPolicy, ...policy },
    templates: videosdk.templates,
  });
  const checked = (cells: Cells, policy: object = {}, before?: Cells) =>
    rowChecker(videosdk, key(policy), common, 1_764_000_000)({ cells }, before);

  it("nothing when it is right", () => {
    expect(checked({ participantId: "ann", roomId: "2kyv-gzay-64pg" })).toEqual({
      ...{ errors: {}, warnings: {}, subject: "ann", room: "2kyv-gzay-64pg", ttlSeconds: 7200 },
    });
  });

  it("what its other cells come to, of one that cannot be read", () => {
    expect(checked({ participantId: "x".repeat(129), roomId: "2kyv-gzay-64pg" })).toMatchObject({
      ...{ errors: { participantId: expect.any(String) }, room: "2kyv-gzay-64pg", ttlSeconds: 7200 },
    });
  });

  it.each<[string, Cells, object, Cells | undefined, string, object | undefined]>([
    ["white space in an id", { participantId: "guest 3" }, {}, undefined, "participantId", { text: "guest-3" }],
    ["too long a lifetime", { expiresIn: "7d" }, { maxTtlSeconds: 86_400 }, undefined, "expiresIn", { text: "24h" }],
    [
      "that of the form, which is too long by now",
      {},
      { maxTtlSeconds: 600 },
      undefined,
      "expiresIn",
      { text: "10 min" },
    ],
    [
      "no lifetime, where longer ones are allowed",
      { expiresIn: "1,5h" },
      { maxTtlSeconds: 86_400 },
      undefined,
      "expiresIn",
      { text: "2h" },
    ],
    [
      "what cannot be seen",
      { participantId: "\u202eann" },
      {},
      { participantId: "bob" },
      "participantId",
      { text: "ann" },
    ],
    [
      "nobody's id, which is never the one above",
      { participantId: "\u200d" },
      {},
      { participantId: "bob" },
      "participantId",
      undefined,
    ],
    ["no lifetime at all", { expiresIn: "soon" }, {}, undefined, "expiresIn", { text: "2h" }],
    ["a line break in a cell", { purpose: "Class 3\r\nRoom 7" }, {}, undefined, "purpose", { text: "Class 3 Room 7" }],
    ["a room that is required", { roomId: "" }, { require: ["room"] }, { roomId: "a-b" }, "roomId", { text: "a-b" }],
    ["the same, and nothing to suggest", {}, { require: ["room"] }, undefined, "roomId", undefined],
    [
      "a permission in another spelling",
      { permissions: "Allow-Join" },
      {},
      undefined,
      "permissions",
      { text: "allow_join" },
    ],
    [
      "one that is forbidden",
      { permissions: "allow_mod allow_join" },
      { permissions: ["allow_join"] },
      undefined,
      "permissions",
      { text: "allow_join" },
    ],
  ])("at its cell, with what would put it right: %s", (_, cells, policy, before, column, fix) => {
    const check = checked(cells, policy, before);
    expect(Object.keys(check.errors)).toEqual([column]);
    if (fix) expect(check.fix).toEqual({ column, ...fix });
    else expect(check.fix).toBeUndefined();
  });

  it("at its cell, too, where the key takes only a template that the row departs from", () => {
    const policy = { ...openPolicy, templates: ["guest"] };
    const guest = { ...common, permissions: ["ask_join"], expiresIn: "1h", template: "guest" };
    const check = rowChecker(videosdk, key(policy), guest, 1_764_000_000);
    const said = '"Staging" takes Guest only, unchanged. Leave this empty.';
    const cells = { participantId: "ann", roles: "rtc", expiresIn: "30m", permissions: "allow_join" };
    expect(check({ cells }, undefined).errors).toEqual({ expiresIn: said, permissions: said });
    expect(check({ cells: { participantId: "ann", expiresIn: "30m" } }, undefined)).toMatchObject({
      errors: { expiresIn: said },
      fix: { column: "expiresIn", text: "1h" },
    });
    expect(check({ cells: { participantId: "ann", expiresIn: "60 min" } }, undefined).errors).toEqual({});
    // A lifetime that is allowed no more is told as that, and the template is not to blame.
    const narrowed = rowChecker(videosdk, key({ ...policy, maxTtlSeconds: 1800 }), guest, 1_764_000_000);
    expect(Object.keys(narrowed({ cells: { participantId: "ann" } }, undefined).errors)).toEqual(["expiresIn"]);
    // What the form itself has is no row's own fault.
    const other = rowChecker(videosdk, key(policy), { ...guest, expiresIn: "2h" }, 1_764_000_000);
    expect(Object.keys(other({ cells: { participantId: "ann" } }, undefined).errors)).toEqual(["template"]);
    const both = other({ cells: { participantId: "ann", roomId: "2kyv-gzay-64pg", expiresIn: "30m" } }, undefined);
    expect(Object.keys(both.errors)).toEqual(["expiresIn"]);
  });

  it("all that is wrong with it at once, whatever kind it is of", () => {
    const check = checked(
      { participantId: "guest 3", expiresIn: "7d", permissions: "allow_mod" },
      {
        maxTtlSeconds: 86_400,
        permissions: ["allow_join"],
      },
    );
    expect(Object.keys(check.errors).sort()).toEqual(["expiresIn", "participantId", "permissions"]);
  });

  it("that it names nobody where its table has a column for that, until it does or is left out", async () => {
    const found = await read("participantId,roomId\nann,2kyv-gzay-64pg\n,2kyv-gzay-64pg");
    if (!found.ok) throw new Error(found.message);
    const check = rowChecker(videosdk, key(), common, 1_764_000_000);
    const [ann, nobody] = found.rows.map((row) => check(row, undefined));
    expect(ann?.errors).toEqual({});
    expect(nobody).toMatchObject({
      errors: { participantId: expect.stringContaining("anybody could join") },
      fix: { leaveOut: true },
      mayBeForAnyone: true,
    });
    const [, row] = found.rows;
    // One that is meant to name nobody, as whoever checks them says.
    expect(check({ cells: row?.cells ?? {} }, undefined)).toMatchObject({ errors: {}, subject: null });
    const required = rowChecker(videosdk, key({ require: ["subject"] }), common, 1_764_000_000);
    expect(row && required(row, undefined)).not.toHaveProperty("mayBeForAnyone");
    const typed = { ...found.rows[1], cells: { participantId: "bob" } };
    expect(check(typed, undefined).errors).toEqual({});
    // Where nothing is said of participants, that is the form's own to say.
    expect(check({ cells: { roomId: "2kyv-gzay-64pg" } }, undefined).errors).toEqual({});
  });

  it("what is probably not meant, which does not stop it", () => {
    const check = checked({ roomId: "2KYV-GZAY-64PG" });
    expect(check).toMatchObject({ errors: {}, warnings: { roomId: expect.any(String) } });
    expect(check.fix).toEqual({ column: "roomId", text: "2kyv-gzay-64pg" });
  });

  it("that an earlier one is for the same participant and room", () => {
    const [ann, bob, nobody] = [
      { subject: "ann", room: "r" },
      { subject: "bob", room: "r" },
      { subject: null, room: "r" },
    ];
    expect([...repeatedRows([ann, bob, nobody, ann, nobody, { subject: "ann", room: null }])]).toEqual([[3, 0]]);
  });
});

describe("the tokens as a file", () => {
  const row = {
    number: 11,
    token: "eyJ.a.b",
    subject: "=cmd()",
    room: null,
    expiresAt: 1_764_000_000,
    purpose: 'A "class"',
  };
  const rows = [
    row,
    { ...row, number: 12, subject: "Jürgen 1" },
    { ...row, number: 13, subject: "jurgen-1" },
    { ...row, number: 14, subject: null },
  ];
  const batch = { batch: 7, profile: "videosdk", keyLabel: "Staging", issuedAt: 1_763_992_800, rows };

  it("is CSV that another program reads, and no formula", () => {
    const text = writeBatch(videosdk, batch, "csv");
    const [first, second] = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    expect(first).toEqual({
      ...{ number: "11", participantId: "'=cmd()", roomId: "", expiresAt: "2025-11-24T16:00:00Z" },
      ...{ purpose: 'A "class"', token: "eyJ.a.b" },
    });
    expect(second?.participantId).toBe("Jürgen 1");
    expect(fileNameOf(7, "csv")).toBe("batch-7.csv");
  });

  it("is JSON lines", () => {
    const lines = writeBatch(videosdk, batch, "jsonl").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))[0]).toEqual({
      ...{
        number: 11,
        participantId: "=cmd()",
        expiresAt: "2025-11-24T16:00:00Z",
        purpose: 'A "class"',
        token: "eyJ.a.b",
      },
    });
  });

  it("is lines like an .env, each name once, and above it whom it is for", () => {
    expect(writeBatch(videosdk, batch, "env").split("\n")).toEqual([
      ...["# =cmd(), No. 11", "TOKEN_CMD=eyJ.a.b"],
      ...["# Jürgen 1, No. 12", "TOKEN_JURGEN_1=eyJ.a.b"],
      ...["# jurgen-1, No. 13", "TOKEN_JURGEN_1_NO_13=eyJ.a.b"],
      ...["# No. 14", "TOKEN_14=eyJ.a.b"],
      "",
    ]);
  });

  it("is lines of different names also where somebody's id looks like a name that was made", () => {
    const [row] = batch.rows;
    const named = (subject: string, number: number) => ({ ...(row as NonNullable<typeof row>), subject, number });
    const rows = [named("jurgen-1-no-13", 11), named("jurgen-1", 12), named("jurgen-1", 13)];
    const names = writeBatch(videosdk, { ...batch, rows }, "env")
      .split("\n")
      .filter((line) => line.startsWith("TOKEN_"));
    expect(new Set(names.map((line) => line.split("=")[0])).size).toBe(3);
  });
});
