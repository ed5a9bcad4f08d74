/** Recording: inside the act's own transaction, with all that is known of who did it, and never a secret. */

import { beforeEach, describe, expect, it } from "vitest";
import { endSession } from "@/lib/auth/sign-out";
import { reader, transaction } from "@/lib/db";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { setKeyStatus } from "@/lib/keys/set-status";
import { failureOf, issueForm, openDesk, recorded } from "@/lib/test-desk";
import { inspectToken } from "@/lib/tokens/inspect";
import { issueToken } from "@/lib/tokens/issue";
import { signToken } from "@/lib/tokens/sign";
import { actionWords, auditActions, isAuditAction } from "./actions";
import { recordEvent } from "./record";

const desk = await openDesk();
beforeEach(() => desk.raw((db) => db.exec("DELETE FROM AuditEvent; DELETE FROM Counter")));
const events = () => recorded();

describe("an event", () => {
  it("has the next number, and everything of who, what and where", async () => {
    const at = new Date("2026-11-24T03:04:05.678Z");
    const numbers = await transaction(async (tx) => [
      await recordEvent(tx, desk.admin, { action: "auth.signed_out", outcome: "ok", detail: {}, at }),
      await recordEvent(tx, desk.visitor, {
        action: "auth.sign_in_failed",
        outcome: "failed",
        detail: { email: "maya@example.com", reason: "throttled" },
        target: {
          key: { id: "k", label: "Staging" },
          token: { number: 7, keyId: "other", room: "r", subject: "p" },
          jti: "j",
          sha256: "ab".repeat(32),
          memberId: "m",
        },
      }),
    ]);
    expect(numbers).toEqual([1, 2]);
    const { id: actorId, name: actorName, origin } = desk.admin;
    expect(await events()).toEqual([
      {
        sequence: 1,
        at,
        action: "auth.signed_out",
        outcome: "ok",
        actorKind: "member",
        actorId,
        actorName,
        ...origin,
        detail: {},
        keyId: null,
        keyLabel: null,
        room: null,
        subject: null,
        jti: null,
        tokenNumber: null,
        sha256: null,
        memberId: null,
        token: null,
        case: null,
        recorded: expect.stringContaining('"action":"auth.signed_out"'),
      },
      {
        sequence: 2,
        at: expect.any(Date),
        action: "auth.sign_in_failed",
        outcome: "failed",
        actorKind: "visitor",
        actorId: null,
        actorName: "A visitor",
        ...desk.visitor.origin,
        detail: { email: "maya@example.com", reason: "throttled" },
        keyId: "k",
        keyLabel: "Staging",
        // Of the ledger, which does not have it here.
        room: null,
        subject: null,
        jti: "j",
        tokenNumber: 7,
        sha256: "ab".repeat(32),
        memberId: "m",
        token: null,
        case: null,
        recorded: expect.stringContaining('"action":"auth.sign_in_failed"'),
      },
    ]);
    const rows = await reader().auditEvent.findMany({ orderBy: { sequence: "asc" } });
    expect(rows[1]).toMatchObject({ keyId: "k", room: "r", subject: "p", tokenNumber: 7 });
    expect(JSON.parse(rows[1]?.body ?? "")).toMatchObject({
      tokenNumber: 7,
      memberId: "m",
      actor: { kind: "visitor" },
    });
    expect(JSON.parse(rows[0]?.body ?? "")).toEqual({
      ...{ action: "auth.signed_out", at: at.toISOString(), outcome: "ok" },
      actor: { kind: "member", id: actorId, name: actorName, sessionId: desk.admin.sessionId },
      ...origin,
    });
  });

  it("is one canonical text, whatever the order in which it was put together", async () => {
    await transaction((tx) =>
      recordEvent(tx, desk.visitor, {
        action: "limit.reached",
        outcome: "denied",
        detail: { what: "sign-ins", seconds: 900, most: 8, email: "\u00e9@example.com" },
      }),
    );
    const [row] = await reader().auditEvent.findMany();
    expect(row?.body).toBe(
      `{"action":"limit.reached","actor":{"kind":"visitor"},"address":"${desk.visitor.origin.address}","at":"${row?.at.toISOString()}",` +
        `"detail":{"email":"\u00e9@example.com","most":8,"seconds":900,"what":"sign-ins"},"outcome":"denied",` +
        `"requestId":"${desk.visitor.origin.requestId}","userAgent":"a visitor","via":"dashboard"}`,
    );
  });

  it("of more than 16 kB is refused, and leaves no gap", async () => {
    const long = (length: number, letter = "x") =>
      transaction((tx) =>
        recordEvent(tx, desk.visitor, {
          action: "auth.sign_in_failed",
          outcome: "failed",
          detail: { email: letter.repeat(length), reason: "throttled" },
        }),
      );
    expect((await failureOf(long(17_000))).message).toContain("16384 bytes");
    // Counted in bytes, of which these have three each.
    expect((await failureOf(long(6_000, "→"))).message).toContain("16384 bytes");
    expect(await long(15_000)).toBe(1);
  });

  it("goes when its act does, with its number", async () => {
    await failureOf(
      transaction(async (tx) => {
        await recordEvent(tx, desk.admin, { action: "auth.signed_out", outcome: "ok", detail: {} });
        throw new Error("the act failed");
      }),
    );
    expect(await events()).toEqual([]);
    const next = await transaction((tx) =>
      recordEvent(tx, desk.admin, { action: "auth.signed_out", outcome: "ok", detail: {} }),
    );
    expect(next).toBe(1);
  });

  it("outlives the member and the key that it is about", async () => {
    const member = await desk.addMember("issuer", "Somebody who left");
    await endSession(member);
    desk.raw((db) => {
      db.prepare("DELETE FROM Session WHERE memberId = ?").run(member.id);
      db.prepare("DELETE FROM Member WHERE id = ?").run(member.id);
    });
    expect((await events()).at(-1)).toMatchObject({ actorId: member.id, actorName: "Somebody who left" });
  });
});

