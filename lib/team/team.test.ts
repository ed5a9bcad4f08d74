/** A team's life: invited, joined, given another role, gone; and that there is always an admin who can get in. */
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { findSession } from "@/lib/auth/find-session";
import { countAttempt, countsAt } from "@/lib/auth/throttle";
import { endCredential } from "@/lib/credentials/end";
import { reader, transaction } from "@/lib/db";
import { limits } from "@/lib/limits";
import { issueForm, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { previewRevocation, revokeTokens } from "@/lib/tokens/revoke";
import { changeRole } from "./change-role";
import { listMemberHistory } from "./history";
import { inviteMember } from "./invite";
import { checkInvitation, joinTeam } from "./join";
import { readLinkState } from "./link-state";
import { getMember, listMembers } from "./list";
import { listInvitations } from "./list-invitations";
import { previewLeaving } from "./preview-leaving";
import { renewInvitation } from "./renew";
import { makeResetLink } from "./reset-link";
import { resetPassword } from "./reset-link-use";
import { setMemberStatus } from "./set-status";
import { withdrawInvitation } from "./withdraw";

const HOUR_MS = 3_600_000;
const PASSWORD = "seven quiet otters juggle plums";
const desk = await openDesk();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  desk.raw((db) => {
    db.exec("DELETE FROM AuditEvent; DELETE FROM LimitCount; DELETE FROM Invitation");
    // Whoever joins has the name for the test.
    db.exec("UPDATE Member SET name = id WHERE name = 'Ann Lee'");
    // Only the desk's own admin is one at the beginning.
    db.prepare("UPDATE Member SET disabledAt = 1 WHERE role = 'admin' AND id != ?").run(desk.admin.id);
  });
});
afterEach(() => vi.useRealTimers());

const newEmail = () => `ann-${randomUUID()}@example.com`;
const codeIn = ({ url }: { url: string }) => new URL(url).searchParams.get("code") ?? "";
const invite = async (email = newEmail(), role = "issuer", by = desk.admin) => {
  const link = await inviteMember(by, { email, role });
  return { ...link, code: codeIn(link) };
};
const join = (code: string, password = PASSWORD) => joinTeam(desk.visitor, { code, name: "Ann Lee", password });
const refusalOfLink = async (code: string) => (await refusalOf(checkInvitation(desk.visitor, code))).message;
const memberBy = (email: string) => reader().member.findUnique({ where: { email } });
const told = async () => (await recorded()).map(({ action, detail }) => [action, detail]);

