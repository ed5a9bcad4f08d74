/** What an endpoint gives, in words. */
import { expect, test } from "vitest";
import type { ListedEndpoint } from "@/lib/endpoints/list";
import { callsWords, commonInWords, eachOf, limitsInWords, notesOf } from "./endpoint-words";

test.each([
  [["perDay"], "a day"],
  [["perMinute", "perDay"], "a minute and a day"],
  [["perMinute", "perMinuteFromAddress", "perDay"], "a minute, a minute from one address and a day"],
] as const)("limits %j are said together as %j", (limits, words) => {
  expect(eachOf(limits)).toBe(words);
});

test("a limit that there is not is told beside those that there are", () => {
  const none = { perMinute: null, perMinuteFromAddress: null, perDay: null };
  expect(limitsInWords(none)).toBe("no limit");
  expect(limitsInWords({ ...none, perMinute: 60, perMinuteFromAddress: 20 })).toBe(
    "60 a minute, 20 a minute from one address, no limit a day",
  );
});

test("who calls is told by the last day that had calls", () => {
  expect(callsWords(undefined)).toBe("Nobody has called it so far.");
  expect(callsWords({ day: "2026-11-30", issued: 1_200, refused: { asked: 2, off: 1 } })).toBe(
    "It was last called on Mon 30 Nov (UTC): 1,200 tokens that day, 3 refused.",
  );
  expect(callsWords({ day: "2026-11-30", issued: 1, refused: {} })).toContain(": 1 token that day, 0 refused.");
});

test("what all have in common is one sentence", () => {
  const common = { reach: undefined, keyLabel: "Staging", owner: "Maya Lind" };
  expect(commonInWords(common)).toBe("All sign with Staging, and Maya Lind answers for them.");
  expect(commonInWords({ ...common, owner: undefined })).toBe("All sign with Staging.");
  expect(commonInWords({ ...common, keyLabel: undefined })).toBe("Maya Lind answers for all of them.");
  expect(commonInWords({ reach: undefined, keyLabel: undefined, owner: undefined })).toBe("");
});

test("a row notes why its endpoint refuses, else what of its reach is not said of most already", () => {
  const row = { state: "active", reach: ["any-room"], asks: ["room"], broken: null } as unknown as ListedEndpoint;
  const none = { reach: undefined, keyLabel: undefined, owner: undefined };
  const texts = (...of: Parameters<typeof notesOf>) => notesOf(...of).map(({ text }) => text);
  expect(texts(row, none)).toEqual(["may join any room", "asks each caller for a room"]);
  expect(texts({ ...row, asks: [] }, { ...none, reach: ["any-room"] })).toEqual([]);
  expect(texts({ ...row, reach: [], asks: [] }, { ...none, reach: ["any-room"] })).toEqual(["reaches less far"]);
  expect(texts({ ...row, broken: "Its key is gone." }, none)).toEqual(["Its key is gone."]);
  expect(texts({ ...row, state: "over" }, none)).toEqual([]);
});
