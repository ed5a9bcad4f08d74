/** Whoever is out by the time that it is their turn has changed nothing: not what they asked for before, in no verb. */
import jwt from "jsonwebtoken";
import { beforeEach, describe, expect, it } from "vitest";
import { exportEvents } from "@/lib/audit/export";
import { acknowledgeCase } from "@/lib/cases/acknowledge";
import { reader } from "@/lib/db";
import { changeKey } from "@/lib/keys/change";
import { createKey } from "@/lib/keys/create";
import { setKeyStatus } from "@/lib/keys/set-status";
import { changeName } from "@/lib/me/change-name";
import { endOtherSessions } from "@/lib/me/end-sessions";
import { changeRole } from "@/lib/team/change-role";
import { inviteMember } from "@/lib/team/invite";
import { makeResetLink } from "@/lib/team/reset-link";
import { setMemberStatus } from "@/lib/team/set-status";
import { issueForm, newApiKey, newSecret, openDesk, refusalOf, type TestKey } from "@/lib/test-desk";
import { inspectToken } from "@/lib/tokens/inspect";
import { issueToken } from "@/lib/tokens/issue";
import { lookUpTokens } from "@/lib/tokens/look-up";
import type { Member } from "./actor";

const desk = await openDesk();
const key: TestKey = await desk.addKey();
/** By whoever has the secret: that somebody looked at it is recorded. */
const signedElsewhere = jwt.sign({ apikey: key.apiKey, permissions: ["allow_join"] }, key.secret, { expiresIn: 3600 });
let leaver: Member;

beforeEach(async () => {
  leaver = await desk.addMember("admin");
});

/** How a session ends while what was asked in it is under way. */
const ways: Record<string, (who: Member) => unknown> = {
  "signed out": ({ sessionId }) =>
    desk.raw((db) => db.prepare("UPDATE Session SET endedAt = 1 WHERE id = ?").run(sessionId)),
  disabled: ({ id }) => desk.raw((db) => db.prepare("UPDATE Member SET disabledAt = 1 WHERE id = ?").run(id)),
  "given another role": ({ id }) =>
    desk.raw((db) => db.prepare("UPDATE Member SET role = 'auditor' WHERE id = ?").run(id)),
  "somebody else's": ({ sessionId }) =>
    desk.raw((db) => db.prepare("UPDATE Session SET memberId = ? WHERE id = ?").run(desk.auditor.id, sessionId)),
};

const verbs: Record<string, (who: Member) => Promise<unknown>> = {
  issueToken: (who) => issueToken(who, issueForm(key)),
  createKey: (who) =>
    createKey(who, {
      ...{ profile: "videosdk", label: "Theirs", apiKey: newApiKey(), secret: newSecret(), maxLifetime: "" },
    }),
  changeKey: (who) => changeKey(who, { keyId: key.id, label: "Renamed" }),
  setKeyStatus: (who) => setKeyStatus(who, { keyId: key.id, disabled: true }),
  acknowledgeCase: (who) => acknowledgeCase(who, { number: 1, note: "Nothing." }),
  inviteMember: (who) => inviteMember(who, { email: "friend@example.com", role: "admin" }),
  changeRole: (who) => changeRole(who, { memberId: desk.issuer.id, role: "admin" }),
  setMemberStatus: (who) => setMemberStatus(who, { memberId: desk.issuer.id, disabled: true }),
  makeResetLink: (who) => makeResetLink(who, { memberId: desk.issuer.id }),
  changeName: (who) => changeName(who, { name: "Another" }),
  endOtherSessions,
  exportEvents: (who) => exportEvents(who, { format: "csv" }),
  lookUpTokens: (who) => lookUpTokens(who, { sha256: ["ab".repeat(32)] }),
  inspectToken: (who) => inspectToken(who, { token: signedElsewhere }),
};

describe.each(Object.entries(ways))("%s,", (_, end) => {
  it.each(Object.entries(verbs))("%s changes nothing", async (__, verb) => {
    end(leaver);
    const before = await reader().auditEvent.count();
    expect(await refusalOf(verb(leaver))).toMatchObject({
      code: "unauthenticated",
      message: "Your session ended while this was under way. Nothing was changed; sign in again.",
    });
    expect(await reader().auditEvent.count()).toBe(before);
    expect(await reader().issuedToken.count()).toBe(0);
  });
});

describe.each(Object.entries(ways))("%s while they read an export,", (_, end) => {
  it("nothing more is handed out", async () => {
    const { text } = await exportEvents(leaver, { format: "csv" });
    expect(await text.next()).toMatchObject({ done: false });
    end(leaver);
    expect(await refusalOf(text.next())).toMatchObject({ code: "unauthenticated" });
    expect(await text.next()).toMatchObject({ done: true });
  });
});

it("of those who issue at once, only who is out is refused; and a token is not given out again to them", async () => {
  const form = issueForm(key);
  await issueToken(leaver, form);
  const other = await desk.addMember("issuer");
  const stays = issueToken(other, issueForm(key));
  const leaves = refusalOf(issueToken(leaver, issueForm(key)));
  ways.disabled?.(leaver);
  expect(await stays).toMatchObject({ token: expect.any(String) });
  expect(await leaves).toMatchObject({ code: "unauthenticated" });
  expect(await refusalOf(issueToken(leaver, form))).toMatchObject({ code: "unauthenticated" });
});
