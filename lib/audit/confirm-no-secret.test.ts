/** What everybody reads takes none of the desk's secrets, whatever they are made of, and however they are written. */
import { beforeAll, describe, expect, it } from "vitest";
import { openSession } from "@/lib/auth/sign-in";
import { acknowledgeCase } from "@/lib/cases/acknowledge";
import { changeKey } from "@/lib/keys/change";
import { createKey } from "@/lib/keys/create";
import { setKeyStatus } from "@/lib/keys/set-status";
import { changeName } from "@/lib/me/change-name";
import { inviteMember } from "@/lib/team/invite";
import { setMemberStatus } from "@/lib/team/set-status";
import { issueForm, newApiKey, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { revokeTokens } from "@/lib/tokens/revoke";
import { exportEvents } from "./export";

const desk = await openDesk();
const SECRET = "kT9#vL2$qW8!zR5%mX3^bN7*cY4+dF6~";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const newKey = { profile: "videosdk", apiKey: newApiKey(), secret: SECRET, maxLifetime: "" };
let keyId: string;
let other: TestKey;
beforeAll(async () => {
  keyId = (await createKey(desk.admin, { ...newKey, label: "Of other shape" })).keyId;
  other = await desk.addKey();
});

const verbs: [string, string, (text: string) => Promise<unknown>][] = [
  ["a purpose", "purpose", (purpose) => issueToken(desk.issuer, { ...issueForm(other), purpose })],
  ["a room", "roomId", (roomId) => issueToken(desk.issuer, { ...issueForm(other), roomId: roomId.replace(/ /g, "=") })],
  ["a case's note", "note", (note) => acknowledgeCase(desk.admin, { number: 1, note })],
  ["a note on a key", "note", (note) => setKeyStatus(desk.admin, { keyId, disabled: true, note })],
  [
    "a note on a member",
    "note",
    (note) => setMemberStatus(desk.admin, { memberId: desk.issuer.id, disabled: true, note }),
  ],
  [
    "a reason",
    "reason",
    (reason) => revokeTokens(desk.admin, { scope: { of: "numbers", numbers: [1] }, upTo: 1, reason }),
  ],
  ["a label", "label", (text) => changeKey(desk.admin, { keyId, label: text.slice(-60) })],
  ["a name", "name", (name) => changeName(desk.issuer, { name })],
];

describe.each(verbs)("%s", (_, field, write) => {
  it.each([`note ${SECRET}`, base64(SECRET), SECRET.replace(/./g, (each) => `%${each.charCodeAt(0).toString(16)}`)])(
    "takes none as %s",
    async (text) => {
      const refusal = await refusalOf(write(text.length > 60 && field !== "purpose" ? base64(SECRET) : text));
      expect(refusal.extra.fields?.[field]).toMatch(/looks like a secret/);
      expect(refusal.message).not.toContain(SECRET);
    },
  );
});

it("a label takes no secret that is about to be kept", async () => {
  const secret = "pQ4!rS8@tU2#vW6$xY9%zA3^bC7&dE5*";
  const key = { ...newKey, apiKey: newApiKey(), secret };
  const { fields } = (await refusalOf(createKey(desk.admin, { ...key, label: `b ${base64(secret)}` }))).extra;
  expect(fields).toHaveProperty("label");
});

it("an email takes none, and of one that nobody has the log does not tell it", async () => {
  const digits = other.secret;
  const email = `${digits.slice(0, 32)}.${digits.slice(32)}@example.com`;
  expect((await refusalOf(inviteMember(desk.admin, { email, role: "issuer" }))).extra.fields).toHaveProperty("email");
  await refusalOf(openSession(desk.visitor, { email, password: "a password that is wrong" }));
  const [failed] = await recorded("auth.sign_in_failed");
  expect(failed?.detail).toMatchObject({ email: "(a secret)" });
});

it("the record of an export does not tell one that was asked for", async () => {
  await exportEvents(desk.auditor, { q: SECRET, room: "ward-7b", format: "csv" });
  await exportEvents(desk.auditor, { q: other.secret, format: "csv" });
  await exportEvents(desk.auditor, { q: "ab".repeat(32), format: "csv" });
  expect((await recorded("audit.exported")).map(({ detail }) => detail.filters)).toEqual([
    ["q=(a secret)", "room=ward-7b"],
    ["q=(a secret)"],
    [`q=${"ab".repeat(32)}`],
  ]);
});

it("whoever asks for a token is told that nothing was issued, and not of saving", async () => {
  const refusal = await refusalOf(issueToken(desk.issuer, { ...issueForm(other), purpose: `note ${SECRET}` }));
  expect(refusal.message).toBe("Nothing was issued; what you typed is kept.");
});
