/** Reading the audit log: every filter, every page, and no link that shows nothing for being odd. */
import { beforeAll, describe, expect, it } from "vitest";
import { reader, transaction } from "@/lib/db";
import { issueForm, openDesk, refusalOf } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { auditActions } from "./actions";
import { bytesOf } from "./bytes";
import type { EventActor } from "./event";
import { exportEvents } from "./export";
import { AUDIT_PAGE_SIZE, auditFilterChoices, listEvents } from "./list";
import { recordEvent } from "./record";
import { asksTooLong } from "./schema";

const desk = await openDesk();
const clear = () =>
  desk.raw((db) =>
    db.exec("DELETE FROM AuditEvent; DELETE FROM AuditDay; DELETE FROM IssuedToken; DELETE FROM Counter"),
  );
const list = async (filters: object = {}, actor = desk.auditor) => listEvents(actor, filters);
const sequences = async (filters: object = {}) => (await list(filters)).events.map(({ sequence }) => sequence);

/** Sequence numbers 1 to 6. */
async function recordSix(): Promise<void> {
  const at = (day: string) => new Date(`${day}Z`);
  const [key, other] = [
    { id: "key-1", label: "Staging" },
    { id: "key-2", label: "Live" },
  ];
  const jti = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const row = (number: number, each: { id: string; label: string }, room: string, subject: string) => ({
    ...{
      number,
      room,
      subject,
      jti: bytesOf(jti(number).replaceAll("-", "")),
      sha256: bytesOf(String(number).padStart(64, "0")),
    },
    ...{ profile: "videosdk", keyId: each.id, keyLabel: each.label, secretVersionId: "v", actorKind: "member" },
    ...{
      actorName: "x",
      via: "dashboard",
      issuedAt: at("2026-11-21T00:00:00.000"),
      expiresAt: at("2026-11-21T02:00:00.000"),
    },
    ...{ ttlSeconds: 7200, claims: "{}", moderates: false, callsRest: false, purpose: "" },
  });
  const rows = [
    row(1, key, "room-1", "p-1"),
    row(2, other, "room-2", "p-1"),
    row(48213, key, "room-1", "p-2"),
  ] as const;
  await transaction(async (tx) => {
    await tx.issuedToken.createMany({ data: [...rows] });
    const record = <Action extends "token.issued" | "key.created" | "auth.signed_out">(
      who: EventActor,
      event: Parameters<typeof recordEvent<Action>>[2],
    ) => recordEvent(tx, who, event);
    await record(desk.admin, {
      action: "key.created",
      outcome: "ok",
      detail: { apiKey: "a", fingerprint: "f" },
      target: { key },
      at: at("2026-11-20T00:00:00.000"),
    });
    await record(desk.issuer, {
      action: "token.issued",
      outcome: "ok",
      detail: {},
      target: { token: rows[0] },
      at: at("2026-11-21T23:59:59.999"),
    });
    await record(desk.issuer, {
      action: "token.issued",
      outcome: "ok",
      detail: {},
      target: { token: rows[1] },
      at: at("2026-11-22T00:00:00.000"),
    });
    await record(desk.admin, {
      action: "token.issued",
      outcome: "ok",
      detail: {},
      target: { token: rows[2] },
      at: at("2026-11-22T12:00:00.000"),
    });
    await record(desk.issuer, {
      action: "auth.signed_out",
      outcome: "ok",
      detail: {},
      at: at("2026-11-23T00:00:00.000"),
    });
    await record(desk.visitor, {
      action: "auth.signed_out",
      outcome: "ok",
      detail: {},
      at: at("2026-11-24T08:00:00.000"),
    });
  });
}

