/** Creating the first admin: with the code, once, and with a password worth having. */
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { reader } from "@/lib/db";
import type { AppError } from "@/lib/errors";
import { openDesk, refusalOf } from "@/lib/test-desk";
import { verifyPassword } from "./password";
import { createFirstAdmin, isSetupCode, needsSetup, setupCode } from "./setup";

const PASSWORD = "correct otter violin rain";
const desk = await openDesk();

beforeEach(() => {
  delete (globalThis as { claimcheckLimiters?: unknown }).claimcheckLimiters;
  desk.raw((db) => db.exec("DELETE FROM Session; DELETE FROM Member; DELETE FROM AuditEvent"));
});

const form = (more: object = {}) => ({
  code: setupCode(),
  name: "Maya Fernandes",
  email: "Maya@Example.com ",
  password: PASSWORD,
  ...more,
});

const refusal = (input: unknown) => refusalOf(createFirstAdmin(desk.visitor, input));

const members = () => reader().member.findMany();

describe("the setup code", () => {
  it("is the same after a restart, too long to guess, and fit for a link", () => {
    expect(setupCode()).toBe(setupCode());
    expect(setupCode()).toMatch(/^[\w-]{22}$/);
  });

  it("gives away nothing of AUTH_SECRET", () => {
    expect(process.env.AUTH_SECRET).not.toContain(setupCode().slice(0, 8));
  });

  it("is right as a whole only", () => {
    const code = setupCode();
    expect(isSetupCode(code)).toBe(true);
    for (const wrong of ["", code.slice(0, -1), `${code}x`, code.toLowerCase(), ` ${code}`])
      expect(isSetupCode(wrong), JSON.stringify(wrong)).toBe(wrong === code);
  });
});

describe("with the code", () => {
  it("makes an admin who can sign in, and records it under their name", async () => {
    expect(await needsSetup()).toBe(true);
    expect(await createFirstAdmin(desk.visitor, form())).toEqual({ email: "maya@example.com", password: PASSWORD });
    expect(await needsSetup()).toBe(false);
    const [member] = await members();
    expect(member).toMatchObject({
      name: "Maya Fernandes",
      email: "maya@example.com",
      role: "admin",
      disabledAt: null,
    });
    expect(await verifyPassword(member?.passwordHash, PASSWORD)).toBe(true);
    expect(await reader().auditEvent.findMany()).toMatchObject([
      {
        action: "team.admin_created",
        outcome: "ok",
        actorId: member?.id,
        actorName: "Maya Fernandes",
        memberId: member?.id,
        address: desk.visitor.origin.address,
        detail: JSON.stringify({ email: "maya@example.com" }),
      },
    ]);
  });

  it("keeps the password nowhere", async () => {
    await createFirstAdmin(desk.visitor, form());
    for (const file of [desk.file, `${desk.file}-wal`])
      expect(readFileSync(file).includes("otter violin"), file).toBe(false);
  });

  it("makes one admin when two try at once; the other is told", async () => {
    const results = await Promise.allSettled([
      createFirstAdmin(desk.visitor, form()),
      createFirstAdmin(desk.visitor, form({ name: "Noor", email: "noor@example.com" })),
    ]);
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason as AppError] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      code: "forbidden",
      message: "Setup is done: a member exists. Sign in instead.",
    });
    expect(await members()).toHaveLength(1);
    expect(await reader().auditEvent.count()).toBe(1);
  });

  it("makes none once a member exists, for ever", async () => {
    await createFirstAdmin(desk.visitor, form());
    desk.raw((db) => db.prepare("UPDATE Member SET disabledAt = ?").run("2026-11-24T00:00:00.000+00:00"));
    expect((await refusal(form({ email: "noor@example.com" }))).code).toBe("forbidden");
    expect(await members()).toHaveLength(1);
  });
});

describe("refused, and nobody is made:", () => {
  it.each(["", "wrong", "x".repeat(22)])("the code %j", async (code) => {
    const { code: kind, message } = await refusal(form({ code }));
    expect(kind).toBe("forbidden");
    expect(message).not.toContain(setupCode());
    expect(await members()).toEqual([]);
  });

  it("a wrong code, before anything is said of the password", async () => {
    expect((await refusal(form({ code: "wrong", password: "password1234" }))).code).toBe("forbidden");
  });

  it.each([
    ["name", "  "],
    ["name", "x".repeat(81)],
    ["email", "maya"],
    ["email", `${"x".repeat(250)}@example.com`],
    ["password", "short"],
    ["password", "x".repeat(257)],
    ["password", "password1234"],
    ["password", "MayaFernandes"],
    ["password", "maya@example.com"],
  ])("%s %j, beside its field", async (field, value) => {
    const { code, extra } = await refusal(form({ [field]: value }));
    expect(code).toBe("invalid");
    expect(Object.keys(extra.fields ?? {})).toEqual([field]);
    expect(await members()).toEqual([]);
  });

  it("guessing the code: after eight attempts it has to wait, the right one too", async () => {
    for (let attempt = 0; attempt < 8; attempt++) await refusal(form({ code: `guess ${attempt}` }));
    const { code, extra } = await refusal(form());
    expect(code).toBe("throttled");
    expect(extra.retryAfterSeconds).toBeGreaterThan(0);
    expect(await members()).toEqual([]);
  });
});
