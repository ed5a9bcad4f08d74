/** Refusing an input by field. */
import { expect, it } from "vitest";
import { parseInput } from "./parse-input";
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
