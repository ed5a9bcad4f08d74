/** A stranger's text is one part of a line, whatever it holds. */
import { expect, it } from "vitest";
import { BETWEEN, joinParts } from "./parts";

it.each([
  ["lobby, anyone, for 1 h", "lobby, anyone, for 1 h"],
  ["lobby · anyone", "lobby \\u00b7 anyone"],
  ["lobby\n\tissued here", "lobby issued here"],
  ["\u202egpj.exe", "\\u202egpj.exe"],
])("%j is the one part %s", (text, written) => {
  expect(joinParts([text, "anyone"])).toBe(`${written} · anyone`);
  expect(joinParts([text, "anyone"]).split(BETWEEN)).toHaveLength(2);
});
