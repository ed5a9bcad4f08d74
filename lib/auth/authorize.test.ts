/** Which role may do what, and that a denial is recorded. */
import { beforeEach, describe, expect, it } from "vitest";
import { reader } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { openDesk } from "@/lib/test-desk";
import { authorize } from "./authorize";
import { isRole, may, roles, type Verb, verbRoles } from "./roles";

const desk = await openDesk();
const verbs = Object.keys(verbRoles) as Verb[];
const events = () => reader().auditEvent.findMany();

beforeEach(() => desk.raw((db) => void db.exec("DELETE FROM AuditEvent")));

describe.each(verbs)("%s", (verb) => {
  it.each(roles)("as %s", async (role) => {
    const actor = desk[role];
    const allowed = (verbRoles[verb] as readonly string[]).includes(role);
    expect(may(role, verb)).toBe(allowed);
    if (allowed) {
      await expect(authorize(actor, verb)).resolves.toBeUndefined();
      expect(await events()).toEqual([]);
      return;
    }
    const denial = await authorize(actor, verb).catch((error: unknown) => error);
    expect(denial).toBeInstanceOf(AppError);
    expect(denial).toMatchObject({ code: "forbidden" });
    expect((denial as AppError).message).toContain(
      `Your role, ${role}, may not do this; it takes ${verbRoles[verb].join(" or ")}.`,
    );
    expect(await events()).toMatchObject([
      {
        action: "access.denied",
        outcome: "denied",
        actorId: actor.memberId,
        actorName: actor.name,
        address: actor.origin.address,
        requestId: actor.origin.requestId,
        detail: JSON.stringify({ verb, role }),
      },
    ]);
  });
});

describe("the table of roles", () => {
  it("lets an admin do everything", () => {
    expect(verbs.filter((verb) => !may("admin", verb))).toEqual([]);
  });

  it("lets an issuer issue and look, and change no key", () => {
    expect(may("issuer", "token.issue")).toBe(true);
    expect(may("issuer", "audit.read")).toBe(true);
    expect(may("issuer", "key.create")).toBe(false);
    expect(may("issuer", "key.set_status")).toBe(false);
  });

  it("lets an auditor read everything and change nothing", () => {
    expect(verbs.filter((verb) => !may("auditor", verb)).sort()).toEqual([
      "key.create",
      "key.set_status",
      "token.issue",
    ]);
  });

  it("knows no other role", () => {
    for (const text of ["", "Admin", "owner", "toString", "__proto__"]) expect(isRole(text)).toBe(false);
    for (const role of roles) expect(isRole(role)).toBe(true);
  });
});

it("a denial that cannot be recorded is still a denial", async () => {
  desk.raw((db) => db.exec("ALTER TABLE AuditEvent RENAME TO Gone"));
  try {
    await expect(authorize(desk.auditor, "key.create")).rejects.toThrow();
  } finally {
    desk.raw((db) => db.exec("ALTER TABLE Gone RENAME TO AuditEvent"));
  }
});
