/** What is said of what no form sends: in our words, with the remedy, and never what was sent. */
import { zodResolver } from "@hookform/resolvers/zod";
import { expect, it } from "vitest";
import * as z from "./zod";

it.each([
  ["no text", z.string(), 5, "Write a text."],
  ["nothing", z.string(), undefined, "Write a text."],
  ["no number", z.number(), "5", "Write a number."],
  ["half a number", z.int(), 1.5, "Write a whole number."],
  ["no truth", z.boolean(), "yes", "Write true or false."],
  ["no list", z.array(z.string()), { length: 3 }, "Write a list."],
  ["no object", z.object({}), [], "Write an object."],
  ["no object of names", z.record(z.string(), z.string()), "x", "Write an object."],
  ["another word", z.enum(["admin", "issuer"]), "root", "Write one of these: admin, issuer."],
  ["another version", z.literal(2), 3, "Write 2."],
  ["too long a text", z.string().max(3), "secret", "Use at most 3 characters."],
  ["too short a text", z.string().min(8), "secret", "Use at least 8 characters."],
  ["an empty one", z.string().min(1), "", "Write something."],
  ["too many", z.array(z.string()).max(1), ["a", "b"], "Use at most 1 of them."],
  ["too large a number", z.number().max(100), 101, "Use at most 100."],
  ["too small a number", z.number().positive(), 0, "Use more than 0."],
  ["too few", z.array(z.string()).min(2), ["a"], "Use at least 2 of them."],
  ["no UUID", z.uuid(), "secret", "Write a UUID."],
  ["no address", z.email(), "secret", "This is not written as it must be."],
  [
    "neither of two",
    z.union([z.string().max(3).pipe(z.email()), z.literal("")]),
    "secret",
    "Use at most 3 characters.",
  ],
  ["no text of two", z.union([z.string(), z.literal("")]), 5, "Write a text."],
  ["another field", z.strictObject({}), { secret: 1 }, "There is no such field."],
])("%s", (_, schema, input, message) => {
  const { error } = schema.safeParse(input);
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});

it("a schema's own words come first", () => {
  const { error } = z.string("Choose a key.").max(3, "Too long for a key.").safeParse("longer");
  expect(error?.issues[0]?.message).toBe("Too long for a key.");
  expect(z.string("Choose a key.").safeParse(1).error?.issues[0]?.message).toBe("Choose a key.");
});

it("a form says the same of one of several schemas as the verb does", async () => {
  const email = z.union([z.string().max(3, "Use at most 3 characters.").pipe(z.email()), z.literal("")]);
  const options = { fields: {}, shouldUseNativeValidation: false };
  const { errors } = await zodResolver(z.object({ email }))({ email: "secret" }, undefined, options);
  expect(errors).toMatchObject({ email: { message: "Use at most 3 characters." } });
});
