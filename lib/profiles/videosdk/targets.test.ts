import { describe, expect, it } from "vitest";
import { buildClaims } from "./claims";
import { targets } from "./targets";

const claimsOf = (given: Record<string, string | string[]>) =>
  buildClaims({ apiKey: "key", given, issuedAt: 1_795_000_000, expiresAt: 1_795_003_600, jti: "a" });

const participant = claimsOf({ permissions: ["allow_join"], roles: ["rtc"] });
const server = claimsOf({ permissions: ["allow_join"], roles: ["crawler"] });
const both = claimsOf({ permissions: ["allow_join"] });

describe("a line", () => {
  it("is named as the SDKs' examples read it", () => {
    expect(targets.lines.map(({ label, before, after }) => `${label}: ${before}T${after}`)).toEqual([
      "React: REACT_APP_VIDEOSDK_TOKEN=T",
      "Next.js: NEXT_PUBLIC_VIDEOSDK_TOKEN=T",
      "React Native: REACT_APP_VIDEOSDK_TOKEN=T",
      "Expo: EXPO_PUBLIC_VIDEOSDK_TOKEN=T",
      "Flutter: AUTH_TOKEN=T",
      "Android: auth_token=T",
      'iOS: let AUTH_TOKEN = "T"',
      'JavaScript: const TOKEN = "T";',
      "Python: VIDEOSDK_TOKEN=T",
      "Agents: VIDEOSDK_AUTH_TOKEN=T",
    ]);
  });

  it("has a file and a warning of its own", () => {
    expect(targets.lines.every(({ where }) => /^`[^`]+`, then /.test(where))).toBe(true);
    expect(new Set(targets.lines.map(({ warning }) => warning)).size).toBe(targets.lines.length);
  });
});

describe("the command", () => {
  const write = (room: string) => {
    const { before, after } = targets.command.write(room);
    return `${before}T${after}`;
  };

  it("asks for the room, with the token raw", () => {
    expect(write("2kyv-gzay-64pg")).toBe(
      'curl -H "Authorization: T" "https://api.videosdk.live/v2/rooms/validate/2kyv-gzay-64pg"',
    );
  });

  it.each(['"; rm -rf ~ #', "$(id)", "`id`", "!!", "a b", "..\\x", "'", "%PATH%", "../rooms"])(
    "gives a shell nothing to read in a room called %s",
    (room) => {
      const url = write(room).split("/validate/")[1] ?? "";
      expect(url).toMatch(/^[\w.~%-]+"$/);
      expect(decodeURIComponent(url.slice(0, -1))).toBe(room);
    },
  );

  it("is of no use with a token for meetings alone", () => {
    expect([participant, server, both].map(targets.command.uselessFor)).toEqual([
      "This token is for meetings only: the REST API refuses it.",
      undefined,
      undefined,
    ]);
  });
});

describe("the link", () => {
  it("names the room, the token and who comes, whatever they are called", () => {
    const url = new URL(targets.link.write({ token: "e.y.J", room: "a&b", name: "Ann & Bo #1" }));
    expect(`${url.origin}${url.pathname}`).toMatch(
      /^https:\/\/embed\.videosdk\.live\/rtc-js-prebuilt\/\d+\.\d+\.\d+\/$/,
    );
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      meetingId: "a&b",
      token: "e.y.J",
      name: "Ann & Bo #1",
    });
    expect(url.hash).toBe("");
  });

  it("is of no use with a token that can't join", () => {
    expect([participant, server, both].map(targets.link.uselessFor)).toEqual([
      undefined,
      "Nobody can join with this token: the page will say 4024 UNAUTHORIZED_ROLE.",
      undefined,
    ]);
    // One that starts later is good for it then.
    expect(targets.link.uselessFor({ ...participant, nbf: 1_795_001_000 })).toBeUndefined();
  });
});
