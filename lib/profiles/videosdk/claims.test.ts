import { expect, it } from "vitest";
import type { Composition } from "@/lib/profiles/profile";
import { buildClaims, claimNames, permissions, roles } from "@/lib/profiles/videosdk/claims";
import { videosdk } from "@/lib/profiles/videosdk/profile";

const given = { permissions: ["allow_join"], roomId: "", participantId: "", roles: [] };
const bare: Composition = {
  apiKey: "k",
  given,
  issuedAt: 10,
  expiresAt: 20,
  jti: "j",
};

// JSON text rather than objects: the order is part of what is promised.
it.each<[what: string, change: Partial<Composition>, json: string]>([
  ["absent things are absent", {}, '{"apikey":"k","permissions":["allow_join"],"iat":10,"exp":20,"jti":"j"}'],
  ["no jti", { jti: "" }, '{"apikey":"k","permissions":["allow_join"],"iat":10,"exp":20}'],
  [
    "required claims stay, even empty",
    { given: { ...given, permissions: [] } },
    '{"apikey":"k","permissions":[],"iat":10,"exp":20,"jti":"j"}',
  ],
  [
    "roomId brings version 2",
    { given: { ...given, roomId: "r" } },
    '{"apikey":"k","permissions":["allow_join"],"version":2,"roomId":"r","iat":10,"exp":20,"jti":"j"}',
  ],
  [
    "participantId brings version 2",
    { given: { ...given, participantId: "p" } },
    '{"apikey":"k","permissions":["allow_join"],"version":2,"participantId":"p","iat":10,"exp":20,"jti":"j"}',
  ],
  [
    "roles bring version 2",
    { given: { ...given, roles: ["rtc"] } },
    '{"apikey":"k","permissions":["allow_join"],"version":2,"roles":["rtc"],"iat":10,"exp":20,"jti":"j"}',
  ],
  [
    "all of it, in canonical order and once each",
    {
      given: {
        permissions: ["allow_mod", "allow_join", "allow_mod"],
        roomId: "r",
        participantId: "p",
        roles: ["rtc", "crawler"],
      },
    },
    '{"apikey":"k","permissions":["allow_join","allow_mod"],"version":2,"roomId":"r","participantId":"p","roles":["crawler","rtc"],"iat":10,"exp":20,"jti":"j"}',
  ],
  [
    "what is unknown is not dropped in silence",
    { given: { ...given, permissions: ["publish", "allow_join"] } },
    '{"apikey":"k","permissions":["allow_join","publish"],"iat":10,"exp":20,"jti":"j"}',
  ],
])("buildClaims: %s", (_what, change, json) => {
  expect(JSON.stringify(buildClaims({ ...bare, ...change }))).toBe(json);
});

it("offers VideoSDK's permissions and roles, each with a word of help", () => {
  expect(permissions.map(({ value }) => value)).toEqual(["allow_join", "ask_join", "allow_mod"]);
  expect(roles.map(({ value }) => value)).toEqual(["crawler", "rtc"]);
  for (const { help } of [...permissions, ...roles]) expect(help).toMatch(/^[A-Z].{15,90}[^.]$/);
});

it("has a word on every claim that it can build, and on nbf", () => {
  const built = buildClaims({ ...bare, given: { ...given, roomId: "r", participantId: "p", roles: ["rtc"] } });
  expect([...claimNames].sort()).toEqual([...Object.keys(built), "nbf"].sort());
});

it.each(videosdk.fields.map((field) => [field.name, field] as const))(
  "each field of the form is in what is signed: %s",
  (name, field) => {
    const values = field.kind === "id" ? ["some-id"] : field.choices.map(({ value }) => [value]);
    const signed = (more: object) => buildClaims({ ...bare, given: { ...given, permissions: [], ...more } });
    for (const value of values) expect(JSON.stringify(signed({ [name]: value }))).toContain(JSON.stringify(value));
  },
);
