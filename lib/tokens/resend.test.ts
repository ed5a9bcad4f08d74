/** A double click, a resend, and what only looks like one. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { newJti } from "@/lib/composer/new-jti";
import { reader } from "@/lib/db";
import { setKeyStatus } from "@/lib/keys/set-status";
import { limits } from "@/lib/limits";
import { forgetProcessWide } from "@/lib/process-wide";
import { issueForm, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { issueToken } from "./issue";
import { issueBatch } from "./issue-batch";
import { revokeTokens } from "./revoke";

const desk = await openDesk();
let key: TestKey;
let form: ReturnType<typeof issueForm> & { purpose: string; roomId: string };

beforeEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  forgetProcessWide("limit resends");
  key = await desk.addKey();
  form = { ...issueForm(key), purpose: "A demo", roomId: "2kyv-gzay-64pg" };
  desk.raw((db) => db.exec("DELETE FROM IssuedToken; DELETE FROM Counter; DELETE FROM AuditEvent"));
});

const counts = async () => ({
  rows: await reader().issuedToken.count(),
  events: await reader().auditEvent.count({ where: { action: "token.issued" } }),
});
const once = { rows: 1, events: 1 };

const refused = async () => (await recorded("token.refused")).map(({ detail }) => detail);

const refusal = (input: unknown, actor = desk.issuer) => refusalOf(issueToken(actor, input));

/** Time itself, whatever a clock shows. */
function wait(seconds: number): void {
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now + seconds * 1000);
}

/** Only the clock: the database keeps its timers. */
function travel(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
}

describe("the same form again", () => {
  it("is answered with the same token, byte for byte, and issues nothing", async () => {
    const first = await issueToken(desk.issuer, form);
    expect(await issueToken(desk.issuer, form)).toEqual(first);
    expect(await counts()).toEqual(once);
  });

  it("but not because a batch was sent under the same id meanwhile", async () => {
    await issueToken(desk.issuer, form);
    wait(61);
    const { jti: requestId, roomId: _, ...common } = form;
    await issueBatch(desk.issuer, { ...common, requestId, rows: [{ participantId: "guest-1" }] });
    expect((await refusal(form)).message).toMatch(/already/);
    expect(await counts()).toEqual({ rows: 2, events: 2 });
  });

  it("within a minute, and each time it leaves again is recorded", async () => {
    const first = await issueToken(desk.issuer, form);
    wait(59);
    expect(await issueToken(desk.issuer, form)).toEqual(first);
    expect(await issueToken(desk.issuer, form)).toEqual(first);
    const resent = await recorded("token.resent");
    expect(resent).toMatchObject(
      Array(2).fill({ tokenNumber: 1, keyId: key.id, jti: form.jti, actorId: desk.issuer.id, outcome: "ok" }),
    );
    expect(await counts()).toEqual(once);
  });

  it("also when its jti is written in capitals", async () => {
    const first = await issueToken(desk.issuer, form);
    expect(await issueToken(desk.issuer, { ...form, jti: form.jti.toUpperCase() })).toEqual(first);
    expect(await counts()).toEqual(once);
  });

  it("ten times at once is one token in both books", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => issueToken(desk.issuer, form)));
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1);
    expect(new Set(answers.map(({ number }) => number))).toEqual(new Set([1]));
    expect(await counts()).toEqual(once);
    expect((await issueToken(desk.issuer, issueForm(key))).number).toBe(2);
  });

  it("also when the lifetime or the lists are written in another way that means the same", async () => {
    const first = await issueToken(desk.issuer, { ...form, permissions: ["allow_join", "allow_mod"] });
    const again = { ...form, permissions: ["allow_mod", "allow_join"], expiresIn: "120m", roomId: " 2kyv-gzay-64pg" };
    expect(await issueToken(desk.issuer, again)).toEqual(first);
    expect(await counts()).toEqual(once);
  });
});

it("writes the number of the first as every page does", async () => {
  desk.raw((db) => db.exec("INSERT OR REPLACE INTO Counter (name, value) VALUES ('ledger', 3458)"));
  await issueToken(desk.issuer, form);
  const { message } = await refusalOf(issueToken(desk.issuer, { ...form, purpose: "another" }));
  expect(message).toMatch(/^This form has issued token No\.\s3,459 already\./);
});

