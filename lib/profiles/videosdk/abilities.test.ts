import { describe, expect, it } from "vitest";
import type { Claims, Situation } from "@/lib/profiles/profile";
import { abilities } from "@/lib/profiles/videosdk/abilities";
import { plainText } from "@/lib/text/said";

const at = 1000;
const sound = { apikey: "k", permissions: ["allow_join"], exp: 2000 };
const scoped = { ...sound, version: 2, roomId: "r", participantId: "p" };
const restIds = ["rest-rooms", "rest-sessions", "rest-recordings", "rest-hls", "rest-rtmp", "rest-sip"];

function ask(claims: Claims, situation: Partial<Situation> = {}) {
  return abilities(claims, { at, ...situation });
}

/** "no 4022" of one row. */
function answer(claims: Claims, id: string, situation?: Partial<Situation>): string {
  const ability = ask(claims, situation).find((row) => row.id === id);
  return [ability?.answer, ability?.vendorError?.code].filter(Boolean).join(" ");
}

it("says no plain yes of an instant before the token existed", () => {
  const later = { ...sound, iat: at + 1 };
  for (const row of ask(later)) expect([row.id, row.answer]).not.toEqual([row.id, "yes"]);
  expect(ask(later).find(({ id }) => id === "join")?.reason).toMatch(/^The token did not exist yet: iat is later/);
  expect(ask({ ...later, permissions: ["ask_join"] }).map((row) => row.answer)).not.toContain("asks-first");
  expect(answer(later, "join", { at: at + 1 })).toBe("yes");
  // What is refused at any time stays refused.
  expect(answer({ ...later, exp: at }, "join")).toBe("no 4002");
  // A claim in milliseconds says nothing of the birth.
  expect(answer({ ...sound, iat: 1e12 }, "join")).toBe("yes");
});

it("always has the same rows", () => {
  const ids = ["join", "join-other-room", "join-other-participant", "admit", "moderate", ...restIds, "media"];
  expect(ask(sound).map(({ id }) => id)).toEqual(ids);
  expect(ask({}).map(({ id }) => id)).toEqual(ids);
});

describe("join, join another room, join as another participant, admit, moderate, REST, media", () => {
  const columns = ["join", "join-other-room", "join-other-participant", "admit", "moderate", "rest-rooms", "media"];

  it.each<[fact: string, claims: Claims, answers: string]>([
    ["allow_join", sound, "yes, yes, yes, yes, no, yes, yes"],
    [
      "allow_mod beside it",
      { ...sound, permissions: ["allow_join", "allow_mod"] },
      "yes, yes, yes, yes, yes, yes, yes",
    ],
    ["ask_join", { ...sound, permissions: ["ask_join"] }, "asks-first, asks-first, asks-first, no, no, yes, yes"],
    ["allow_mod alone", { ...sound, permissions: ["allow_mod"] }, "no, no, no, no, no, yes, yes"],
    ["one room, one participant", scoped, "yes, no 4022, no 4023, yes, no, yes, yes"],
    ["rtc", { ...sound, version: 2, roles: ["rtc"] }, "yes, yes, yes, yes, no, no, unclear"],
    ["crawler", { ...sound, version: 2, roles: ["crawler"] }, "no 4024, no 4024, no 4024, no 4024, no 4024, yes, yes"],
    [
      "both roles",
      { ...sound, version: 2, roles: ["crawler", "rtc"] },
      "unclear, unclear, unclear, unclear, unclear, unclear, unclear",
    ],
    [
      "ask_join not alone",
      { ...sound, permissions: ["ask_join", "allow_mod"] },
      "no 4008, no 4008, no 4008, no 4008, no 4008, unclear, unclear",
    ],
    ["no permissions", { apikey: "k" }, "no 4008, no 4008, no 4008, no 4008, no 4008, unclear, unclear"],
    ["no API key", { permissions: ["allow_join"] }, "no 4001, no 4001, no 4001, no 4001, no 4001, no, no"],
    ["expired", { ...sound, exp: at }, "no 4002, no 4002, no 4002, no 4002, no 4002, no, no"],
    ["not yet valid", { ...sound, nbf: at + 1 }, "no 4002, no 4002, no 4002, no 4002, no 4002, no, no"],
    ["never expires", { apikey: "k", permissions: ["allow_join"] }, "yes, yes, yes, yes, no, yes, yes"],
    ["exp in milliseconds is far away", { ...sound, exp: 2e12 }, "yes, yes, yes, yes, no, yes, yes"],
    ["exp as a string", { ...sound, exp: "2000" }, "unclear, unclear, unclear, unclear, unclear, unclear, unclear"],
    [
      "participant id with white space",
      { ...sound, version: 2, participantId: "a b" },
      "no 4004, no 4004, no 4004, no 4004, no 4004, yes, yes",
    ],
    [
      "scoped without version 2",
      { ...sound, roomId: "r" },
      "unclear, unclear, unclear, unclear, unclear, unclear, unclear",
    ],
    [
      "an unknown permission too, which its rule says is refused",
      { ...sound, permissions: ["allow_join", "publish"] },
      "no 4008, no 4008, no 4008, no 4008, no 4008, unclear, unclear",
    ],
    [
      "a participantId that is a number",
      { ...sound, version: 2, participantId: 123 },
      "no 4004, no 4004, no 4004, no 4004, no 4004, yes, yes",
    ],
    [
      "a roomId that is null",
      { ...sound, version: 2, roomId: null },
      "no 4022, no 4022, no 4022, no 4022, no 4022, yes, yes",
    ],
  ])("%s", (_fact, claims, answers) => {
    expect(columns.map((id) => answer(claims, id)).join(", ")).toBe(answers);
  });
});

