/** What the page says of the API: enough to write a program by it. */
import { expect, it } from "vitest";
import { describeApi } from "./describe";

const api = describeApi();
const fieldsOf = (id: string, name: string) => {
  const route = api.find((each) => each.id === id);
  return [...(route?.takes ?? []), ...(route?.answers ?? [])].find((each) => each.name === name)?.fields ?? [];
};

it("goes on into what stands within: rows, lists and what there is of two kinds", () => {
  const names = (id: string, name: string) => fieldsOf(id, name).map((field) => field.name);
  expect(names("issueToken", "BatchRequest")).toEqual(
    expect.arrayContaining(["rows", "rows[].roomId", "rows[].expiresIn", "rows[].purpose"]),
  );
  expect(names("issueToken", "BatchRequest")).not.toContain("rows[].template");
  expect(names("listTokens", "LedgerPage")).toContain("tokens[].issuedBy.kind");
  expect(names("listKeys", "KeyList")).toContain("keys[].secrets[].fingerprint");
  const report = fieldsOf("inspectToken", "Inspected");
  expect(report.filter(({ name }) => name === "report.kind")).toMatchObject([
    { type: "token | not-a-token", optional: false },
  ]);
  expect(report.find(({ name }) => name === "report.layers[].findings[].code")?.optional).toBe(true);
});

it("says what may stand there, of a list that is closed", () => {
  const [page, event] = [fieldsOf("listEvents", ""), fieldsOf("listEvents", "EventPage")];
  const of = (fields: typeof page, name: string) => fields.find((field) => field.name === name);
  expect(of(page, "can")?.type).toBe("moderate | rest");
  expect(of(page, "outcome")?.type).toBe("refused");
  expect(of(page, "from")?.type).toBe("date");
  expect(of(page, "action")?.text).toContain("`token.issued`");
  expect(of(event, "events[].outcome")?.type).toMatch(/^ok \| denied \| failed/);
  expect(of(event, "events[].token")?.text).toContain("ledger");
});

it("says of each parameter what it is, and no two alike", () => {
  const texts = fieldsOf("listEvents", "").map(({ text }) => text);
  expect(texts.filter((text) => text === "")).toEqual([]);
  expect(new Set(texts).size).toBe(texts.length);
});
