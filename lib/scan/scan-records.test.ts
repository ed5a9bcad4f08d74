/** An export is CSV as others read it, and a spreadsheet that opens it runs nothing. */
import { stringify } from "csv-stringify/sync";
import { describe, expect, it } from "vitest";
import { type ScanRecord, scanCsv } from "./scan-records";

const record = (more: Partial<ScanRecord> = {}): ScanRecord => ({
  line: 1,
  column: 12,
  state: "Valid",
  number: "",
  issuer: "not in this ledger",
  "key label": "",
  "api key": "",
  room: "",
  participant: "",
  created: "2026-11-24T00:00:00.000Z",
  expires: 1e15,
  jti: "",
  sha256: "",
  ...more,
});

/** The cell of a room in an export of one token. */
const written = (room: string) => {
  const parts = scanCsv([record({ room, participant: "|" })]).split('","');
  return parts[parts.indexOf("|") - 1]?.replaceAll('""', '"');
};

describe("an export", () => {
  it("is what a library for CSV writes of the same rows", () => {
    const records = [record(), record({ room: 'a "room", with\nlines', participant: "Zoë; and, others" })];
    const theirs = stringify(records, {
      header: true,
      columns: Object.keys(record()),
      quoted: true,
      quoted_empty: true,
      bom: true,
    });
    expect(scanCsv(records)).toBe(theirs);
  });

  it("of nothing has its header", () => {
    expect(scanCsv([])).toBe(stringify([Object.keys(record())], { quoted: true, bom: true }));
  });
});

describe("a spreadsheet's formula", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM", "'@SUM"],
    ["\uff1d1", "'\uff1d1"],
    ["\n=1", "\n'=1"],
    [" \u200b=1", " \u200b'=1"],
    [";=cmd|'/C calc'!A0;", ";'=cmd|'/C calc'!A0;"],
    ['x";"=1', 'x";"\'=1'],
    ["a-room", "a-room"],
    ["2kyv-gzay-64pg", "2kyv-gzay-64pg"],
    ["a=b", "a=b"],
  ])("%j is written as the text %j", (text, expected) => {
    expect(written(text)).toBe(expected);
    expect(scanCsv([record({ room: text })])).not.toMatch(/[;,\n]["\s]*[=+@]/);
  });
});