describe("why did that join fail?", () => {
  it.each<[situation: string, claims: Claims, situation: Partial<Situation>, join: string]>([
    ["the right room and participant", scoped, { room: "r", subject: "p" }, "yes"],
    ["not given means any", scoped, { room: "", subject: "" }, "yes"],
    ["another room", scoped, { room: "s" }, "no 4022"],
    ["another participant", scoped, { subject: "q" }, "no 4023"],
    ["both wrong: the room counts first", scoped, { room: "s", subject: "q" }, "no 4022"],
    ["a participant with white space", sound, { subject: "a b" }, "no 4004"],
    ["… which counts before the room", scoped, { room: "s", subject: "a b" }, "no 4004"],
    ["the last instant", sound, { at: 1999 }, "yes"],
    ["the instant of expiry", sound, { at: 2000 }, "no 4002"],
    ["the instant of nbf", { ...sound, nbf: 1500 }, { at: 1500 }, "yes"],
    ["before nbf", { ...sound, nbf: 1500 }, { at: 1499 }, "no 4002"],
    ["expired counts before the role", { ...sound, version: 2, roles: ["crawler"] }, { at: 2000 }, "no 4002"],
    ["the role counts before the room", { ...scoped, roles: ["crawler"] }, { room: "s" }, "no 4024"],
    ["permissions count before everything", { ...scoped, permissions: [] }, { at: 2000, room: "s" }, "no 4008"],
    ["without version 2 the room may not count", { ...sound, roomId: "r" }, { room: "s" }, "unclear"],
  ])("%s", (_situation, claims, situation, join) => {
    expect(answer(claims, "join", situation)).toBe(join);
  });

  it("asks about somebody else, whatever is wrong with the participant given", () => {
    expect(answer(sound, "join-other-participant", { subject: "a b" })).toBe("yes");
  });

  it("carries over to what needs the meeting", () => {
    const claims = { ...scoped, permissions: ["allow_join", "allow_mod"] };
    expect(answer(claims, "admit", { room: "s" })).toBe("no 4022");
    expect(answer(claims, "moderate", { room: "s" })).toBe("no 4022");
    expect(answer(claims, "rest-rooms", { room: "s" })).toBe("yes");
  });
});

it("names the room that is asked about, else the token's", () => {
  const labels = (claims: Claims, room?: string) =>
    ask(claims, room ? { room } : {})
      .slice(0, 2)
      .map(({ label }) => label);
  expect(labels(sound)).toEqual(["Join any room directly", "Join another room"]);
  expect(labels(sound, "s")).toEqual(["Join room s directly", "Join a room other than s"]);
  expect(labels(scoped)).toEqual(["Join room r directly", "Join a room other than r"]);
  expect(labels(scoped, "s")).toEqual(["Join room s directly", "Join a room other than r"]);
});

it("gives the evidence: since when, and limited to what", () => {
  const reason = (claims: Claims, situation: Partial<Situation>) => {
    const [first] = ask(claims, situation);
    return first && plainText({ message: first.reason, instants: first.instants ?? [] });
  };
  expect(reason({ ...sound, exp: 1_795_539_900 }, { at: 1_795_539_901 })).toBe(
    "The token expired (2026-11-24 17:05 UTC), and VideoSDK checks that when joining.",
  );
  expect(reason(scoped, { room: "s" })).toBe("The token is limited to room r.");
  expect(reason({ ...sound, version: 2, roles: ["host"] }, {})).toBe('"host" is no role that VideoSDK documents.');
});

it("gives the REST API's own words for an expired token, and no code of a client", () => {
  const rows = ask(sound, { at: 2000 }).filter(({ id }) => restIds.includes(id));
  expect(rows).toHaveLength(6);
  for (const row of rows) {
    expect(row.reason).toContain("Token is invalid or expired");
    expect(row).not.toHaveProperty("vendorError");
  }
});