it("a whole day's work leaves no token and no secret in the audit log", async () => {
  const key = await desk.addKey();
  const { token, claims } = await issueToken(desk.issuer, { ...issueForm(key), roomId: "r", purpose: "A demo" });
  const elsewhere = await signToken({ ...claims, jti: "elsewhere" }, key.secret, ALGORITHM);
  const altered = await signToken({ ...claims, permissions: ["allow_mod"] }, key.secret, ALGORITHM);
  for (const each of [token, elsewhere, altered]) await inspectToken(desk.admin, { token: each });
  await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
  await setKeyStatus(desk.admin, { keyId: key.id, disabled: false });
  await failureOf(setKeyStatus(desk.auditor, { keyId: key.id, disabled: true }));
  await endSession(desk.issuer);
  const log = JSON.stringify(await events());
  expect((await events()).map(({ action }) => action)).toEqual([
    "key.created",
    "token.issued",
    "token.inspected",
    "token.signed_elsewhere",
    "token.inspected",
    "token.signed_elsewhere",
    "case.opened",
    "key.disabled",
    "key.enabled",
    "access.denied",
    "auth.signed_out",
  ]);
  const hidden = [key.secret, ...[token, elsewhere, altered].flatMap((each) => each.split("."))].filter(
    (part) => part.length > 40,
  );
  for (const part of hidden) expect(log).not.toContain(part);
});

describe("the list of actions", () => {
  it("has words for each, and knows no other", () => {
    for (const action of auditActions) expect(actionWords[action]).toMatch(/^[a-z]/);
    for (const text of ["", "token.stolen", "toString", "__proto__", "constructor"])
      expect(isAuditAction(text)).toBe(false);
    expect(isAuditAction("token.issued")).toBe(true);
  });
});
