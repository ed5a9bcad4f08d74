/** Refusing an input by field. */
import { expect, it } from "vitest";
import { parseInput, parseList } from "./parse-input";
import { refusalOf } from "./test-desk";
import * as z from "./zod";

const Form = z.object({
  name: z.string().min(1, "A name.").max(3, "Too long."),
  list: z.array(z.enum(["a"], "No such value.")),
});

it("gives what the schema makes of it", () => {
  expect(parseInput(z.string().trim(), " x ")).toBe("x");
  expect(parseInput(Form, { name: "a", list: ["a"], more: 1 })).toEqual({ name: "a", list: ["a"] });
});

it("refuses with the first message of each field, by its path, and repeats no value", async () => {
  const refusal = await refusalOf((async () => parseInput(Form, { name: "", list: ["a", "secret"] }))());
  expect(refusal).toMatchObject({
    code: "invalid",
    extra: { fields: { name: "A name.", "list.1": "No such value." } },
  });
  expect(JSON.stringify(refusal)).not.toContain("secret");
  expect(refusal.message).toMatch(/what you typed is kept/);
});

it("refuses what is no form at all as the form", async () => {
  const { extra } = await refusalOf((async () => parseInput(Form, undefined))());
  expect(Object.keys(extra.fields ?? {})).toEqual(["form"]);
});

it("of a long list tells each wrong member by its place, and of very many the first hundred", async () => {
  const row = z.object({ name: z.string("Write a text.") });
  const list = Array.from({ length: 40 }, (_, index) => ({ name: index === 17 ? 4 : `n${index}` }));
  const refusal = await refusalOf(parseList(row, "rows", list, "Nothing was issued."));
  expect(refusal.extra.fields).toEqual({ "rows.17.name": "Write a text." });
  expect(refusal.message).toBe("Some fields need another look. Nothing was issued.");
  const many = await refusalOf(parseList(row, "rows", Array(500).fill({}), ""));
  expect(Object.keys(many.extra.fields ?? {})).toHaveLength(100);
  expect(await parseList(row, "rows", [{ name: "a", more: 1 }], "")).toEqual([{ name: "a" }]);
});
