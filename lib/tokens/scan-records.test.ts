/** An export that a spreadsheet opens runs nothing. */
import { stringify } from "csv-stringify/sync";
import { expect, it } from "vitest";
import { withoutFormula } from "./scan-records";

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
])("%j is written as %j", (text, written) => {
  expect(withoutFormula(text)).toBe(written);
  expect(stringify([["first", text]], { quoted: true, cast: { string: withoutFormula } })).not.toMatch(
    /[;,\n]["\s]*[=+@]/,
  );
});
