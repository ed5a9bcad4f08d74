/** The form of an endpoint: everything that is wrong with it is told at once. */
import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { endpointForm } from "@/lib/test-desk";
import { EndpointForm } from "./schema";

const key = { id: "key", label: "Staging", apiKey: "", secret: "" };

function fieldsOf(input: object): string[] {
  try {
    parseInput(EndpointForm, { ...endpointForm(key), ...input });
    return [];
  } catch (error) {
    return error instanceof AppError ? Object.keys(error.extra.fields ?? {}) : ["another error"];
  }
}

it.each([
  ["a fixed room that is left empty", { roomFrom: "fixed" }, ["room"]],
  ["the same beside another fault", { roomFrom: "fixed", name: "" }, ["name", "room"]],
  ["the same beside a source that there is not", { roomFrom: "nowhere", name: "" }, ["name", "roomFrom"]],
  [
    "a token for a fixed room",
    { roomFrom: "fixed", room: `eyJhbGciOiJIUzI1NiJ9.${"a".repeat(40)}.${"b".repeat(43)}` },
    ["room"],
  ],
  ["what stood there before the room was not fixed any more", { roomFrom: "optional", room: "a b\u200b" }, []],
  ["a fixed room that is named", { roomFrom: "fixed", room: "abcd-efgh-ijkl" }, []],
  ["no room, of the caller", { roomFrom: "required" }, []],
])("%s", (_, input, expected) => {
  expect(fieldsOf(input)).toEqual(expected);
});

it.each([[undefined], [null], [1], ["x"], [[]], [{}]])("%j, which is no form, is refused as one", (input) => {
  expect(EndpointForm.safeParse(input).success).toBe(false);
});
