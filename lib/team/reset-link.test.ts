/** Reset links: made by admins alone, opened once by whoever has one, and worth nothing for a disabled member. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Member } from "@/lib/auth/actor";
import { findSession } from "@/lib/auth/find-session";
import { verifyPassword } from "@/lib/auth/password";
import { startSession } from "@/lib/auth/sign-in";
import { reader } from "@/lib/db";
import { openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { makeResetLink } from "./reset-link";
import { checkResetLink, resetPassword } from "./reset-link-use";
import { setMemberStatus } from "./set-status";

const NEXT = "seven marble kites asleep";
const desk = await openDesk();
let member: Member;

beforeEach(async () => {
  member = await desk.addMember("issuer", "Ivo Petrov");
  desk.raw((db) => db.exec("DELETE FROM AuditEvent; DELETE FROM LimitCount"));
});

const make = async () => {
  const made = await makeResetLink(desk.admin, { memberId: member.id });
  return { ...made, code: new URL(made.url).searchParams.get("code") ?? "" };
};
const change = (column: string, value: number | null, table = "ResetLink", id = "memberId") =>
  desk.raw((db) => db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${id} = ?`).run(value, member.id));
const refused = async (code: string) => (await refusalOf(checkResetLink(desk.visitor, code))).message;

describe("a reset link", () => {
  it("is made by an admin, for a day, and kept as a hash; the one before opens no more", async () => {
    const { code: before } = await make();
    const { code, url, email, expiresAt, onlyHere } = await make();
    expect({ email, onlyHere }).toEqual({ email: member.email, onlyHere: true });
    expect(url).toMatch(/^http:\/\/localhost:3000\/reset\?code=[\w-]{32}$/);
    expect(Math.round((expiresAt - Date.now() / 1000) / 60)).toBe(24 * 60);
    expect(await refused(before)).toMatch(/another took its place/);
    expect(await checkResetLink(desk.visitor, code)).toEqual({ name: "Ivo Petrov", email });
    expect(JSON.stringify(await reader().resetLink.findMany())).not.toContain(code);
    const made = await recorded("member.reset");
    expect(made.map(({ detail, memberId }) => [detail, memberId])).toEqual([
      [{ email }, member.id],
      [{ email, resetLinks: 1 }, member.id],
    ]);
    expect(JSON.stringify(made)).not.toContain(code);
    for (const other of [desk.issuer, desk.auditor, desk.support])
      expect((await refusalOf(makeResetLink(other, { memberId: member.id }))).code).toBe("forbidden");
    expect((await refusalOf(makeResetLink(desk.admin, { memberId: "nobody" }))).code).toBe("not_found");
    // Nobody gets by it past the question for their own current password.
    expect((await refusalOf(makeResetLink(desk.admin, { memberId: desk.admin.id }))).code).toBe("conflict");
  });

  it("sets a new password once, ends every session, and signs in, as the log tells", async () => {
    const { sessionId: theirs } = await startSession(desk.visitor, desk.auditor);
    const { code } = await make();
    const { sessionId } = await resetPassword(desk.visitor, { code, password: NEXT }, theirs);
    expect(await findSession(member.sessionId)).toBeUndefined();
    expect(await findSession(theirs)).toBeUndefined();
    expect(await findSession(sessionId)).toMatchObject({ member: { id: member.id } });
    const { passwordHash } = await reader().member.findUniqueOrThrow({ where: { id: member.id } });
    expect(await verifyPassword(passwordHash, NEXT)).toBe(true);
    const events = (await recorded()).filter(({ actorId }) => actorId === member.id);
    expect(events.map(({ action, detail }) => [action, detail])).toEqual([
      ["session.ended", { email: desk.auditor.email, reason: "signed in anew" }],
      ["member.password_changed", { by: "a reset link" }],
      ["session.ended", { reason: "the password changed", sessions: 1 }],
      ["auth.signed_in", { email: member.email }],
    ]);
    expect(await refused(code)).toMatch(/has been used/);
    expect((await refusalOf(resetPassword(desk.visitor, { code, password: NEXT }))).code).toBe("forbidden");
  });

  it("is used once by two at the same time", async () => {
    const { code } = await make();
    const tries = [NEXT, `${NEXT} too`].map((password) => resetPassword(desk.visitor, { code, password }));
    const states = (await Promise.allSettled(tries)).map(({ status }) => status);
    expect(states.sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("refuses a password that is easy to guess, and stays open", async () => {
    const { code } = await make();
    const refusal = await refusalOf(resetPassword(desk.visitor, { code, password: "Ivo Petrov 2026" }));
    expect(refusal.extra.fields?.password).toMatch(/easy to guess/);
    expect(await checkResetLink(desk.visitor, code)).toMatchObject({ email: member.email });
  });

  it("opens no more after a day, nor for a member who is disabled, for whom none is made", async () => {
    const { code } = await make();
    change("expiresAt", Date.now());
    expect(await refused(code)).toMatch(/older than 24 hours/);
    change("expiresAt", Date.now() + 60_000);
    change("disabledAt", 1, "Member", "id");
    expect(await refused(code)).toMatch(/disabled/);
    expect((await refusalOf(resetPassword(desk.visitor, { code, password: NEXT }))).code).toBe("forbidden");
    expect((await refusalOf(makeResetLink(desk.admin, { memberId: member.id }))).code).toBe("conflict");
  });

  it("says of a member who was disabled that they are, and what may have ended it once they are enabled again", async () => {
    const { code } = await make();
    await setMemberStatus(desk.admin, { memberId: member.id, disabled: true });
    expect(await refused(code)).toMatch(/^This account is disabled/);
    await setMemberStatus(desk.admin, { memberId: member.id, disabled: false });
    expect(await refused(code)).toMatch(/the account was disabled/);
  });

  it("that is wrong is counted by address, and never keeps the right one out", async () => {
    const { code } = await make();
    const codes: string[] = [];
    for (let count = 0; count < 9; count += 1)
      codes.push((await refusalOf(checkResetLink(desk.visitor, `wrong ${count}`))).code);
    expect(codes).toEqual([...Array(8).fill("forbidden"), "throttled"]);
    expect(await checkResetLink(desk.visitor, code)).toMatchObject({ email: member.email });
    expect((await recorded("limit.reached")).map(({ detail }) => detail.what)).toEqual([
      "wrong reset links from one address",
    ]);
  });
});