describe("a token id that was used already is a conflict, nothing more is issued, and no token is given out:", () => {
  const conflict = async (input: unknown, actor = desk.issuer) => {
    const first = await issueToken(desk.issuer, form);
    const { code, message } = await refusal(input, actor);
    expect(code).toBe("conflict");
    expect(message).toBe(
      "This form has issued token No.\u00a01 already. Nothing more was issued; press the button again to issue another.",
    );
    expect(message).not.toContain(first.token);
    expect(await counts()).toEqual(once);
    expect(await refused()).toEqual([{ reason: "already issued", fields: [] }]);
    // The event leads to the token that has the id, and is found by it.
    const found = await listEvents(desk.auditor, { token: form.jti, action: "token.refused" });
    expect(found.events.map(({ tokenNumber }) => tokenNumber)).toEqual([1]);
  };

  it.each([
    ["other permissions", { permissions: ["ask_join"] }],
    ["another room", { roomId: "aaaa-bbbb-cccc" }],
    ["no room", { roomId: "" }],
    ["a participant", { participantId: "p" }],
    ["a role", { roles: ["rtc"] }],
    ["another lifetime", { expiresIn: "3h" }],
    ["a template", { template: "participant" }],
    ["another purpose", { purpose: "Another demo" }],
  ])("with %s", async (_, change) => {
    await conflict({ ...form, ...change });
  });

  it("with another key", async () => {
    const other = await desk.addKey();
    desk.raw((db) => db.exec("DELETE FROM AuditEvent"));
    await conflict({ ...form, keyId: other.id });
  });

  it("by another member, whatever their role", async () => {
    await conflict(form, desk.admin);
    await expect(refusal(form, await desk.addMember("issuer"))).resolves.toMatchObject({ code: "conflict" });
  });

  it("from another session of the same member", async () => {
    await conflict(form, { ...desk.issuer, sessionId: newJti() });
  });

  it("as another program, or as an endpoint of the same id", async () => {
    const { actor: program } = await desk.addProgram();
    const { actor: endpoint } = await desk.addEndpoint(key);
    const asEndpoint = { ...endpoint, id: program.id };
    const first = await issueToken(program, form);
    expect(await issueToken(program, form)).toEqual(first);
    for (const other of [{ ...program, id: "another" }, asEndpoint])
      expect((await refusalOf(issueToken(other, form))).code).toBe("conflict");
    // By what asked, not by its name alone: the row of a program without a credential is nobody else's.
    desk.raw((db) => db.exec("UPDATE IssuedToken SET credentialId = NULL"));
    expect((await refusalOf(issueToken(asEndpoint, form))).code).toBe("conflict");
  });

  it("by a row that does not say which session asked, as rows of an earlier version", async () => {
    await issueToken(desk.issuer, form);
    desk.raw((db) => db.exec("UPDATE IssuedToken SET sessionId = NULL"));
    expect((await refusal(form)).code).toBe("conflict");
  });

  it("61 seconds later: it has been shown once", async () => {
    await issueToken(desk.issuer, form);
    wait(61);
    expect((await refusal(form)).code).toBe("conflict");
    expect(await counts()).toEqual(once);
  });

  it.each([-86_400, -3600, -1])(
    "61 seconds later, though somebody has set the clock to %i seconds from now",
    async (seconds) => {
      await issueToken(desk.issuer, form);
      wait(61);
      travel(seconds);
      expect((await refusal(form)).code).toBe("conflict");
    },
  );

  it("after a restart, of which the new process remembers nothing", async () => {
    await issueToken(desk.issuer, form);
    forgetProcessWide("recent token ids");
    expect((await refusal(form)).code).toBe("conflict");
  });

  it("after its key was disabled: a disabled key gives out nothing more", async () => {
    await issueToken(desk.issuer, form);
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    const { code, message } = await refusal(form);
    expect(code).toBe("conflict");
    expect(message).toContain("its key was disabled since");
    expect(await reader().auditEvent.count({ where: { action: "token.resent" } })).toBe(0);
  });

  it("after it was revoked: what somebody took back is not given out", async () => {
    const { number } = await issueToken(desk.issuer, form);
    const scope = { of: "numbers", numbers: [number] };
    await revokeTokens(desk.admin, { scope, upTo: number, reason: "It leaked." });
    const { code, message } = await refusal(form);
    expect([code, message]).toEqual(["conflict", expect.stringContaining("it was revoked since")]);
    expect(await reader().auditEvent.count({ where: { action: "token.resent" } })).toBe(0);
  });

  it("after the key's secret was replaced", async () => {
    await issueToken(desk.issuer, form);
    desk.raw((db) => db.exec("UPDATE IssuedToken SET secretVersionId = 'the one before'"));
    expect((await refusal(form)).code).toBe("conflict");
    expect(await counts()).toEqual(once);
  });

  it("with a ledger row that somebody has changed by hand: what is signed again must be what was issued", async () => {
    await issueToken(desk.issuer, form);
    desk.raw((db) => db.exec("UPDATE IssuedToken SET sha256 = zeroblob(32)"));
    expect((await refusal(form)).code).toBe("conflict");
  });

  it("at the very same moment with something else: one of the two is issued", async () => {
    const results = await Promise.allSettled([
      issueToken(desk.issuer, form),
      issueToken(desk.issuer, { ...form, purpose: "Another demo" }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await counts()).toEqual(once);
  });
});

it("beyond the limit a program that asks again and again gets no token, and that is recorded once", async () => {
  const first = await issueToken(desk.issuer, form);
  for (let time = 1; time <= limits.resends.most; time++) expect(await issueToken(desk.issuer, form)).toEqual(first);
  for (let time = 1; time <= 3; time++) expect((await refusal(form)).code).toBe("throttled");
  expect(await reader().auditEvent.count({ where: { action: "token.resent" } })).toBe(limits.resends.most);
  const reached = await recorded("limit.reached");
  expect(reached.map(({ detail }) => detail)).toEqual([
    { what: limits.resends.what, most: limits.resends.most, seconds: 60 },
  ]);
  expect(await refused()).toEqual([]);
  expect(await counts()).toEqual(once);
});

describe("an auditor", () => {
  it("gets no token by knowing its id", async () => {
    await issueToken(desk.issuer, form);
    expect((await refusal(form, desk.auditor)).code).toBe("forbidden");
  });
});

it("another token id is another token", async () => {
  const first = await issueToken(desk.issuer, form);
  const second = await issueToken(desk.issuer, { ...form, jti: newJti() });
  expect(second.token).not.toBe(first.token);
  expect(second.number).toBe(2);
});
