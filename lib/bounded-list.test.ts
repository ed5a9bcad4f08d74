/** A list is refused for what is wrong with it, once. */
import { expect, it } from "vitest";
import * as z from "@/lib/zod";
import { boundedList } from "./bounded-list";

const saidOf = (value: unknown) =>
  boundedList(z.array(z.string()), 2, "At most 2.")
    .safeParse(value)
    .error?.issues.map(({ message }) => message);

it("as no list, as too long, or by its members", () => {
  expect(saidOf(["a", "b"])).toBeUndefined();
  for (const text of ["allow_mod", null, undefined, 3, {}]) expect(saidOf(text)).toEqual(["This must be a list."]);
  expect(saidOf([1, 2, 3])).toEqual(["At most 2."]);
  expect(saidOf([1])).toHaveLength(1);
});
