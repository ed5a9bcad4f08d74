import { expect, it } from "vitest";
import type { Claims } from "@/lib/profiles/profile";
import { describe as describeToken } from "@/lib/profiles/videosdk/sentence";

const now = 1000;
const sound = { apikey: "k", permissions: ["allow_join"], iat: now, exp: 2000 };

/** Code in backticks, stress in asterisks, times in angle brackets. */
function say(claims: Claims): string {
  const parts = describeToken(claims, { now });
  return parts
    .map((part) => {
      if (part.kind === "time") return `<${part.epochSeconds}>`;
      return { text: part.text, code: `\`${part.text}\``, strong: `*${part.text}*` }[part.kind];
    })
    .join("");
}

it.each<[claims: Claims, sentence: string]>([
  [
    { ...sound, version: 2, roomId: "2kyv-gzay-64pg", participantId: "lxvdplwt", roles: ["rtc"] },
    "Whoever holds this token may join room `2kyv-gzay-64pg` *directly*, and admit those who ask, as participant `lxvdplwt`, until <2000>. It cannot call the REST API.",
  ],
  [
    { ...sound, permissions: ["allow_join", "allow_mod"] },
    "Whoever holds this token may join any room *directly*, admit those who ask, and toggle other participants' webcam and microphone, as any participant, until <2000>. It may also call the REST API of this account.",
  ],
  [
    { ...sound, permissions: ["ask_join"], version: 2, roomId: "r" },
    "Whoever holds this token may *ask to join* room `r`, as any participant, until <2000>. It may also call the REST API of this account.",
  ],
  [
    { ...sound, version: 2, roles: ["crawler"] },
    "Whoever holds this token may call the REST API of this account, and use WHIP and WHEP media, until <2000>. It cannot join a meeting.",
  ],
  [
    { ...sound, permissions: ["allow_mod"] },
    "Nobody can *join* a meeting with this token: joining takes allow_join or ask_join, and this token has neither. It may call the REST API of this account, until <2000>.",
  ],
  [
    { ...sound, permissions: ["allow_mod"], version: 2, roles: ["rtc"] },
    "Nobody can *join* a meeting with this token: joining takes allow_join or ask_join, and this token has neither. It cannot call the REST API either.",
  ],
  [
    { ...sound, permissions: ["ask_join", "allow_join"] },
    "Nobody can *join* a meeting with this token: ask_join must not stand beside another permission (4008 INVALID_PERMISSIONS). Whether the REST API accepts it is not documented.",
  ],
  [
    { apikey: "k" },
    "Nobody can *join* a meeting with this token: permissions is missing (4008 INVALID_PERMISSIONS). Whether the REST API accepts it is not documented.",
  ],
  [
    {},
    "Nobody can *join* a meeting with this token: apikey is missing (4001 INVALID_API_KEY). The REST API refuses it too.",
  ],
  [
    { ...sound, version: 2, participantId: "a b", roles: ["rtc"] },
    "Nobody can *join* a meeting with this token: participantId contains white space (4004 INVALID_PARTICIPANT_ID). It cannot call the REST API either.",
  ],
  [
    { apikey: "k", permissions: ["allow_join"] },
    "Whoever holds this token may join any room *directly*, and admit those who ask, as any participant, for ever. It may also call the REST API of this account.",
  ],
  [
    { ...sound, exp: 2_000_000_000_000 },
    "Whoever holds this token may join any room *directly*, and admit those who ask, as any participant, until a time that exp does not state in seconds. It may also call the REST API of this account.",
  ],
  [
    { ...sound, exp: now + 400 * 365 * 86_400 },
    "Whoever holds this token may join any room *directly*, and admit those who ask, as any participant, practically for ever. It may also call the REST API of this account.",
  ],
  [
    { ...sound, nbf: 1500 },
    "Whoever holds this token may join any room *directly*, and admit those who ask, as any participant, from <1500> until <2000>. It may also call the REST API of this account.",
  ],
  [
    { ...sound, exp: 1000 },
    "Whoever held this token could join any room *directly*, and admit those who ask, as any participant, until <1000>. It could also call the REST API of this account. It has expired: VideoSDK no longer accepts it.",
  ],
  [
    { ...sound, version: 2, roles: ["crawler", "rtc"] },
    "By its permissions, whoever holds this token may join any room *directly*, and admit those who ask, as any participant, until <2000>. Whether VideoSDK goes by that is unclear: what crawler and rtc mean together is not documented.",
  ],
  [
    { ...sound, roles: ["crawler"] },
    "By its permissions, whoever holds this token may join any room *directly*, and admit those who ask, as any participant, until <2000>. Whether VideoSDK goes by that is unclear: what VideoSDK does with roles without version 2 is not documented.",
  ],
  [
    { ...sound, version: 2, roomId: 5, roles: ["rtc"] },
    "Nobody can *join* a meeting with this token: roomId is not a string (4022 UNAUTHORIZED_MEETING_ID). It cannot call the REST API either.",
  ],
])("%j", (claims, sentence) => {
  expect(say(claims)).toBe(sentence);
});

it("cuts an id that would drown the sentence", () => {
  const parts = describeToken({ ...sound, version: 2, roomId: "r".repeat(1_000_000) }, { now });
  expect(parts).toContainEqual({ kind: "code", text: `${"r".repeat(128)}…` });
});
