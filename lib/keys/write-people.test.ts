/** The file of whom to tell. */
import { expect, test } from "vitest";
import { writePeople } from "./write-people";

const ivo = {
  ...{ actorId: "1", name: "Ivo", email: "ivo@example.com", answeredBy: null, active: 3, more: false },
  ...{ nextExpiry: 1_764_000_000, lastExpiry: 1_764_003_600, purpose: "the demo", room: null },
};

test("a line for each, and of whom not all were counted a number that says so", () => {
  const [, first, second] = writePeople([ivo, { ...ivo, active: 50_000, more: true }]).split("\n");
  expect(first).toBe(
    '"Ivo","ivo@example.com","3","2025-11-24T16:00:00.000Z","2025-11-24T17:00:00.000Z","the demo","",""',
  );
  expect(second).toContain('"50000+"');
});