describe("an invitation", () => {
  it("is a link that opens once: whoever has it joins with the role, and signs in", async () => {
    const { code, email, url, onlyHere, expiresAt } = await invite();
    expect([url.startsWith("http://localhost:3000/join?code="), onlyHere]).toEqual([true, true]);
    expect(expiresAt * 1000 - Date.now()).toBeCloseTo(72 * HOUR_MS, -4);
    expect(await checkInvitation(desk.visitor, code)).toEqual({ email, role: "issuer", invitedBy: desk.admin.name });
    // Where nobody may try to sign in any more: whoever has joined must not be kept out.
    for (let guess = 0; guess < limits.signInsAtAddress.most; guess++)
      await countAttempt(countsAt("signInsAtAddress", desk.visitor.origin.address));
    const { sessionId } = await join(code);
    const member = await memberBy(email);
    expect(member).toMatchObject({ name: "Ann Lee", role: "issuer", disabledAt: null });
    expect(await findSession(sessionId)).toMatchObject({ member: { id: member?.id } });
    expect(await told()).toEqual([
      ["member.invited", { email, role: "issuer" }],
      ["member.joined", { email, role: "issuer" }],
      ["auth.signed_in", { email }],
    ]);
    expect((await recorded("member.joined"))[0]).toMatchObject({ actorId: member?.id, memberId: member?.id });
    const { code: another } = await invite();
    const twin = joinTeam(desk.visitor, { code: another, name: "ann LEE", password: PASSWORD });
    expect((await refusalOf(twin)).extra.fields?.name).toMatch(/Add a surname or an initial/);
    expect(await refusalOfLink(code)).toMatch(/has been used/);
    expect((await refusalOf(join(code))).code).toBe("forbidden");
  });

  it("used by several at once lets one in", async () => {
    const { code, email } = await invite();
    const answers = await Promise.allSettled([join(code), join(code), join(code)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await memberBy(email)).not.toBeNull();
    expect(await recorded("member.joined")).toHaveLength(1);
  });

  it("keeps nothing in the database that opens it", async () => {
    const { code } = await invite();
    const kept = desk.raw((db) =>
      JSON.stringify(["Invitation", "AuditEvent"].map((t) => db.prepare(`SELECT * FROM ${t}`).all())),
    );
    expect(kept).not.toContain(code);
  });

  it("says of itself that it was withdrawn, replaced, or has expired after 72 hours to the second", async () => {
    const first = await invite();
    const { id = "" } = (await listInvitations(desk.admin)).rows[0] ?? {};
    await withdrawInvitation(desk.admin, { invitationId: id });
    await withdrawInvitation(desk.admin, { invitationId: id });
    expect(await refusalOfLink(first.code)).toMatch(/was withdrawn/);
    expect(await recorded("invitation.withdrawn")).toMatchObject([{ detail: { reason: "withdrawn" } }]);

    const second = await invite();
    expect((await listInvitations(desk.admin)).rows).toMatchObject([{ expired: false, expiresSoon: false }]);
    vi.setSystemTime(second.expiresAt * 1000 - 1);
    expect((await listInvitations(desk.admin)).rows).toMatchObject([{ expired: false, expiresSoon: true }]);
    await expect(checkInvitation(desk.visitor, second.code)).resolves.toBeDefined();
    vi.setSystemTime(second.expiresAt * 1000);
    expect(await refusalOfLink(second.code)).toMatch(/older than 72 hours/);
    expect((await refusalOf(join(second.code))).code).toBe("forbidden");
    expect((await listInvitations(desk.admin)).rows).toMatchObject([
      { email: second.email, expired: true, expiresSoon: false },
    ]);
    expect(await memberBy(second.email)).toBeNull();
  });

  it("gives way to a newer one for the same email, which is told", async () => {
    const first = await invite();
    const second = await invite(first.email.toUpperCase(), "auditor");
    expect([first.replaced, second.replaced]).toEqual([false, true]);
    const [{ id = "" } = {}, ...others] = (await listInvitations(desk.admin)).rows;
    expect(others).toEqual([]);
    const third = await renewInvitation(desk.admin, { invitationId: id });
    expect(third).toMatchObject({ email: first.email, role: "auditor", replaced: true });
    for (const { code } of [first, second]) expect(await refusalOfLink(code)).toMatch(/a newer link took its place/);
    await expect(checkInvitation(desk.visitor, codeIn(third))).resolves.toMatchObject({ role: "auditor" });
    expect((await refusalOf(renewInvitation(desk.admin, { invitationId: id }))).code).toBe("not_found");
    expect((await told()).map(([action]) => action)).toEqual([
      ...["member.invited", "invitation.withdrawn", "member.invited", "invitation.withdrawn", "member.invited"],
    ]);
  });

  it("is refused for the email of a member, at its field", async () => {
    const { fields } = (await refusalOf(invite(desk.issuer.email.toUpperCase()))).extra;
    expect(fields?.email).toMatch(/The issuer, who is in the team already/);
    const gone = await desk.addMember("issuer", "Gone");
    await setMemberStatus(desk.admin, { memberId: gone.id, disabled: true });
    expect((await refusalOf(invite(gone.email))).extra.fields?.email).toMatch(/Gone, who is disabled\. Enable them/);
    expect((await refusalOf(invite("no email"))).extra.fields).toHaveProperty("email");
    expect((await refusalOf(invite(newEmail(), "owner"))).extra.fields).toHaveProperty("role");
    expect((await listInvitations(desk.admin)).rows).toEqual([]);
  });

  it("takes no password that is easy to guess, and stays open", async () => {
    const { code } = await invite();
    for (const password of ["short", "password1234", "Ann Lee Ann Lee"])
      expect((await refusalOf(join(code, password))).extra.fields).toHaveProperty("password");
    await expect(join(code)).resolves.toBeDefined();
  });

  it("is found by nobody who guesses: wrong links are slowed, the right one opens all the same", async () => {
    const { code } = await invite();
    for (let guess = 0; guess < limits.invitationCodes.most; guess++)
      expect(await refusalOfLink(`guess-${guess}`)).toMatch(/is not right/);
    expect(await refusalOfLink("one more")).toMatch(/^Too many wrong invitation links/);
    expect(await recorded("limit.reached")).toHaveLength(1);
    await expect(checkInvitation(desk.visitor, code)).resolves.toBeDefined();
  });
});

describe("a member's role", () => {
  it("changes at once: their sessions end, and what it was and is stands in the log", async () => {
    const member = await desk.addMember("issuer");
    await changeRole(desk.admin, { memberId: member.id, role: "auditor" });
    expect(await findSession(member.sessionId)).toBeUndefined();
    expect(await told()).toEqual([
      ["member.changed", { email: member.email, changed: { role: ["issuer", "auditor"] } }],
      ["session.ended", { email: member.email, reason: "the role changed", sessions: 1 }],
    ]);
    await changeRole(desk.admin, { memberId: member.id, role: "auditor" });
    expect(await recorded()).toHaveLength(2);
    expect((await recorded())[0]).toMatchObject({ memberId: member.id, actorId: desk.admin.id });
  });

  it("of who is disabled is not given meanwhile, when nobody sees it", async () => {
    const { id: memberId } = await desk.addMember("issuer");
    await setMemberStatus(desk.admin, { memberId, disabled: true });
    expect(await refusalOf(changeRole(desk.admin, { memberId, role: "admin" }))).toMatchObject({ code: "conflict" });
    expect(await reader().member.findUnique({ where: { id: memberId } })).toMatchObject({ role: "issuer" });
  });

  it("taken from an admin takes back the links that they made", async () => {
    const second = await desk.addMember("admin");
    const { code } = await invite(newEmail(), "admin", second);
    await makeResetLink(second, { memberId: desk.support.id });
    await changeRole(desk.admin, { memberId: second.id, role: "issuer" });
    expect(await refusalOfLink(code)).toMatch(/was withdrawn/);
    expect(await recorded("member.changed")).toMatchObject([{ detail: { resetLinks: 1 } }]);
  });
});

describe("disabling", () => {
  it("ends every session in the same instant, and says why; enabling lets them sign in anew", async () => {
    const member = await desk.addMember("issuer");
    const key = await desk.addKey();
    desk.raw((db) => db.exec("DELETE FROM AuditEvent"));
    await setMemberStatus(desk.admin, { memberId: member.id, disabled: true, note: "Left the company." });
    expect(await findSession(member.sessionId)).toBeUndefined();
    await setMemberStatus(desk.admin, { memberId: member.id, disabled: true });
    const again = { memberId: member.id, disabled: true, note: "Stole a laptop." };
    expect((await refusalOf(setMemberStatus(desk.admin, again))).message).toMatch(/Your note was not saved/);
    await setMemberStatus(desk.admin, { memberId: member.id, disabled: false });
    // The old session stays over.
    expect(await findSession(member.sessionId)).toBeUndefined();
    expect(await told()).toEqual([
      [
        "member.disabled",
        { email: member.email, changed: { state: ["active", "disabled"] }, sessions: 1, note: "Left the company." },
      ],
      ["member.enabled", { email: member.email, changed: { state: ["disabled", "active"] } }],
    ]);
    expect(key.id).toBeDefined();
  });

  it("shows first what they leave, and takes back the links that they made", async () => {
    const leaver = await desk.addMember("admin", "The leaver");
    const key = await desk.addKey();
    desk.raw((db) => db.prepare("UPDATE SecretVersion SET enteredById = ? WHERE keyId = ?").run(leaver.id, key.id));
    for (let count = 0; count < 2; count++) await issueToken(leaver, issueForm(key));
    const { code, email } = await invite(newEmail(), "admin", leaver);
    const now = Date.now();
    desk.raw((db) =>
      db
        .prepare("INSERT INTO ResetLink VALUES ('r', ?, x'00', ?, ?, 'The leaver', ?, NULL)")
        .run(desk.issuer.id, now, leaver.id, now + HOUR_MS),
    );
    desk.raw((db) => {
      const insert = db.prepare(
        `INSERT INTO Template (id, profile, name, note, fills, version, state, createdAt, createdById, createdByName)
         VALUES (?, 'videosdk', ?, '', '{}', 1, ?, ?, ?, 'The leaver')`,
      );
      for (const state of ["proposed", "declined", "accepted"]) insert.run(`t-${state}`, state, state, now, leaver.id);
    });
    const { actor: endpoint } = await desk.addEndpoint(key, { name: "Demo app" });
    const { actor: program } = await desk.addProgram({ name: "CI" });
    const { actor: ended } = await desk.addProgram({ name: "Ended" });
    await endCredential(desk.admin, { credentialId: ended.id });
    desk.raw((db) => {
      db.prepare("UPDATE Endpoint SET ownerId = ? WHERE id = ?").run(leaver.id, endpoint.id);
      db.prepare("UPDATE Credential SET ownerId = ?").run(leaver.id);
    });
    const view = await getMember(desk.admin, leaver.id);
    expect(view).toMatchObject({ issuedTokens: 2, activeTokens: 2, onlyAdmin: false });
    expect(view?.leaves).toEqual({
      keys: [{ id: key.id, label: key.label, profile: "videosdk" }],
      active: [{ keyId: key.id, label: key.label, active: 2 }],
      invitations: [{ id: expect.any(String), email }],
      handovers: 0,
      proposals: [{ id: "t-proposed", name: "proposed" }],
      programs: [
        { kind: "endpoint", id: endpoint.id, name: "Demo app" },
        { kind: "credential", id: program.id, name: "CI" },
      ],
      resetLinks: 1,
      hasResetLink: false,
    });
    expect((await listMembers(desk.admin, { q: leaver.email })).rows).toEqual([view]);

    await makeResetLink(desk.admin, { memberId: leaver.id });
    expect((await getMember(desk.admin, leaver.id))?.leaves).toMatchObject({ resetLinks: 1, hasResetLink: true });
    await setMemberStatus(desk.admin, { memberId: leaver.id, disabled: true });
    expect(await refusalOfLink(code)).toMatch(/was withdrawn/);
    // The one that they made, and the one for them.
    expect(await recorded("member.disabled")).toMatchObject([{ detail: { resetLinks: 2 } }]);
    expect(await recorded("invitation.withdrawn")).toMatchObject([
      { detail: { email, reason: "whoever made it is no admin any more" } },
    ]);
    expect((await getMember(desk.admin, leaver.id))?.leaves).toMatchObject({
      ...{ invitations: [], resetLinks: 0, hasResetLink: false },
    });
    const { doneTo, did } = await listMemberHistory(desk.admin, leaver.id);
    expect(doneTo.map(({ action }) => action)).toEqual(["member.disabled", "member.reset"]);
    expect(did.map(({ action }) => action)).toEqual(["member.invited", "token.issued", "token.issued"]);
    // However often they were named meanwhile.
    await transaction(async (tx) => {
      const event = { action: "auth.signed_in", outcome: "ok", detail: { email: leaver.email } } as const;
      for (let count = 0; count < 450; count++)
        await recordEvent(tx, leaver, { ...event, target: { memberId: leaver.id } });
    });
    expect((await listMemberHistory(desk.admin, leaver.id)).doneTo).toEqual(doneTo);
    const scope = { of: "member", memberId: leaver.id };
    const { upTo } = await previewRevocation(desk.admin, scope);
    await revokeTokens(desk.admin, { scope, reason: "They left", upTo });
    const after = (await listMemberHistory(desk.admin, leaver.id)).doneTo;
    expect(after.map(({ action }) => action)).toEqual(["token.revoked", ...doneTo.map(({ action }) => action)]);
  });

  it("stops what was under way: a request that was let in before does nothing after", async () => {
    const leaver = await desk.addMember("admin");
    const email = newEmail();
    const [, late] = await Promise.allSettled([
      setMemberStatus(desk.admin, { memberId: leaver.id, disabled: true }),
      invite(email, "admin", leaver),
    ]);
    // Whichever came first, no link of theirs is open.
    if (late.status === "fulfilled") expect(await refusalOfLink(late.value.code)).toMatch(/was withdrawn/);
    expect((await refusalOf(invite(email, "admin", leaver))).code).toBe("unauthenticated");
    expect((await listInvitations(desk.admin)).rows).toEqual([]);
  });
});

describe("the list", () => {
  it("has pages of members and of invitations, of all or of those whom words find; and counts all", async () => {
    const team = Array.from({ length: 120 }, (_, index) => [`Zoë ${index}`, `zoe-${index}@example.com`] as const);
    const before = await listMembers(desk.admin);
    desk.raw((db) => {
      for (const [name, email] of team) {
        const [id, code] = [randomUUID(), Buffer.from(email)];
        const [now, later] = [Date.now(), Date.now() + HOUR_MS];
        db.prepare(
          "INSERT INTO Member (id, name, email, passwordHash, role, createdAt, disabledAt) VALUES (?, ?, ?, '', 'issuer', ?, ?)",
        ).run(id, name, email, now, name === "Zoë 7" ? now : null);
        db.prepare(
          "INSERT INTO Invitation (id, email, role, linkHash, createdAt, createdById, createdByName, expiresAt) VALUES (?, ?, 'issuer', ?, ?, '', '', ?)",
        ).run(id, `invited-${email}`, code, now + Number(name.slice(4)), later);
      }
    });
    const found = await listMembers(desk.admin, { q: "ZOE" });
    expect(found).toMatchObject({ page: 1, pages: 3, total: 120, disabled: before.disabled + 1 });
    expect(found.active).toBe(before.active + 119);
    const rest = await Promise.all([2, 3, 99].map((page) => listMembers(desk.admin, { q: "ZOE", page })));
    expect(rest.map(({ page, rows }) => [page, rows.length])).toEqual([
      [2, 50],
      [3, 20],
      [3, 20],
    ]);
    const names = [found, ...rest.slice(0, 2)].flatMap(({ rows }) => rows.map(({ name }) => name));
    expect(new Set(names).size).toBe(120);
    expect([names[0], names.at(-1)]).toEqual(["Zoë 0", "Zoë 7"]);
    expect((await listMembers(desk.admin, { q: "zoe-11@ example" })).rows).toMatchObject([{ name: "Zoë 11" }]);
    // What cannot be read is left out, and so is what no address may hold.
    expect(await listMembers(desk.admin, { q: "eyJhbGciOiJIUzI1NiJ9.eyJ4IjoxfQ.c2ln", page: "x" })).toMatchObject({
      ...{ page: 1, total: before.total + 120 },
    });

    const invitations = await listInvitations(desk.admin, { invited: "2" });
    expect(invitations).toMatchObject({ page: 2, pages: 3, total: 120, nextAdmin: undefined });
    expect(invitations.rows[0]?.email).toBe("invited-zoe-69@example.com");
    expect((await listInvitations(desk.admin, { q: "zoe-11@" })).rows).toHaveLength(1);
    const { email } = await invite(newEmail(), "admin");
    expect((await listInvitations(desk.admin, { q: "nobody" })).nextAdmin).toBe(email);
    desk.raw((db) => db.exec("DELETE FROM Member WHERE name LIKE 'Zoë %'"));
  });
});

describe("a link that was made", () => {
  it("is told to be open, used, or closed by whatever closed it", async () => {
    const member = await desk.addMember("issuer");
    const of = (kind: string, { id }: { id: string }) => readLinkState(desk.admin, { kind, id });
    const made = () => Promise.all([invite(), makeResetLink(desk.admin, { memberId: member.id })] as const);
    const [invited, reset] = await made();
    expect([await of("invitation", invited), await of("reset", reset)]).toEqual(["open", "open"]);
    // An id of the other kind is none.
    expect([await of("reset", invited), await of("invitation", reset)]).toEqual(["closed", "closed"]);
    await join(invited.code);
    await resetPassword(desk.visitor, { code: codeIn(reset), password: PASSWORD });
    expect([await of("invitation", invited), await of("reset", reset)]).toEqual(["used", "used"]);
    const [second, again] = await made();
    const third = await renewInvitation(desk.admin, { invitationId: second.id });
    await makeResetLink(desk.admin, { memberId: member.id });
    expect([await of("invitation", second), await of("reset", again)]).toEqual(["closed", "closed"]);
    expect(await of("invitation", third)).toBe("open");
    vi.setSystemTime(third.expiresAt * 1000);
    expect(await of("invitation", third)).toBe("closed");
  });
});

describe("the last active admin", () => {
  const demote = (by: Member, of: Member) => changeRole(by, { memberId: of.id, role: "issuer" });
  const disable = (by: Member, of: Member) => setMemberStatus(by, { memberId: of.id, disabled: true });
  const activeAdmins = () => reader().member.count({ where: { role: "admin", disabledAt: null } });

  it.each([
    ["demoted", demote],
    ["disabled", disable],
  ])("can't be %s, also not by themselves", async (_, act) => {
    expect((await listMembers(desk.admin)).rows).toContainEqual(
      expect.objectContaining({ id: desk.admin.id, onlyAdmin: true }),
    );
    const refusal = await refusalOf(act(desk.admin, desk.admin));
    expect([refusal.code, refusal.message]).toEqual(["conflict", expect.stringContaining("is the last active admin")]);
    expect(await findSession(desk.admin.sessionId)).toBeDefined();
    expect(await recorded()).toEqual([]);
  });

  it.each([
    ["each other, at once", (one: Member, other: Member) => [disable(one, other), disable(other, one)]],
    ["themselves, both at once", (one: Member, other: Member) => [demote(one, one), disable(other, other)]],
    [
      "in both ways at once",
      (one: Member, other: Member) => [demote(one, other), demote(other, one), disable(one, one)],
    ],
  ])("is still there after two admins act on %s", async (_, act) => {
    const one = await desk.addMember("admin");
    const other = await desk.addMember("admin");
    desk.raw((db) => db.prepare("UPDATE Member SET disabledAt = 1 WHERE id = ?").run(desk.admin.id));
    try {
      await Promise.allSettled(act(one, other));
      expect(await activeAdmins()).toBe(1);
    } finally {
      desk.raw((db) => db.prepare("UPDATE Member SET disabledAt = NULL WHERE id = ?").run(desk.admin.id));
    }
  });
});

describe("for others than admins", () => {
  it.each(["issuer", "auditor", "support"] as const)("an %s is refused, and it is recorded", async (role) => {
    const acts = [
      ...[() => listMembers(desk[role]), () => listInvitations(desk[role]), () => getMember(desk[role], desk.admin.id)],
      ...[() => readLinkState(desk[role], {}), () => previewLeaving(desk[role], {})],
      ...[() => listMemberHistory(desk[role], desk.admin.id), () => inviteMember(desk[role], {})],
      ...[() => renewInvitation(desk[role], {}), () => withdrawInvitation(desk[role], {})],
      ...[() => changeRole(desk[role], {}), () => setMemberStatus(desk[role], {})],
    ];
    for (const act of acts) expect((await refusalOf(act())).code).toBe("forbidden");
    expect(await recorded()).toHaveLength(acts.length);
  });

  it.each([[{}], [null], [{ memberId: 7, role: "issuer" }], [{ memberId: "x".repeat(41), disabled: true }]])(
    "what is no request is none: %j",
    async (input) => {
      for (const verb of [
        changeRole,
        setMemberStatus,
        renewInvitation,
        withdrawInvitation,
        readLinkState,
        previewLeaving,
      ])
        expect((await refusalOf(verb(desk.admin, input))).code).toBe("invalid");
    },
  );

  it("one who is not there is not found", async () => {
    const memberId = "nobody";
    expect((await refusalOf(previewLeaving(desk.admin, { memberId }))).code).toBe("not_found");
    expect((await refusalOf(changeRole(desk.admin, { memberId, role: "issuer" }))).code).toBe("not_found");
    expect((await refusalOf(setMemberStatus(desk.admin, { memberId, disabled: true }))).code).toBe("not_found");
    expect((await refusalOf(withdrawInvitation(desk.admin, { invitationId: memberId }))).code).toBe("not_found");
    expect(await getMember(desk.admin, memberId)).toBeUndefined();
  });
});
