/** Whatever everybody reads takes no secret and no token, in any schema. */

import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newLinkCode } from "@/lib/auth/link-code";
import { AcknowledgeCaseInput } from "@/lib/cases/schema";
import { issueTokenInput } from "@/lib/composer/schema";
import { newPath } from "@/lib/endpoints/create";
import { ChangeKeyInput, CreateKeyInput, SetKeyStatusInput } from "@/lib/keys/schema";
import { newId } from "@/lib/new-id";
import { InviteMemberInput, SetMemberStatusInput } from "@/lib/team/schema";
import { writeCredential } from "@/lib/text/credential";
import { holdsNoSecret } from "./no-secret";
import { firstProfile } from "./registry";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl";
const random = (bytes: number) => randomBytes(bytes).toString("base64url");
const SECRET = "0f1e2d3c4b5a6978".repeat(4);

it.each([TOKEN, `key ${SECRET}`, SECRET])("An API key or an invited email is not %s", (text) => {
  const key = { profile: firstProfile().id, label: "Staging", secret: "k", maxLifetime: "" };
  const apiKey = text.replace(" ", "-");
  const refused = CreateKeyInput.safeParse({ ...key, apiKey }).error?.issues.find(({ path }) => path[0] === "apiKey");
  expect(refused?.message).toMatch(/shown to everyone/);
  const email = `${text.replace(" ", ".")}@example.com`;
  expect(InviteMemberInput.safeParse({ email, role: "issuer" }).success).toBe(false);
});

const form = { keyId: "k", expiresIn: "2h", jti: "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d" };
const places: [string, (text: string) => boolean][] = [
  ["a purpose", (purpose) => issueTokenInput(firstProfile()).safeParse({ ...form, purpose }).success],
  ["an id", (roomId) => issueTokenInput(firstProfile()).safeParse({ ...form, roomId }).success],
  ["a case's note", (note) => AcknowledgeCaseInput.safeParse({ number: 1, note }).success],
  ["a note on a key", (note) => SetKeyStatusInput.safeParse({ keyId: "k", disabled: true, note }).success],
  ["a note on a member", (note) => SetMemberStatusInput.safeParse({ memberId: "m", disabled: true, note }).success],
  ["a key's label", (label) => ChangeKeyInput.safeParse({ keyId: "k", label }).success],
];

describe.each(places)("%s", (_, takes) => {
  it.each([
    SECRET.replace(/.{8}/g, "$& "),
    `${SECRET.slice(0, 9)}\u200d${SECRET.slice(9)}`,
    `${TOKEN.slice(0, 5)}\u200d${TOKEN.slice(5)}`,
    btoa(SECRET),
    Buffer.from(SECRET, "hex").toString("base64"),
  ])("refuses it disguised as %s", (text) => {
    expect(takes(text)).toBe(false);
  });

  it.each([TOKEN, `Bearer ${TOKEN}`, TOKEN.slice(0, 20), SECRET])("refuses %s", (text) => {
    expect(takes(text)).toBe(false);
  });

  it("refuses a credential, also in base64 and glued to a word", () => {
    const credential = writeCredential(randomBytes(32));
    for (const text of [credential, btoa(credential), `Basic ${btoa(`user:${credential}`)}`, `CRED${credential}`])
      expect(takes(text), text.slice(0, 9)).toBe(false);
  });

  it.each([
    `/h/${newId()}#${random(32)}`,
    `/join?code=${newLinkCode()}`,
    `/reset?code=${newLinkCode()}`,
    `/t/${newPath()}`,
    `/t/${newPath()}/get-token`,
  ])("refuses a link that opens something: %s", (path) => {
    expect(takes(`http://desk.test${path}`)).toBe(false);
  });

  it.each([
    "Eyjafjallaj\u00f6kull",
    "build-7f3a9c",
    "eyJ",
    "a/t/b",
    "https://forum.test/t/how-to-record-meetings/123",
    // As long as the desk's own, but nobody has drawn them.
    "x/h/how-to-write#what-to-do-where-nobody-has-answered-it-yet",
    "https://shop.test/join?code=spring-semester1",
    "https://forum.test/t/how-to-record-meetings",
  ])("takes %s", (text) => {
    expect(takes(text)).toBe(true);
  });
});

it("reads a word of millions of letters", () => {
  expect(holdsNoSecret("a".repeat(8_000_000))).toBe(true);
});
