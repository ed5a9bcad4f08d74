/** Creating the first admin: with the code, once, and with a password worth having. */
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { reader } from "@/lib/db";
import type { AppError } from "@/lib/errors";
import { forgetProcessWide } from "@/lib/process-wide";
import { openDesk, recorded, refusalOf } from "@/lib/test-desk";
import type { Visitor } from "./actor";
import { deviceOf } from "./device";
import { findSession } from "./find-session";
import { verifyPassword } from "./password";
import { checkSetupCode, createFirstAdmin, needsSetup, setupCode } from "./setup";
import { countAttempt, countsAt } from "./throttle";

const PASSWORD = "correct otter violin rain";
const desk = await openDesk();

beforeEach(() => {
  forgetProcessWide("failures");
  desk.raw((db) => db.exec("DELETE FROM Session; DELETE FROM Member; DELETE FROM AuditEvent; DELETE FROM LimitCount"));
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

/** Forgets what a process keeps in its memory, as a start does. */
function restart() {
  forgetProcessWide("setup");
  forgetProcessWide("failures");
}

const from = (address: string): Visitor => ({ kind: "visitor", origin: { ...desk.visitor.origin, address } });
const failures = () => recorded("auth.setup_failed");

describe("the setup code", () => {
  it("is one in a process, another after a restart, and fit for a link", async () => {
    const code = setupCode();
    expect(setupCode()).toBe(code);
    expect(code).toMatch(/^[\w-]{22}$/);
    restart();
    expect(setupCode()).not.toBe(code);
    expect((await refusal(form({ code }))).code).toBe("forbidden");
    await expect(createFirstAdmin(desk.visitor, form())).resolves.toBeDefined();
  });

  it("is right as a whole only", async () => {
    const code = setupCode();
    await expect(checkSetupCode(desk.visitor, code)).resolves.toBeUndefined();
    const swapped = code.replace(/[a-z]/i, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    for (const wrong of ["", code.slice(0, -1), `${code}x`, swapped, ` ${code}`])
      expect((await refusalOf(checkSetupCode(desk.visitor, wrong))).code, JSON.stringify(wrong)).toBe("forbidden");
  });

  it("expires after a day by a clock that nobody sets back, and says what to do", async () => {
    const now = vi.spyOn(performance, "now").mockReturnValue(1_000);
    restart();
    setupCode();
    now.mockReturnValue(1_000 + 24 * 3_600_000 - 1);
    await expect(checkSetupCode(desk.visitor, setupCode())).resolves.toBeUndefined();
    now.mockReturnValue(1_000 + 24 * 3_600_000);
    const { code, message } = await refusal(form());
    expect(code).toBe("forbidden");
    expect(message).toBe("This setup link is older than 24 hours. Restart the server: it prints a new one.");
    expect(await failures()).toMatchObject([{ detail: { reason: "expired code" } }]);
    // As often as one looks, and whatever others have tried from the same address.
    for (let guess = 0; guess < 10; guess++) await refusalOf(checkSetupCode(desk.visitor, `guess-${guess}`));
    for (let times = 0; times < 10; times++)
      expect((await refusalOf(checkSetupCode(desk.visitor, setupCode()))).message).toBe(message);
    restart();
  });
});

describe("with the code", () => {
  it("makes an admin who can sign in, and records it under their name", async () => {
    expect(await needsSetup()).toBe(true);
    // Where nobody may try to sign in any more: an admin who was made must not be kept out.
    for (let guess = 0; guess < 40; guess++)
      await countAttempt(countsAt("signInsAtAddress", desk.visitor.origin.address));
    const { sessionId, device } = await createFirstAdmin(desk.visitor, form());
    expect(await needsSetup()).toBe(false);
    const [member] = await members();
    expect(await findSession(sessionId)).toMatchObject({ member: { id: member?.id, role: "admin" } });
    expect(await deviceOf(device, member ?? null)).toBeDefined();
    expect(member).toMatchObject({
      name: "Maya Fernandes",
      email: "maya@example.com",
      role: "admin",
      disabledAt: null,
    });
    expect(await verifyPassword(member?.passwordHash, PASSWORD)).toBe(true);
    expect(await recorded()).toMatchObject([
      {
        action: "team.admin_created",
        outcome: "ok",
        actorId: member?.id,
        actorName: "Maya Fernandes",
        memberId: member?.id,
        address: desk.visitor.origin.address,
        detail: { email: "maya@example.com" },
      },
      { action: "auth.signed_in", actorId: member?.id, detail: { email: "maya@example.com" } },
    ]);
  });

  it("weighs twenty passwords at most in a quarter of an hour, whose work everybody waits for", async () => {
    const codes: string[] = [];
    for (let tries = 0; tries < 21; tries++) codes.push((await refusal(form({ password: "password1234" }))).code);
    expect(codes).toEqual([...Array(20).fill("invalid"), "throttled"]);
    expect(await recorded()).toMatchObject([
      { action: "limit.reached", detail: { what: "passwords chosen with one link" } },
    ]);
  });

  it("keeps the password nowhere", async () => {
    await createFirstAdmin(desk.visitor, form());
    for (const file of [desk.file, `${desk.file}-wal`])
      expect(readFileSync(file).includes("otter violin"), file).toBe(false);
  });

  it("makes one admin when five try at once; the others are told", async () => {
    const results = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((each) =>
        createFirstAdmin(desk.visitor, form({ name: `Noor ${each}`, email: `noor-${each}@example.com` })),
      ),
    );
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason as AppError] : []));
    expect(refused).toHaveLength(4);
    for (const refusal of refused)
      expect(refusal).toMatchObject({ code: "forbidden", message: "Setup is done: a member exists. Sign in instead." });
    expect(await members()).toHaveLength(1);
    expect(await recorded("team.admin_created")).toHaveLength(1);
  });

  it("makes none once a member exists, for ever", async () => {
    await createFirstAdmin(desk.visitor, form());
    desk.raw((db) => db.prepare("UPDATE Member SET disabledAt = ?").run(1795478400000));
    expect((await refusal(form({ email: "noor@example.com" }))).code).toBe("forbidden");
    // Whoever has a wrong code is told the same, and that is no attempt to set up.
    const wrong = await refusal(form({ code: "wrong" }));
    expect(wrong).toMatchObject({ code: "forbidden", message: expect.stringMatching(/^Setup is done/) });
    expect(await recorded("auth.setup_failed")).toEqual([]);
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
    ["name", "Claimcheck itself"],
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
});

describe("guessing the code", () => {
  it("has eight wrong ones an address, by its /64, also after a restart", async () => {
    for (let guess = 0; guess < 8; guess++)
      expect(
        (await refusalOf(createFirstAdmin(from(`2001:db8::${guess}`), form({ code: `guess ${guess}` })))).code,
      ).toBe("forbidden");
    restart();
    const { code, extra } = await refusalOf(createFirstAdmin(from("2001:db8::99"), form({ code: "guess 9" })));
    expect(code).toBe("throttled");
    expect(extra.retryAfterSeconds).toBeGreaterThan(0);
    expect((await refusalOf(createFirstAdmin(from("2001:db8:0:1::1"), form({ code: "guess" })))).code).toBe(
      "forbidden",
    );
    expect(await members()).toEqual([]);
  });

  it("keeps nobody out who has the right one, not even from the same address", async () => {
    for (let guess = 0; guess < 12; guess++) await refusal(form({ code: `guess ${guess}` }));
    await expect(createFirstAdmin(desk.visitor, form())).resolves.toBeDefined();
    expect(await members()).toHaveLength(1);
  });

  it("is one event a minute and address, with how many there were", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      for (let guess = 0; guess < 50; guess++) await refusal(form({ code: `guess ${guess}` }));
      expect(await failures()).toMatchObject([
        { outcome: "failed", actorId: null, address: desk.visitor.origin.address, detail: { reason: "wrong code" } },
      ]);
      await vi.advanceTimersByTimeAsync(60_000);
      await vi.waitFor(async () => expect(await failures()).toHaveLength(2));
      expect((await failures())[1]?.detail).toEqual({ reason: "wrong code", attempts: 49 });
    } finally {
      vi.useRealTimers();
    }
  });
});
