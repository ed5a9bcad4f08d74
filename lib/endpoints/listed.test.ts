/** What the list of endpoints shows for an address, and in which order. */
import { expect, test } from "vitest";
import type { ListedEndpoint } from "./list";
import { commonOf, EndpointsQuery, endpointsAddress, findListed, reachBeside } from "./listed";

const endpoint = (name: string, rest: Partial<ListedEndpoint> = {}): ListedEndpoint => ({
  ...{ id: name, name, state: "active", off: false, keyId: "k", keyLabel: "Staging", profile: "videosdk" },
  ...{ templateId: "participant", templateName: "Participant", ttlSeconds: 600, givesSeconds: 600 },
  ...{ roomFrom: "optional", room: null, origins: [], perMinute: null, perMinuteFromAddress: null, perDay: null },
  ...{ purpose: "", endsAt: null, endedAt: null, createdAt: 0, createdByName: "Maya Lind", version: 1 },
  ...{ owner: { id: "m", name: "Maya Lind", gone: null }, issuedTokens: 0, confirmedReach: [] },
  ...{ reach: ["any-room"], joins: "yes", asks: [], broken: null, subject: "optional" },
  ...rest,
});
const asked = (query: Record<string, string> = {}) => EndpointsQuery.parse(query);
const named = (endpoints: ListedEndpoint[], query?: Record<string, string>) =>
  findListed(endpoints, asked(query)).rows.map(({ name }) => name);

const many = [
  endpoint("App 10"),
  endpoint("App 2"),
  endpoint("Off", { state: "off" }),
  endpoint("Kiosk", { reach: ["moderate", "any-room"] }),
  endpoint("Over", { state: "over" }),
  endpoint("Ended", { state: "ended" }),
  endpoint("Broken", { broken: "There is no such template any more." }),
  endpoint("Left", { state: "without owner" }),
];

test("those that need somebody come first, then as they are called; what is over is counted, and shown when asked for", () => {
  expect(named(many)).toEqual(["Broken", "Left", "Kiosk", "App 2", "App 10", "Off"]);
  expect(named(many, { state: "ended" })).toEqual(["Ended", "Over"]);
  expect(named(many, { state: "active" })).toEqual(["Kiosk", "App 2", "App 10"]);
  expect(findListed(many, asked()).counts).toEqual({ open: 6, refuses: 1, still: 1, active: 3, off: 1, ended: 2 });
});

test("of more that have ended than are listed it is known that they are not all", () => {
  const ended = Array.from({ length: 51 }, (_, index) => endpoint(`Ended ${index}`, { state: "ended" }));
  const over = endpoint("Over", { state: "over" });
  expect(findListed([...ended, over], asked())).toMatchObject({ moreEnded: true, counts: { ended: 51 } });
  expect(findListed([...ended.slice(1), over], asked())).toMatchObject({ moreEnded: false, counts: { ended: 51 } });
});

test("words of a name, or of what a row says, find it; the counts are of what they find", () => {
  expect(named(many, { q: "app 1" })).toEqual(["App 10"]);
  expect(named(many, { q: "nobody" })).toEqual([]);
  expect(findListed(many, asked({ q: "e staging" })).counts).toMatchObject({ open: 2, ended: 2 });
});

test("an address says exactly what is shown, and what cannot be read is left out", () => {
  expect(endpointsAddress(asked({ q: " kiosk ", state: "off", page: "2" }))).toBe(
    "/endpoints?q=kiosk&state=off&page=2",
  );
  expect(endpointsAddress(asked({ state: "gone", page: "x" }))).toBe("/endpoints");
  const token = "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.dGhpcyBpcyBub3QgYSBzaWduYXR1cmU";
  expect(asked({ q: token }).q).toBeUndefined();
});

test("what most have in common is said once, and a row says what is otherwise with it", () => {
  const common = commonOf(many);
  expect(common).toEqual({ reach: ["any-room"], keyLabel: "Staging", owner: "Maya Lind" });
  expect(reachBeside({ reach: ["any-room"] }, common)).toEqual([]);
  expect(reachBeside({ reach: [] }, common)).toBe("less");
  expect(reachBeside({ reach: ["moderate"] }, common)).toEqual(["moderate"]);
  // A filter changes none of it; a second key, or another who answers for one, does.
  expect(findListed(many, asked({ q: "kiosk" })).common).toEqual(common);
  const other = { id: "o", name: "Ivo Petrov", gone: null };
  const before = endpoint("Before", { state: "ended", keyId: "l", owner: other });
  expect(findListed([...many, before], asked()).common).toEqual(common);
  expect(findListed([...many, before], asked({ state: "ended" })).common.keyLabel).toBeUndefined();
  expect(commonOf([...many, endpoint("New", { keyId: "l", owner: other })])).toEqual({
    ...{ reach: ["any-room"], keyLabel: undefined, owner: undefined },
  });
  expect(commonOf(many.slice(0, 3))).toEqual({ reach: undefined, keyLabel: undefined, owner: undefined });
});
