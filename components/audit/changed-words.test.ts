/** Changed fields in words. */
import { expect, test } from "vitest";
import { changesOf } from "./changed-words";

test("what it was and what it is, in the words of the forms", () => {
  expect(
    changesOf({
      label: ["Bars", "Live"],
      maxTtlSeconds: [3_605, null],
      signsElsewhere: [null, "no"],
      roomId: [null, "2kyv-gzay-64pg"],
      nextField: [1, null],
    }),
  ).toEqual([
    { field: "label", label: "Label", before: "Bars", after: "Live" },
    { field: "maxTtlSeconds", label: "Max lifetime", before: "1 h 5 s", after: "no limit" },
    { field: "roomId", label: "Room ID", before: "none", after: "2kyv-gzay-64pg" },
    { field: "signsElsewhere", label: "Signs elsewhere", before: "not said yet", after: "no" },
    { field: "nextField", label: "Next field", before: "1", after: "none" },
  ]);
});

test("an endpoint as it is made: what it holds, in the order of its form", () => {
  const changes = changesOf({
    ...{ endsAt: [null, null], key: [null, "Staging"], name: [null, "Demo app"], origins: [null, []] },
    ...{ perDay: [null, 2_000], perMinute: [12_000, 60], purpose: [null, ""], roomFrom: [null, "required"] },
    ...{ template: [null, "Participant"], ttlSeconds: [null, 600] },
  });
  expect(changes.map(({ label, before, after }) => `${label}: ${before} → ${after}`)).toEqual([
    "Name: none → Demo app",
    "Key: none → Staging",
    "Template: none → Participant",
    "Expires in: none → 10 min",
    "Room: none → Required from the caller",
    "Calls a minute: 12,000 → 60",
    "Calls a day: no limit → 2,000",
  ]);
});

test("a policy's limits, also those that hold for issuers alone", () => {
  const changes = changesOf({
    permissions: [null, ["allow_join", "ask_join"]],
    roles: [["rtc"], ["crawler", "one of another version"]],
    require: [[], ["room", "purpose"]],
    issuerMaxTtlSeconds: [null, 3_600],
    issuerTemplates: [["guest"], null],
  });
  expect(changes.map(({ label, before, after }) => `${label}: ${before} → ${after}`)).toEqual([
    "May: any → Join directly, Ask to join",
    "Good for: Meeting only → REST API only, one of another version",
    "Required: none → Room ID, Purpose",
    "Max lifetime (issuers): as for everybody → 1 h",
    "Templates (issuers): guest → as for everybody",
  ]);
});

test("one name with a comma is told from two", () => {
  const said = (change: unknown) => changesOf({ keys: change })[0]?.after;
  expect(said([null, ["EU", "US"]])).toBe("EU, US");
  expect(said([null, ["EU, US"]])).toBe("“EU, US”");
  expect(said([null, ["EU”, “US"]])).toBe("“EU’, ‘US”");
  expect(said([null, ["“EU", "US”"]])).toBe("“‘EU”, “US’”");
});

test("in the order of the form, whichever the record has", () => {
  const fields = ["label", "maxTtlSeconds", "defaultTtlSeconds", "permissions", "roles", "require", "templates"];
  const all = [
    ...fields,
    "nextField",
    ...fields.slice(1).map((name) => `issuer${name[0]?.toUpperCase()}${name.slice(1)}`),
  ];
  const recorded = Object.fromEntries([...all].sort().map((field) => [field, [null, /Ttl/.test(field) ? 60 : ["x"]]]));
  expect(changesOf(recorded).map(({ field }) => field)).toEqual(all);
});

test("a template's permissions and roles, which its event tells as a text: as the form calls them", () => {
  const changes = changesOf({ permissions: [null, "allow_join, ask_join"], roles: ["rtc", null] });
  expect(changes.map(({ label, before, after }) => `${label}: ${before} → ${after}`)).toEqual([
    "May: none → Join directly, Ask to join",
    "Good for: Meeting only → none",
  ]);
});

test.each([[undefined], [null], ["label"], [{ label: "Live" }], [{ label: ["one"] }]])(
  "nothing of %j, which no version wrote",
  (changed) => {
    expect(changesOf(changed)).toEqual([]);
  },
);
