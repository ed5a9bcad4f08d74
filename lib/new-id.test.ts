/** Ids: drawn many at once, each of its own bytes. */
import { expect, it } from "vitest";
import { newId } from "./new-id";

it("is 72 random bits that a URL takes as they are, another one each time", () => {
  const ids = Array.from({ length: 1000 }, newId);
  for (const id of ids) expect(id).toMatch(/^[\w-]{12}$/);
  expect(new Set(ids).size).toBe(ids.length);
  // Two that shared bytes would have the same characters somewhere behind one another.
  const pieces = ids.flatMap((id) => [id.slice(0, 6), id.slice(6)]);
  expect(new Set(pieces).size).toBe(pieces.length);
});
