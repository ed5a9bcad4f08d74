/** Entering: few statements however many there are, each alone in success and failure, and one queue for every copy of the module. */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { staleTemplate } from "@/lib/composer/prepare";
import { type Change, WritingThread } from "@/lib/database/writing-thread";
import { reader, transaction, watchCommits } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { openCurrentSecret } from "@/lib/keys/open-secrets";
import { setKeyStatus } from "@/lib/keys/set-status";
import {
  changeAsked,
  issueForm,
  makeWriterReadOnly,
  openDesk,
  recorded,
  refusalOf,
  type TestKey,
} from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { tokenSha256 } from "@/lib/tokens/sign";
import { enter } from "./enter";
import type { NewEntry } from "./new-entry";

const desk = await openDesk();
let key: TestKey;
let secretVersionId: string;

beforeEach(async () => {
  key = await desk.addKey("2h");
  secretVersionId = (await openCurrentSecret(key.id))?.secret.versionId ?? "";
  desk.raw((db) => db.exec("DELETE FROM IssuedToken; DELETE FROM Counter; DELETE FROM AuditEvent"));
});
afterEach(() => vi.restoreAllMocks());

const askedFor = (ttlSeconds: number): NewEntry["asked"] => ({
  ...{ ttlSeconds, permissions: ["allow_join"], roles: [], room: null, subject: null, purpose: "", templateId: null },
});

function entry(more: Partial<NewEntry> = {}): NewEntry {
  const jti = randomUUID();
  const issuedAt = Math.floor(Date.now() / 1000);
  return {
    actor: desk.issuer,
    at: new Date(),
    jti,
    key,
    secretVersionId,
    issuedAt,
    profile: "videosdk",
    claims: { jti },
    facts: { room: null, subject: null, moderates: false, callsRest: true },
    asked: askedFor(7200),
    template: null,
    purpose: "",
    sha256: tokenSha256(jti),
    ...more,
  };
}

