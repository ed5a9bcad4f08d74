import { describe, expect, it } from "vitest";
import { caution } from "./caution";
import { buildClaims } from "./claims";

const said = (given: Record<string, string | string[]>) =>
  caution(
    buildClaims({
      apiKey: "k",
      given: { permissions: ["allow_join"], roles: ["rtc"], ...given },
      issuedAt: 1_000,
      expiresAt: 4_600,
      jti: "j",
    }),
  )
    .map((part) => ("text" in part ? part.text : ""))
    .join("");

describe("before it is signed", () => {
  it.each([
    [
      "any room and the REST API",
      { roles: [] },
      /^Any room, and the REST API of the whole account, are open .*Room|A room ID and “Meeting only” limit it\.$/,
    ],
    [
      "one room and the REST API",
      { roles: [], roomId: "r" },
      /^The REST API of the whole account is open .*“Meeting only” limits it\.$/,
    ],
    [
      "the REST API alone",
      { roles: ["crawler"] },
      /^The REST API of the whole account is open to whoever gets hold of it\.$/,
    ],
    ["any room", {}, /^Any room is open .* A room ID limits it to one\.$/],
    ["any room for one participant", { participantId: "p" }, /^Any room is open/],
    ["anyone in one room", { roomId: "r" }, /^Anyone who gets hold of it .* A participant ID limits it to one\.$/],
  ])("%s is warned of", (_, given, words) => expect(said(given)).toMatch(words));

  it.each([
    ["one participant of one room", { roomId: "r", participantId: "p" }],
    ["what nobody gets in with", { permissions: [] }],
    ["an id that is refused", { participantId: "two words" }],
  ])("%s is not", (_, given) => expect(said(given)).toBe(""));

  it("never throws, whatever the payload", () => {
    for (const claims of [{}, { permissions: "x", roles: 7, roomId: null }, { apikey: [] }])
      expect(() => caution(claims)).not.toThrow();
  });
});
