import { expect, test } from "vitest";
import { newsOf, standing } from "./standing";

const sent = { keyId: "k", expiresIn: "2h", roomId: "", permissions: ["allow_join"] };
const refused = { sent, fields: { expiresIn: "Too long.", permissions: "Not allowed.", row: "Twice." } };

test("what was refused stands for as long as its field is as it was sent", () => {
  expect(standing(refused, { ...sent, permissions: ["allow_join"] })).toEqual(refused.fields);
  // Another field is none of its business.
  expect(standing(refused, { ...sent, roomId: "ward-7b" })).toEqual(refused.fields);
  expect(standing(refused, { ...sent, expiresIn: "1h" })).toEqual({ permissions: "Not allowed.", row: "Twice." });
  expect(standing(refused, { ...sent, permissions: [] })).toEqual({ expiresIn: "Too long.", row: "Twice." });
});

test("with another key nothing stands", () => {
  expect(standing(refused, { ...sent, keyId: "other" })).toEqual({});
});

test("what a field says already is not said there once more", () => {
  const said = { expiresIn: "Too long.", purpose: "Fill it in." };
  expect(newsOf(said, { expiresIn: "Too long.", purpose: "Too short." })).toEqual({ purpose: "Fill it in." });
});
