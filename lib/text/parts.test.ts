/** A stranger's text is one part of a line, whatever it holds. */
import { expect, it } from "vitest";
import { BETWEEN, joinParts } from "./parts";
import { placeOf } from "./reach";

it.each([
  ["lobby, anyone, for 1 h", "lobby, anyone, for 1 h"],
  ["lobby · anyone", "lobby \\u00b7 anyone"],
  ["lobby\n\tissued here", "lobby issued here"],
  ["\u202egpj.exe", "\\u202egpj.exe"],
  ["Staging\ufe0f\u200b", "Staging\\ufe0f\\u200b"],
  // What a purpose may hold is no escape in a list of them.
  ["Demo 👩\u200d⚕\ufe0f Visite", "Demo 👩\u200d⚕\ufe0f Visite"],
  ["می\u200cخواهم", "می\u200cخواهم"],
])("%j is the one part %s", (text, written) => {
  expect(joinParts([text, "anyone"])).toBe(`${written} · anyone`);
  expect(joinParts([text, "anyone"]).split(BETWEEN)).toHaveLength(2);
});

it("of an id nothing stays unseen", () => {
  expect(joinParts(placeOf({ room: "lob\u200dby", subject: null }))).toBe("lob\\u200dby · anyone");
});