/** What the database is asked to run while `work` is under way: to read here, to write in the thread. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const run: string[] = [];
  const statement = desk.raw((db) => db.prepare("SELECT 1").constructor.prototype) as Record<
    "run" | "all",
    (...values: unknown[]) => unknown
  >;
  for (const method of ["run", "all"] as const) {
    const original = statement[method];
    vi.spyOn(statement, method).mockImplementation(function (this: { source: string }, ...values) {
      run.push(this.source.trim());
      return original.apply(this, values);
    });
  }
  changeAsked((changes) => {
    run.push(...changes.map(([sql]) => sql.trim()));
    return changes;
  });
  await work();
  vi.restoreAllMocks();
  return run;
}

const numbers = async () =>
  (await reader().issuedToken.findMany({ orderBy: { number: "asc" } })).map(({ number }) => number);

describe("a group", () => {
  it.each([1, 2, 7, 8])("of %i takes the same thirteen statements", async (size) => {
    const run = await statementsOf(() => Promise.all(Array.from({ length: size }, () => enter(entry()))));
    const kinds = run.map((sql) => sql.split(/\s/)[0]);
    // At once the writer: whoever began as a reader may find that it is too late to become one.
    expect(run).toContain("BEGIN IMMEDIATE");
    expect(kinds).toEqual([
      ...Array(3).fill("SELECT"),
      "BEGIN",
      ...Array(5).fill("INSERT"),
      "UPDATE",
      "UPDATE",
      "INSERT",
      "COMMIT",
    ]);
    expect(await numbers()).toEqual(Array.from({ length: size }, (_, index) => index + 1));
  });

  it("over midnight takes no statement more", async () => {
    const at = Date.parse("2026-11-26T00:00:00Z");
    const run = await statementsOf(() => Promise.all([at - 1, at].map((ms) => enter(entry({ at: new Date(ms) })))));
    expect(run).toHaveLength(13);
    expect(
      await reader().auditDay.findMany({
        where: { day: { startsWith: "2026-11-2" } },
        orderBy: { day: "asc" },
        select: { day: true },
      }),
    ).toEqual(expect.arrayContaining([{ day: "2026-11-25" }, { day: "2026-11-26" }]));
  });

  const commitsOf = async (work: () => Promise<unknown>) =>
    (await statementsOf(work)).filter((sql) => sql.startsWith("COMMIT")).length;

  it("is whoever arrives in one turn of the event loop, each by an event of its own, as requests do", async () => {
    const arrive = () =>
      new Promise((resolve) => {
        setImmediate(() => resolve(enter(entry())));
      });
    expect(await commitsOf(() => Promise.all([arrive(), arrive(), arrive()]))).toBe(1);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it("is whoever arrives while somebody else writes", async () => {
    const entered: Promise<unknown>[] = [];
    const commits = await commitsOf(async () => {
      await transaction(async () => {
        for (let turn = 0; turn < 3; turn += 1) {
          entered.push(enter(entry()));
          await sleep(2);
        }
      });
      await Promise.all(entered);
    });
    // Of Prisma's transaction, and of theirs.
    expect(commits).toBe(2);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it("is answered after its commit: when that fails, nobody was given anything", async () => {
    changeAsked((changes) => changes.map((change) => (change[0] === "COMMIT" ? ["the disk went away", []] : change)));
    await expect(enter(entry())).rejects.toThrow('near "the"');
    vi.restoreAllMocks();
    expect(await numbers()).toEqual([]);
    expect(await enter(entry())).toEqual({ state: "entered", number: 1 });
  });

  it("tells when each was asked for, by its own clock, and in which day's part of the log", async () => {
    const days = [new Date("2026-03-01T23:59:59.500Z"), new Date("2026-03-02T00:00:00.250Z")];
    await Promise.all([...days, ...days].map((at) => enter(entry({ at }))));
    await enter(entry({ at: days[1] as Date }));
    expect((await recorded("token.issued")).map(({ at }) => at)).toEqual([...days, ...days, days[1]]);
    const parts = await reader().auditDay.findMany({
      where: { day: { startsWith: "2026-03" } },
      orderBy: { day: "asc" },
    });
    expect(parts).toEqual([
      { day: "2026-03-01", firstSequence: 1, lastSequence: 3 },
      { day: "2026-03-02", firstSequence: 2, lastSequence: 5 },
    ]);
  });

  it.each([
    [16, [8, 8]],
    [40, [20, 10, 8, 2]],
    [100, [32, 32, 18, 9, 8, 1]],
  ])("of %i is half of those who wait, 32 at most: the others are not kept waiting", async (size, groups) => {
    const run = await statementsOf(() => Promise.all(Array.from({ length: size }, () => enter(entry()))));
    const inserted = run.filter((sql) => sql.startsWith(`INSERT INTO "IssuedToken"`));
    expect(inserted.map((sql) => sql.split("), (").length)).toEqual(groups);
    expect(run.filter((sql) => sql === "COMMIT")).toHaveLength(groups.length);
    expect(await numbers()).toEqual(Array.from({ length: size }, (_, index) => index + 1));
  });
});

describe("a group behind one that is still being written", () => {
  it("is handed to the thread meanwhile, decided once, and takes the numbers that follow", async () => {
    await enter(entry());
    const told: string[] = [];
    const ask = WritingThread.prototype.ask;
    vi.spyOn(WritingThread.prototype, "ask").mockImplementation(function (
      this: WritingThread,
      ...changes: readonly Change[]
    ) {
      told.push("asked");
      return ask.apply(this, [...changes]).finally(() => told.push("written"));
    });
    const entered = await Promise.all(Array.from({ length: 16 }, () => enter(entry())));
    expect(told).toEqual(["asked", "asked", "written", "written"]);
    expect(entered.map((answer) => "number" in answer && answer.number)).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 2),
    );
  });

  it("knows what ids that one takes, and is told so when it has taken them", async () => {
    const [first, ...others] = Array.from({ length: 15 }, () => entry());
    const entered = [first, ...others].map((each) => enter(each as NewEntry));
    const again = enter(entry({ jti: first?.jti ?? "" }));
    expect(await again).toEqual({ state: "taken", jti: first?.jti });
    expect(await numbers()).toHaveLength(15);
    await Promise.all(entered);
  });

  it("is entered when that one fails, also with an id that it would have taken", async () => {
    let failed = false;
    changeAsked((changes) =>
      changes.map((change) => {
        if (failed || change[0] !== "COMMIT") return change;
        failed = true;
        return ["INSERT INTO Nowhere VALUES (1)", []];
      }),
    );
    // A group of eight; one that fails for another reason than the disk is tried again, each alone.
    const jti = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => enter(entry(index % 8 === 0 ? { jti } : {}))),
    );
    const [taken, ...others] = answers.filter(({ state }) => state === "taken");
    expect([taken, others]).toEqual([{ state: "taken", jti }, []]);
    expect(await numbers()).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  });

  it("of a lone one waits until that one is written: more may come", async () => {
    const run = await statementsOf(async () => {
      const first = enter(entry());
      await new Promise(setImmediate);
      await Promise.all([first, ...Array.from({ length: 7 }, () => enter(entry()))]);
    });
    expect(run.filter((sql) => sql === "COMMIT")).toHaveLength(2);
  });
});

describe("what is kept with it", () => {
  it("tells how many were issued in each quarter of an hour, with which key, and when last", async () => {
    const keys = [await desk.addKey(), await desk.addKey()];
    const versions = await reader().secretVersion.findMany();
    const issued = (which: number, issuedAt: number) => {
      const { id = "", label = "" } = keys[which] ?? {};
      return entry({
        issuedAt,
        key: { id, label },
        secretVersionId: versions.find(({ keyId }) => keyId === id)?.id ?? "",
      });
    };
    const first = [issued(0, 899), issued(0, 900), issued(1, 1799), issued(0, 901), issued(1, 1800)];
    await Promise.all(first.map((each) => enter(each)));
    await enter(issued(0, 899));
    const totals = await reader().issuedPerQuarter.findMany({ where: { keyId: { in: keys.map(({ id }) => id) } } });
    const which = (keyId: string) => keys.findIndex(({ id }) => id === keyId);
    expect(totals.map(({ quarter, keyId, tokens }) => [quarter, which(keyId), tokens]).sort()).toEqual([
      [0, 0, 2],
      [1, 0, 2],
      [1, 1, 1],
      [2, 1, 1],
    ]);
    const last = keys.map(async ({ id }) => reader().signingKey.findUniqueOrThrow({ where: { id } }));
    expect((await Promise.all(last)).map(({ lastIssuedAt }) => lastIssuedAt?.getTime())).toEqual([901_000, 1_800_000]);
  });

  it("is the text that it is found by: parts of words from three characters on, in any case, with or without accents", async () => {
    const actor = await desk.addMember("issuer", "Zoë Quentin");
    await enter(entry({ actor, purpose: "QA: flow of the Café guests" }));
    await enter(entry({ template: { id: "guest", name: "Guest of honour" } }));
    const found = (words: string) =>
      desk.raw((db) =>
        db.prepare(`SELECT count(*) FROM "EventText" WHERE "EventText" MATCH ?`).pluck().get(`"${words}"`),
      );
    for (const words of ["flow of", "CAFE", "afé gue", "zoe quen", "of honour"]) expect(found(words), words).toBe(1);
    expect(found("flow of guests")).toBe(0);
  });
});

describe("who asked for it", () => {
  const actors = {
    service: async () => (await desk.addProgram()).actor,
    endpoint: async () => (await desk.addEndpoint(key)).actor,
    system: async () => ({ kind: "system", origin: { ...desk.issuer.origin, via: "shell" } }) as const,
  };

  it.each([
    ["service", { via: "api", actorKind: "service", sessionId: null }],
    ["endpoint", { via: "endpoint", actorKind: "endpoint", sessionId: null, credentialId: null }],
    ["system", { via: "shell", actorKind: "system", actorId: null, sessionId: null, credentialId: null }],
  ] as const)("stands in its row, and only there: %s", async (kind, columns) => {
    const actor: NewEntry["actor"] = await actors[kind]();
    await enter(entry({ actor }));
    expect(await reader().issuedToken.findFirst()).toMatchObject({
      ...columns,
      ...(actor.kind === "system" ? {} : { actorId: actor.id }),
      ...(actor.kind === "service" ? { credentialId: actor.credentialId } : {}),
    });
    const [event] = await reader().auditEvent.findMany({ where: { action: "token.issued" } });
    expect(Object.keys(JSON.parse(event?.body ?? ""))).toEqual([
      "action",
      "address",
      "at",
      "outcome",
      "requestId",
      "tokenNumber",
      "userAgent",
    ]);
  });
});

describe("each of a group alone", () => {
  const answersOf = async (entries: NewEntry[]) => {
    const settled = await Promise.allSettled([entry(), ...entries].map((each) => enter(each)));
    return settled.slice(1).map((result) => (result.status === "fulfilled" ? result.value : result.reason));
  };

  it("is refused for what has changed since it was prepared, and the others are entered without a gap", async () => {
    const disabled = await desk.addKey();
    const versionOf = async (id: string) => (await openCurrentSecret(id))?.secret.versionId ?? "";
    const disabledVersion = await versionOf(disabled.id);
    await setKeyStatus(desk.admin, { keyId: disabled.id, disabled: true });
    desk.raw((db) => db.exec("DELETE FROM AuditEvent; DELETE FROM Counter"));
    const [rotated, narrowed] = [await desk.addKey(), await desk.addKey()];
    const retired = await versionOf(rotated.id);
    const narrow = JSON.stringify({ issuer: { maxTtlSeconds: 3600 } });
    desk.raw((db) => {
      db.prepare("UPDATE SecretVersion SET retiredAt = 1 WHERE keyId = ?").run(rotated.id);
      db.prepare("UPDATE SigningKey SET policy = ? WHERE id = ?").run(narrow, narrowed.id);
      db.exec("DELETE FROM AuditEvent; DELETE FROM Counter");
    });
    const ofNarrowed = { key: narrowed, secretVersionId: await versionOf(narrowed.id) };
    const twice = entry();
    const answers = await answersOf([
      entry(),
      entry({ key: disabled, secretVersionId: disabledVersion }),
      entry({ key: { id: randomUUID(), label: "Gone" } }),
      entry({ secretVersionId: randomUUID() }),
      entry({ key: rotated, secretVersionId: retired }),
      // Current, but another key's.
      entry({ key: narrowed }),
      entry({ ...ofNarrowed, asked: askedFor(3601) }),
      entry({ asked: askedFor(7201) }),
      entry({ template: { id: "no-such", name: "Kiosk", version: 1 } }),
      twice,
      entry({ jti: twice.jti }),
      entry(),
    ]);
    expect(answers.map((answer) => (answer instanceof AppError ? answer.extra.reason : answer?.state))).toEqual([
      "entered",
      "disabled key",
      "unknown key",
      "changed secret",
      "changed secret",
      "changed secret",
      "rules or policy",
      "rules or policy",
      "rules or policy",
      "entered",
      "taken",
      "entered",
    ]);
    expect(answers.map((answer) => (answer instanceof AppError ? answer.extra.fields : answer))).toEqual([
      { state: "entered", number: 2 },
      { keyId: `"${disabled.label}" was disabled just now. Choose another key.` },
      { keyId: "This key is gone. Choose another." },
      { keyId: `The secret of "${key.label}" was changed just now. Try again.` },
      { keyId: `The secret of "${rotated.label}" was changed just now. Try again.` },
      { keyId: `The secret of "${narrowed.label}" was changed just now. Try again.` },
      { expiresIn: `"${narrowed.label}" allows at most 1 h. Choose a shorter lifetime.` },
      { expiresIn: `"${key.label}" allows at most 2 h. Choose a shorter lifetime.` },
      // As where it was seen before it was signed: the form and Same again know the words.
      { template: staleTemplate.changed },
      { state: "entered", number: 3 },
      { state: "taken", jti: twice.jti },
      { state: "entered", number: 4 },
    ]);
    expect(await numbers()).toEqual([1, 2, 3, 4]);
    const events = await recorded();
    expect(events.map(({ sequence, tokenNumber }) => [sequence, tokenNumber])).toEqual([1, 2, 3, 4].map((n) => [n, n]));
  });

  it("fails with what the database refuses of it, and the others are entered", async () => {
    desk.raw((db) =>
      db.exec(
        "CREATE TRIGGER refuse BEFORE INSERT ON IssuedToken WHEN NEW.purpose = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END",
      ),
    );
    try {
      const answers = await answersOf([entry(), entry({ purpose: "bad" }), entry()]);
      expect(answers[1]).toBeInstanceOf(Error);
      expect([answers[0], answers[2]]).toEqual([
        { state: "entered", number: 2 },
        { state: "entered", number: 3 },
      ]);
    } finally {
      desk.raw((db) => db.exec("DROP TRIGGER refuse"));
    }
    expect(await numbers()).toEqual([1, 2, 3]);
  });
});

it("copies of the module share one queue: what two of them enter at once is one commit", async () => {
  vi.resetModules();
  const other = (await import("./enter")) as typeof import("./enter");
  expect(other.enter).not.toBe(enter);
  const run = await statementsOf(async () => {
    await Promise.all([enter(entry()), enter(entry()), other.enter(entry()), other.enter(entry())]);
  });
  expect(run.filter((sql) => sql.startsWith("COMMIT"))).toHaveLength(1);
  expect(await numbers()).toEqual([1, 2, 3, 4]);
});

describe("another program that writes between what is read and what is written", () => {
  /** Once, just before the thread is asked to write. */
  const beforeWriting = (act: () => void) => {
    let done = false;
    return changeAsked((changes) => {
      if (!done) act();
      done = true;
      return changes;
    });
  };
  // As each act does: it has an event, which has a number.
  const record = `INSERT INTO Counter (name, value) VALUES ('audit', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1`;

  it("is seen: all of it is read and decided anew", async () => {
    await enter(entry());
    beforeWriting(() =>
      desk.raw((db) => db.exec(`UPDATE SigningKey SET disabledAt = 1 WHERE id = '${key.id}'; ${record}`)),
    );
    const refusal = await refusalOf(enter(entry()));
    expect(refusal.extra.fields).toEqual({ keyId: `"${key.label}" was disabled just now. Choose another key.` });
    expect(await numbers()).toEqual([1]);
    expect((await recorded("token.issued")).length).toBe(1);
  });

  it("takes no number away: the next one follows its own", async () => {
    await enter(entry());
    beforeWriting(() => desk.raw((db) => db.exec(`${record}; UPDATE Counter SET value = 41 WHERE name = 'ledger'`)));
    expect(await enter(entry())).toEqual({ state: "entered", number: 42 });
  });

  it("and goes on doing so is not waited for without end, and nothing is entered", async () => {
    changeAsked((changes) => {
      desk.raw((db) => db.exec(record));
      return changes;
    });
    await expect(enter(entry())).rejects.toMatchObject({ code: "OUTDATED" });
    vi.restoreAllMocks();
    expect(await numbers()).toEqual([]);
    expect((await enter(entry())).state).toBe("entered");
  });
});

