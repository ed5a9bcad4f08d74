import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Claims, Composition } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { abilities } from "@/lib/profiles/videosdk/abilities";
import { videosdk } from "@/lib/profiles/videosdk/profile";

const names = [...videosdk.claimNames];
const words = ["", "2", "a b", "2kyv-gzay-64pg", "crawler", "rtc", "CRAWLER", "allow_join", "ask_join", "allow_mod"];

// Random JSON alone would almost never hit a claim that the profile reads.
const value = fc.oneof(
  fc.constantFrom<unknown>(...words),
  fc.array(fc.constantFrom<unknown>(...words, 1, null)),
  fc.double({ noNaN: true }),
  fc.jsonValue(),
);
const claims: fc.Arbitrary<Claims> = fc.oneof(
  fc.dictionary(fc.constantFrom(...names, "apiKey", "role", "room id", "__proto__", "constructor"), value),
  fc.dictionary(fc.string(), value),
  fc.jsonValue().filter((json): json is Claims & fc.JsonValue => isObject(json)),
);
const instant = fc.oneof(fc.integer(), fc.double());

function isObject(json: unknown): boolean {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

describe("any JSON object", () => {
  it("has rules, a sentence and abilities, and none of them throws", () => {
    fc.assert(
      fc.property(claims, instant, fc.string(), fc.string(), (payload, now, roomId, participantId) => {
        for (const finding of videosdk.rules(payload, { now })) {
          expect(finding.path).toMatch(/^payload[.[]/);
          expect(finding.code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(finding).toMatchObject({ layer: "rules", message: expect.stringMatching(/\.$/) });
        }
        const parts = videosdk.describe(payload, { now });
        expect(parts.length).toBeGreaterThan(0);
        for (const part of parts) {
          if (part.kind === "time") expect(part.epochSeconds).toBeGreaterThanOrEqual(0);
          else expect(part.text).not.toMatch(/undefined|\[object/);
        }
        const rows = abilities(payload, { at: now, room: roomId, subject: participantId });
        expect(new Set(rows.map(({ id }) => id)).size).toBe(12);
      }),
      { numRuns: 1000 },
    );
  });

  it("by which somebody can join, for certain, breaks no rule of severity error", () => {
    const nearlySound = claims.map((payload) => ({ apikey: "k", permissions: ["allow_join"], version: 2, ...payload }));
    let joined = 0;
    fc.assert(
      fc.property(nearlySound, (payload) => {
        const join = abilities(payload, { at: 1000 })[0];
        if (join?.answer !== "yes" && join?.answer !== "asks-first") return;
        joined += 1;
        expect(videosdk.rules(payload, { now: 1000 }).filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    expect(joined).toBeGreaterThan(100);
  });
});

const id = fc.stringMatching(/^[\w.-]{1,40}$/);
const composition: fc.Arbitrary<Composition> = fc
  .record({
    apiKey: id,
    given: fc.record({
      permissions: fc.constantFrom<string[]>(["allow_join"], ["ask_join"], ["allow_mod"], ["allow_mod", "allow_join"]),
      roomId: fc.oneof(fc.constant(""), fc.constant("2kyv-gzay-64pg"), id),
      participantId: fc.oneof(fc.constant(""), id),
      roles: fc.subarray(["rtc", "crawler"]),
    }),
    issuedAt: fc.integer({ min: 0, max: 4_000_000_000 }),
    lifetime: fc.integer({ min: 1, max: 3650 * 86_400 }),
    jti: fc.oneof(fc.constant(""), fc.uuid()),
  })
  .map(({ lifetime, ...given }) => ({ ...given, expiresAt: given.issuedAt + lifetime }));

describe("any valid composition", () => {
  it("becomes a payload that breaks no rule of severity error, and survives JSON", () => {
    fc.assert(
      fc.property(composition, (given) => {
        const payload = videosdk.buildClaims(given);
        const errors = videosdk.rules(payload, { now: given.issuedAt }).filter(({ severity }) => severity === "error");
        expect(errors).toEqual([]);
        expect(JSON.parse(JSON.stringify(payload))).toEqual(payload);
        expect("version" in payload).toBe("roomId" in payload || "participantId" in payload || "roles" in payload);
      }),
    );
  });
});

it("no profile is found under a name that every object has", () => {
  for (const id of ["constructor", "__proto__", "toString", ""])
    expect(() => profileOf(id)).toThrow("There is no profile");
});
