/** The searched facts: what each claim makes of them, and that they never contradict the table of abilities. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Claims, Facts } from "@/lib/profiles/profile";
import { abilities } from "@/lib/profiles/videosdk/abilities";
import { facts } from "@/lib/profiles/videosdk/facts";

const both = { apikey: "k", permissions: ["allow_join", "allow_mod"] };

it.each<[what: string, claims: Claims, found: Facts]>([
  ["a developer's", both, { room: null, subject: null, moderates: true, callsRest: true }],
  [
    "a participant's, of one room",
    { apikey: "k", permissions: ["allow_join"], version: 2, roomId: "r", participantId: "p", roles: ["rtc"] },
    { room: "r", subject: "p", moderates: false, callsRest: false },
  ],
  [
    "a server's, which cannot join and so moderates nothing",
    { ...both, version: 2, roles: ["crawler"] },
    { room: null, subject: null, moderates: false, callsRest: true },
  ],
  [
    "one whose role may not be heeded, without version 2",
    { ...both, roles: ["rtc"] },
    { room: null, subject: null, moderates: true, callsRest: true },
  ],
  [
    "one whose ids are none",
    { ...both, version: 2, roomId: "", participantId: 7 },
    { room: null, subject: null, moderates: false, callsRest: true },
  ],
  [
    "one that moderates without joining",
    { apikey: "k", permissions: ["allow_mod"] },
    { room: null, subject: null, moderates: false, callsRest: true },
  ],
  ["an empty payload's", {}, { room: null, subject: null, moderates: false, callsRest: false }],
])("facts of a token: %s", (_what, claims, found) => {
  expect(facts(claims)).toEqual(found);
});

const words = ["", "a b", "2kyv-gzay-64pg", "crawler", "rtc", "allow_join", "ask_join", "allow_mod"];
const value = fc.oneof(
  fc.array(fc.constantFrom<unknown>(...words, 1, null)),
  fc.constantFrom<unknown>(...words, 2, null, true),
  fc.jsonValue(),
);
const claims: fc.Arbitrary<Claims> = fc
  .dictionary(fc.constantFrom("apikey", "permissions", "version", "roomId", "participantId", "roles"), value)
  .map((some) => ({ apikey: "k", permissions: ["allow_join", "allow_mod"], ...some }));

it("say no where the abilities do, whatever the claims", () => {
  const seen = { moderates: 0, callsRest: 0 };
  fc.assert(
    fc.property(claims, (payload) => {
      const rows = abilities(payload, { at: 1000 });
      const permitted = (id: string) => rows.find((row) => row.id === id)?.answer !== "no";
      const { moderates, callsRest } = facts(payload);
      // Where joining is unclear the table says so of whatever comes after it, allow_mod or not.
      const granted = Array.isArray(payload.permissions) && payload.permissions.includes("allow_mod");
      expect({ moderates, callsRest }).toEqual({
        moderates: granted && permitted("moderate"),
        callsRest: permitted("rest-rooms"),
      });
      seen.moderates += Number(!moderates);
      seen.callsRest += Number(!callsRest);
    }),
    { numRuns: 1000 },
  );
  expect(Math.min(seen.moderates, seen.callsRest)).toBeGreaterThan(50);
});