it("whoever was refused is not told that something was committed: what came after was others'", async () => {
  desk.raw((db) =>
    db.exec(
      "CREATE TRIGGER refuse BEFORE INSERT ON IssuedToken WHEN NEW.purpose = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END",
    ),
  );
  try {
    const bad = watchCommits(() => enter(entry({ purpose: "bad" })));
    const good = watchCommits(() => enter(entry()));
    await Promise.allSettled([bad.done, good.done]);
    await expect(bad.done).rejects.toThrow();
    expect([bad.hasCommitted(), good.hasCommitted()]).toEqual([false, true]);
    const first = entry();
    await enter(first);
    const taken = watchCommits(() => enter(entry({ jti: first.jti })));
    expect([(await taken.done).state, taken.hasCommitted()]).toEqual(["taken", false]);
  } finally {
    desk.raw((db) => db.exec("DROP TRIGGER refuse"));
  }
});

it("after a failure of the whole commit everybody is told, and the next ones are entered", async () => {
  makeWriterReadOnly();
  const results = await Promise.allSettled([enter(entry()), enter(entry()), enter(entry())]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  vi.restoreAllMocks();
  expect((await issueToken(desk.issuer, issueForm(key))).number).toBe(1);
});

it("a database that is put back to an earlier state under the running desk gives no number out again, nor an event's", async () => {
  await enter(entry());
  const earlier = `${desk.file}.earlier`;
  desk.raw((db) => db.prepare("VACUUM INTO ?").run(earlier));
  const later = `${desk.file}.later`;
  await enter(entry());
  await enter(entry());
  // As SQLite's own shell restores one: file and inode stay, and each of its own checks is content.
  const restore = async (from: string) => {
    const copy = new Database(from);
    await copy.backup(desk.file);
    copy.close();
  };
  const whole = new Database(desk.file);
  whole.prepare("VACUUM INTO ?").run(later);
  whole.close();
  try {
    await restore(earlier);
    await expect(enter(entry())).rejects.toMatchObject({ code: "DATABASE_REPLACED" });
    await expect(setKeyStatus(desk.admin, { keyId: key.id, disabled: true })).rejects.toMatchObject({
      code: "DATABASE_REPLACED",
    });
    expect(await numbers()).toEqual([1]);
  } finally {
    await restore(later);
    rmSync(earlier);
    rmSync(later);
  }
  // Once it is put right, it goes on.
  expect(await enter(entry())).toEqual({ state: "entered", number: 4 });
});