describe("the filters", () => {
  beforeAll(async () => {
    clear();
    await recordSix();
  });

  it("none: everything, newest first", async () => {
    expect(await sequences()).toEqual([6, 5, 4, 3, 2, 1]);
    expect((await list()).next).toBeUndefined();
  });

  it.each([
    ["member", () => ({ member: desk.issuer.id }), [5, 3, 2]],
    ["action", () => ({ action: "token.issued" }), [4, 3, 2]],
    ["key", () => ({ key: "key-1" }), [4, 2, 1]],
    ["room", () => ({ room: "room-1" }), [4, 2]],
    ["participant", () => ({ participant: "p-1" }), [3, 2]],
    ["token, by its id", () => ({ q: "00000000-0000-4000-8000-000000000002" }), [3]],
    ["token, by its number", () => ({ q: "2" }), [3]],
    ["token, by its number as it is written", () => ({ q: "48,213" }), [4]],
    ["token, by its number as a ticket prints it", () => ({ q: "No. 48,213" }), [4]],
    ["token, by its number as people write it", () => ({ q: "#2" }), [3]],
    ["token, by its number and nothing between", () => ({ q: "no 48213" }), [4]],
    ["token, by its id in capitals", () => ({ q: "00000000-0000-4000-8000-000000048213".toUpperCase() }), [4]],
    ["token, by an id that none has", () => ({ q: "00000000-0000-4000-8000-00000000000a" }), []],
    ["token, by what is no id", () => ({ q: "elsewhere" }), []],
    ["from, that day included", () => ({ from: "2026-11-22" }), [6, 5, 4, 3]],
    ["to, that day included", () => ({ to: "2026-11-22" }), [4, 3, 2, 1]],
    ["from and to, one day", () => ({ from: "2026-11-22", to: "2026-11-22" }), [4, 3]],
    ["to, the last day that can be written", () => ({ to: "9999-12-31" }), [6, 5, 4, 3, 2, 1]],
    ["from, the first day that can be written", () => ({ from: "0001-01-01" }), [6, 5, 4, 3, 2, 1]],
    ["from after to", () => ({ from: "2026-11-23", to: "2026-11-22" }), []],
    ["before", () => ({ before: "3" }), [2, 1]],
    ["space around a value", () => ({ room: "  room-1 " }), [4, 2]],
    ["two together", () => ({ room: "room-1", member: desk.issuer.id }), [2]],
    ["three together", () => ({ key: "key-1", participant: "p-2", action: "token.issued" }), [4]],
    [
      "all together",
      () => ({
        member: desk.issuer.id,
        action: "token.issued",
        key: "key-2",
        room: "room-2",
        participant: "p-1",
        q: "2",
        from: "2026-11-22",
        to: "2026-11-22",
        before: "4",
      }),
      [3],
    ],
    ["two that exclude each other", () => ({ room: "room-1", key: "key-2" }), []],
  ] as const)("%s", async (_, filters, expected) => {
    expect(await sequences(filters())).toEqual(expected);
  });

  it.each([
    ["an action that does not exist", { action: "token.stolen" }],
    ["an action of every object", { action: "toString" }],
    ["a day that does not exist", { from: "2026-02-30" }],
    ["a day in words", { to: "yesterday" }],
    ["a page that is no number", { before: "last" }],
    ["a page below the first", { before: "-1" }],
    ["a page beyond every number", { before: "99999999999999999999" }],
    ["a fraction of a page", { before: "2.5" }],
    ["a parameter given twice", { room: ["room-1", "room-2"] }],
    [
      "an empty value",
      {
        room: "",
        member: " ",
        q: "",
        tokens: "",
        active: "",
        ends: "",
        outcome: "",
        from: "",
        to: "",
        before: "",
        action: "",
      },
    ],
    ["a value longer than any", { participant: "x".repeat(201) }],
    ["a parameter that is none", { colour: "red" }],
  ])("%s is left out, and everything is shown", async (_, filters) => {
    expect(await sequences(filters)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it.each(["%", "_", "room-%", "' OR 1=1 --", "\u0000", "*"])("a value is taken for itself: %j", async (room) => {
    expect(await sequences({ room })).toEqual([]);
  });

  it.each(["2147483648", "4294967296", "9007199254740991"])(
    "a page number beyond the database's own is no error: %s",
    async (before) => {
      expect(await sequences({ before })).toEqual([6, 5, 4, 3, 2, 1]);
    },
  );
});

describe("an event in the list", () => {
  it("has what the table shows, its detail as data, and no browser or request", async () => {
    clear();
    const key = await desk.addKey();
    const { number } = await issueToken(desk.issuer, {
      ...issueForm(key),
      roomId: "2kyv-gzay-64pg",
      purpose: "A demo",
    });
    const [event] = (await list()).events;
    expect(event).toMatchObject({
      action: "token.issued",
      outcome: "ok",
      actorName: desk.issuer.name,
      keyLabel: key.label,
      room: "2kyv-gzay-64pg",
      tokenNumber: number,
      via: "dashboard",
      address: desk.issuer.origin.address,
      detail: {},
    });
    expect(event?.at).toBeInstanceOf(Date);
    expect(event).not.toHaveProperty("userAgent");
    expect(event).not.toHaveProperty("requestId");
  });
});

it("what was done with any key but those that are named", async () => {
  clear();
  const keys = [await desk.addKey(), await desk.addKey(), await desk.addKey()];
  for (const key of keys) await issueToken(desk.issuer, issueForm(key));
  const [one, other, third] = keys.map(({ id }) => id);
  const keysOf = async (filters: object) =>
    (await list({ tokens: "1", ...filters })).events.map(
      ({ keyLabel }) => keys.find((key) => key.label === keyLabel)?.id,
    );
  expect(await keysOf({ notKey: one })).toEqual([third, other]);
  expect(await keysOf({ notKey: `${one},${third}` })).toEqual([other]);
  expect(await keysOf({ notKey: `${one},${other},${third}` })).toEqual([]);
  expect(await keysOf({ notKey: one, key: one })).toEqual([]);
  expect(await keysOf({ notKey: one, key: other })).toEqual([other]);
});

describe("the pages", () => {
  const many = 120;
  beforeAll(async () => {
    clear();
    await transaction(async (tx) => {
      for (let index = 0; index < many; index++) {
        const who = index % 3 === 0 ? desk.admin : desk.issuer;
        await recordEvent(tx, who, { action: "auth.signed_out", outcome: "ok", detail: {} });
      }
    });
  });

  async function everyPage(filters: object): Promise<number[][]> {
    const pages: number[][] = [];
    for (let before: number | undefined, more = true; more; more = before !== undefined) {
      const page = await list({ ...filters, ...(before ? { before: String(before) } : {}) });
      pages.push(page.events.map(({ sequence }) => sequence));
      before = page.next;
    }
    return pages;
  }

  it("hold fifty each, and together everything once, newest first", async () => {
    const pages = await everyPage({});
    expect(pages.map(({ length }) => length)).toEqual([AUDIT_PAGE_SIZE, AUDIT_PAGE_SIZE, 20]);
    expect(pages.flat()).toEqual(Array.from({ length: many }, (_, index) => many - index));
  });

  it("go on where they were though events come in meanwhile", async () => {
    const first = await list();
    await transaction((tx) => recordEvent(tx, desk.admin, { action: "auth.signed_out", outcome: "ok", detail: {} }));
    const second = await list({ before: String(first.next) });
    expect(second.events[0]?.sequence).toBe((first.events.at(-1)?.sequence ?? 0) - 1);
    desk.raw((db) => db.exec(`DELETE FROM AuditEvent WHERE sequence > ${many}`));
  });

  it("keep to the filter", async () => {
    const pages = await everyPage({ member: desk.issuer.id });
    expect(pages.map(({ length }) => length)).toEqual([50, 30]);
    expect(new Set(pages.flat()).size).toBe(80);
  });

  it("are the same ones backwards, from the last to the first", async () => {
    const forwards = await everyPage({});
    const last = await list({ before: String(forwards[1]?.at(-1)) });
    const backwards: number[][] = [];
    for (let after = last.previous; after !== undefined; ) {
      const page = await list({ after: String(after) });
      backwards.unshift(page.events.map(({ sequence }) => sequence));
      expect(page.next).toBe(page.events.at(-1)?.sequence);
      after = page.previous;
    }
    expect(backwards).toEqual(forwards.slice(0, 2));
    // Where nothing is left behind, it leads back to all that is shown.
    desk.raw((db) => db.exec("DELETE FROM AuditEvent WHERE sequence < 21"));
    const behind = await list({ before: "21" });
    expect([behind.events, behind.next, behind.previous]).toEqual([[], undefined, 20]);
    expect((await list({ after: "20" })).events.at(-1)?.sequence).toBe(21);
  });

  it("end where the last one is exactly full", async () => {
    desk.raw((db) => db.exec("DELETE FROM AuditEvent WHERE sequence > 70"));
    const page = await list();
    expect(page.events).toHaveLength(50);
    expect(page.next).toBeUndefined();
  });
});

describe("in a log whose clock was set back", () => {
  const days = ["2026-11-20", "2026-11-22", "2026-11-20", "2026-11-21", "2026-11-22", "2024-02-29", "2026-11-23"];
  beforeAll(async () => {
    clear();
    await transaction(async (tx) => {
      for (const day of days)
        for (let count = 0; count < 30; count++)
          await recordEvent(tx, desk.issuer, {
            action: "auth.signed_out",
            outcome: "ok",
            detail: {},
            at: new Date(`${day}T12:00:00Z`),
          });
    });
  });

  /** Newest first, as they were recorded. */
  const expected = (from: string, to: string) =>
    days
      .flatMap((day, index) =>
        from <= day && day <= to ? Array.from({ length: 30 }, (_, each) => index * 30 + each + 1) : [],
      )
      .reverse();

  it.each([
    ["2026-11-20", "2026-11-20"],
    ["2026-11-22", "2026-11-22"],
    ["2026-11-20", "2026-11-21"],
    ["2024-02-29", "2024-02-29"],
    ["2024-01-01", "2026-11-23"],
    ["2026-11-21", "2026-11-23"],
    ["2025-01-01", "2025-12-31"],
  ])("%s to %s has just the events of these days, each once, over all pages", async (from, to) => {
    for (const filters of [{}, { member: desk.issuer.id }, { action: "auth.signed_out" }]) {
      const found: number[] = [];
      let before: number | undefined;
      do {
        const page = await list({ ...filters, from, to, ...(before ? { before: String(before) } : {}) });
        found.push(...page.events.map(({ sequence }) => sequence));
        before = page.next;
      } while (before !== undefined);
      expect(found).toEqual(expected(from, to));
    }
  });

  it("the newest event is the last that was recorded", async () => {
    expect((await list()).events[0]?.sequence).toBe(days.length * 30);
  });
});

describe("who may read", () => {
  it.each(["admin", "issuer", "auditor"] as const)("an %s, and reading is no event", async (role) => {
    const before = await reader().auditEvent.count();
    await expect(list({}, desk[role])).resolves.toBeDefined();
    expect(await reader().auditEvent.count()).toBe(before);
  });

  it("what is no filter at all is refused", async () => {
    expect((await refusalOf(list(null as never))).code).toBe("invalid");
  });
});

describe("what the filters can be set to", () => {
  it("members by name and keys by label, with their ids and nothing else", async () => {
    await desk.addKey();
    const { members, keys } = await auditFilterChoices(desk.auditor);
    expect(members.map(({ name }) => name)).toEqual(members.map(({ name }) => name).sort());
    expect(members).toContainEqual({ id: desk.admin.id, name: desk.admin.name });
    for (const choice of [...members]) expect(Object.keys(choice).sort()).toEqual(["id", "name"]);
    for (const choice of [...keys]) expect(Object.keys(choice).sort()).toEqual(["id", "label"]);
  });

  it("every action: what is listed is of that action alone, and all of it", async () => {
    for (const action of auditActions) {
      const expected = await reader().auditEvent.findMany({
        where: { action },
        orderBy: { sequence: "desc" },
        take: 50,
      });
      expect([action, await sequences({ action })]).toEqual([action, expected.map(({ sequence }) => sequence)]);
    }
    expect(await sequences({ action: "token.issued" })).not.toEqual(await sequences({}));
  });
});

it.each(["q", "room", "participant"])(
  "an export of what is too long to be looked for in %s takes nothing",
  async (name) => {
    const long = { [name]: ` ${"x".repeat(201)} ` };
    expect(asksTooLong(long)).toBe(true);
    expect(await refusalOf(exportEvents(desk.admin, { format: "csv", ...long }))).toMatchObject({
      ...{ code: "invalid", message: "At most 200 characters are looked for. Nothing was exported." },
    });
    expect(asksTooLong({ [name]: ` ${"x".repeat(200)} ` })).toBe(false);
  },
);
