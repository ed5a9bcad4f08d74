/** The ledger's database: durable, one writer at a time, and never half-written. */
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { PrismaClient } from "@/prisma/generated/client";
import { nextNumber } from "./audit/next-number";
import { type Change, WritingThread } from "./database/writing-thread";
import { whyNotToOpen } from "./database-file";
import {
  assertDurable,
  closeDatabase,
  type FillingStatements,
  onceForNow,
  preparedTransaction,
  reader,
  readRows,
  type Statements,
  slicedTransaction,
  transaction,
  watchCommits,
} from "./db";
import { AppError } from "./errors";
import { log as logger } from "./log";
import { processWide } from "./process-wide";
import { changeAsked, failureOf, openDesk } from "./test-desk";
import { isCommitted, isUnreadable, isWriteFailure, writeFailureAdvice, writeFailureReason } from "./write-failure";

const desk = await openDesk();

/** The writing client, which nothing but lib/db.ts may use: here, to change what SQLite is set to. */
function writer(): PrismaClient {
  return processWide("database", (): { writer: PrismaClient } => {
    throw new Error("The database is closed.");
  }).writer;
}

const count = () => transaction((tx) => nextNumber(tx, "ledger"));
const counted = () =>
  desk.raw((db) => db.prepare("SELECT value FROM Counter WHERE name = 'ledger'").pluck().get() ?? 0);
/** A row that refers to a member who does not exist. */
const orphan = () => {
  const now = new Date();
  const times = { createdAt: now, expiresAt: now, lastSeenAt: now };
  return { id: crypto.randomUUID(), memberId: "nobody", ...times, address: "", userAgent: "" };
};

/** A transaction that has taken a number and holds the lock until it is released. */
function held() {
  let begin = () => {};
  let release = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const result = transaction(async (tx) => {
    await nextNumber(tx, "ledger");
    begin();
    await released;
  });
  return { begun, release, result };
}

const aside = () => join(desk.folder, "aside");
const files = () => readdirSync(desk.folder).filter((name) => name.startsWith("desk.db"));
const itsFiles = () => ["desk.db", "desk.db-shm", "desk.db-wal"].filter((name) => files().includes(name));
const moveAway = () => {
  mkdirSync(aside());
  for (const name of files()) renameSync(join(desk.folder, name), join(aside(), name));
};
const putBack = () => {
  for (const name of readdirSync(aside())) renameSync(join(aside(), name), join(desk.folder, name));
  rmSync(aside(), { recursive: true });
};

afterEach(async () => {
  vi.useRealTimers();
  // What a connection was set to goes with it.
  await closeDatabase();
});

describe("durability", () => {
  it("the writer runs in WAL mode, with synchronous=FULL and foreign keys", async () => {
    await count();
    const read = async (name: string) =>
      Object.values((await writer().$queryRawUnsafe<object[]>(`PRAGMA ${name}`))[0] ?? {});
    expect(await read("journal_mode")).toEqual(["wal"]);
    expect(await read("synchronous")).toEqual([2n]);
    expect(await read("foreign_keys")).toEqual([1n]);
    await expect(assertDurable()).resolves.toBeUndefined();
  });

  it.each([
    ["synchronous", "NORMAL", "synchronous = 2; it is 1"],
    ["foreign_keys", "OFF", "foreign_keys = 1; it is 0"],
    ["recursive_triggers", "OFF", "recursive_triggers = 1; it is 0"],
  ])("a database without %s is refused, and the setting named", async (name, weaker, message) => {
    await count();
    await writer().$executeRawUnsafe(`PRAGMA ${name} = ${weaker}`);
    await expect(assertDurable()).rejects.toThrow(message);
  });
});

describe("the thread that writes tokens", () => {
  it("is as durable, by what its own connection says, and keeps no file beside the database", async () => {
    const names = ["synchronous", "foreign_keys", "recursive_triggers", "temp_store"];
    await preparedTransaction(({ run }) => {
      for (const name of names)
        run(`INSERT INTO "Counter" ("name", "value") SELECT '${name}', "${name}" FROM pragma_${name}`);
    });
    const counters = await reader().counter.findMany({ where: { name: { in: names } } });
    expect(Object.fromEntries(counters.map(({ name, value }) => [name, value]))).toEqual({
      ...{ synchronous: 2, foreign_keys: 1, recursive_triggers: 1, temp_store: 2 },
    });
    await transaction((tx) => tx.counter.deleteMany({ where: { name: { in: names } } }));
  });

  const LEDGER = `SELECT "value" FROM "Counter" WHERE "name" = 'ledger'`;
  const add = (more: number) => [`UPDATE "Counter" SET "value" = "value" + ? WHERE "name" = 'ledger'`, more] as const;
  const value = (statements: Statements) => statements.rows<{ value: number }>(LEDGER)[0]?.value;
  afterEach(() => vi.restoreAllMocks());
  /** So often the first commit fails. */
  const failCommits = (times: number) => {
    let left = times;
    return changeAsked((changes) =>
      changes.map((change) => (change[0] === "COMMIT" && left-- > 0 ? ["the disk went away", []] : change)),
    );
  };

  it("writes one while the next is decided, which does not see it yet, and in their order", async () => {
    const before = await count();
    const seen: (number | undefined)[] = [];
    const work = (statements: Statements) => {
      seen.push(value(statements));
      statements.run(...add(1));
      return counted();
    };
    const first = preparedTransaction(work);
    const second = preparedTransaction(work);
    const third = transaction((tx) => nextNumber(tx, "ledger"));
    expect(await Promise.all([first, second, third])).toEqual([before, before, before + 3]);
    expect(seen).toEqual([before, before]);
  });

  it("asked for rows that are not so any more, has it decided anew, when all before it is written", async () => {
    const before = await count();
    const seen: (number | undefined)[] = [];
    const next = (statements: Statements) => {
      const now = value(statements) ?? 0;
      seen.push(now);
      statements.runFor(1, `UPDATE "Counter" SET "value" = ? WHERE "name" = 'ledger' AND "value" = ?`, now + 1, now);
      return now + 1;
    };
    const all = [1, 2, 3].map(() => preparedTransaction(next));
    expect(await Promise.all(all)).toEqual([before + 1, before + 2, before + 3]);
    expect(seen).toEqual([before, before, before, before + 1, before + 2]);
  });

  it("does not let one pay for the failure of that before it", async () => {
    const before = await count();
    failCommits(1);
    const bad = preparedTransaction(({ run }) => run(...add(1)));
    const good = preparedTransaction(({ run }) => run(...add(10)));
    expect(await failureOf(bad)).toMatchObject({ code: "SQLITE_ERROR" });
    await good;
    expect(counted()).toBe(before + 10);
  });

  it("lets one fail for its own, though that before it failed too", async () => {
    const before = await count();
    failCommits(3);
    const both = [1, 10].map((more) => failureOf(preparedTransaction(({ run }) => run(...add(more)))));
    expect(await Promise.all(both)).toMatchObject([{ code: "SQLITE_ERROR" }, { code: "SQLITE_ERROR" }]);
    expect(counted()).toBe(before);
    vi.restoreAllMocks();
    await preparedTransaction(({ run }) => run(...add(100)));
    expect(counted()).toBe(before + 100);
  });

  it("lets nobody else in before it has rolled back", async () => {
    await count();
    failCommits(1);
    const bad = preparedTransaction(({ run }) => run(...add(1)));
    // Another writer would wait for its lock, and hold up the process meanwhile.
    const busy = vi.fn();
    const next = count().catch(busy);
    await failureOf(bad);
    await next;
    expect(busy).not.toHaveBeenCalled();
  });
});

describe("the reader", () => {
  it("cannot write", async () => {
    await count();
    const before = counted();
    const failure = await failureOf(reader().counter.updateMany({ data: { value: 0 } }));
    expect(writeFailureReason(failure)).toBe("the database is read-only");
    expect(counted()).toBe(before);
  });

  it("cannot write by a prepared statement either", async () => {
    await count();
    const before = counted();
    const failure = await failureOf(readRows(`UPDATE "Counter" SET "value" = 0 RETURNING "value"`));
    expect(writeFailureReason(failure)).toBe("the database is read-only");
    expect(counted()).toBe(before);
  });

  it("sees nothing of a transaction before it is committed, and all of it afterwards", async () => {
    const row = () => reader().counter.findUnique({ where: { name: "seen" } });
    const prepared = () => readRows(`SELECT * FROM "Counter" WHERE "name" = ?`, "seen");
    await transaction(async (tx) => {
      await tx.counter.create({ data: { name: "seen", value: 1 } });
      expect(await tx.counter.findUnique({ where: { name: "seen" } })).not.toBeNull();
      expect(await row()).toBeNull();
      expect(await prepared()).toEqual([]);
    });
    expect(await row()).toEqual({ name: "seen", value: 1 });
    expect(await prepared()).toEqual([{ name: "seen", value: 1 }]);
  });
});

describe("a transaction that fails", () => {
  it("leaves nothing of itself and gives its number back", async () => {
    const first = await count();
    const failure = await failureOf(
      transaction(async (tx) => {
        expect(await nextNumber(tx, "ledger")).toBe(first + 1);
        await tx.counter.create({ data: { name: "half", value: 1 } });
        throw new Error("thought better of it");
      }),
    );
    expect(failure).toEqual(new Error("thought better of it"));
    expect(await reader().counter.findUnique({ where: { name: "half" } })).toBeNull();
    expect(await count()).toBe(first + 1);
  });

  it("at its very COMMIT leaves nothing of itself, and the next one goes through", async () => {
    const first = await count();
    const session = orphan();
    const failure = await failureOf(
      transaction(async (tx) => {
        await tx.$executeRawUnsafe("PRAGMA defer_foreign_keys = ON");
        await nextNumber(tx, "ledger");
        await tx.session.create({ data: session });
        // Until here all is well: the broken reference is found when committing.
        expect(await tx.session.count({ where: { id: session.id } })).toBe(1);
      }),
    );
    expect(failure).toBeInstanceOf(Error);
    expect(isWriteFailure(failure)).toBe(false);
    expect(await count()).toBe(first + 1);
    expect(await reader().session.findUnique({ where: { id: session.id } })).toBeNull();
  });

  it("at its COMMIT does not keep those that wait behind it", async () => {
    const first = await count();
    const failing = () =>
      transaction(async (tx) => {
        await tx.$executeRawUnsafe("PRAGMA defer_foreign_keys = ON");
        await tx.session.create({ data: orphan() });
      });
    const results = await Promise.allSettled([failing(), count(), failing(), count()]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
    expect(counted()).toBe(first + 2);
  });

  it("for taking too long is rolled back, told so, and does not keep those that wait behind it", async () => {
    const first = await count();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const slow = held();
    await slow.begun;
    const behind = count();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await behind).toBe(first + 1);
    slow.release();
    const failure = await failureOf(slow.result);
    expect(isWriteFailure(failure)).toBe(true);
    expect(writeFailureReason(failure)).toBe("the desk is busy, and too much is waiting to be recorded");
    expect(await count()).toBe(first + 2);
  });

  it("for waiting too long is told so, and what would have begun too late never does", async () => {
    const first = await count();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const [one, two] = [held(), held()];
    const late = vi.fn();
    const lateFailure = failureOf(transaction(late));
    await one.begun;
    await vi.advanceTimersByTimeAsync(9_000);
    one.release();
    await two.begun;
    await vi.advanceTimersByTimeAsync(1_500);
    expect(writeFailureReason(await lateFailure)).toBe("the desk is busy, and too much is waiting to be recorded");
    expect(writeFailureAdvice(await lateFailure)).toMatch(/^Try again in a moment/);
    two.release();
    await Promise.all([one.result, two.result]);
    expect(await count()).toBe(first + 3);
    expect(late).not.toHaveBeenCalled();
  });
});

describe("when the database cannot be written,", () => {
  it("a lock of another program is a write failure with its reason, and nothing is written", async () => {
    const first = await count();
    const other = new Database(desk.file);
    try {
      other.exec("BEGIN IMMEDIATE");
      const work = vi.fn();
      const failure = await failureOf(transaction(work));
      expect(isWriteFailure(failure)).toBe(true);
      expect(writeFailureReason(failure)).toBe("the database is locked by another program");
      // BEGIN IMMEDIATE: it is known before any work is done.
      expect(work).not.toHaveBeenCalled();
      other.exec("COMMIT");
    } finally {
      other.close();
    }
    expect(await count()).toBe(first + 1);
  });

  it("a full disk is a write failure with its reason, nothing is written, and it goes on when there is room", async () => {
    const first = await count();
    await writer().$queryRawUnsafe("PRAGMA max_page_count = 1");
    const failure = await failureOf(
      transaction(async (tx) => {
        await nextNumber(tx, "ledger");
        for (let row = 0; row < 200; row++) {
          await tx.counter.create({ data: { name: `${row} ${"x".repeat(1000)}`, value: row } });
        }
      }),
    );
    expect(isWriteFailure(failure)).toBe(true);
    expect(writeFailureReason(failure)).toBe("the disk is full");
    expect(await reader().counter.count({ where: { name: { startsWith: "0 " } } })).toBe(0);
    expect(counted()).toBe(first);
    await writer().$queryRawUnsafe("PRAGMA max_page_count = 1000000");
    expect(await count()).toBe(first + 1);
  });

  it("a read-only database is a write failure with its reason", async () => {
    const first = await count();
    await writer().$executeRawUnsafe("PRAGMA query_only = ON");
    const failure = await failureOf(count());
    expect(isWriteFailure(failure)).toBe(true);
    expect(writeFailureReason(failure)).toBe("the database is read-only");
    expect(counted()).toBe(first);
  });

  it("a file that is no database any more is a write failure with its reason", async () => {
    await closeDatabase();
    const copy = `${desk.file}.copy`;
    copyFileSync(desk.file, copy);
    try {
      writeFileSync(desk.file, "this is no database. ".repeat(100));
      const failure = await failureOf(count());
      expect(isWriteFailure(failure)).toBe(true);
      expect(writeFailureReason(failure)).toBe(
        "the database file is damaged, or was overwritten while the server was running",
      );
    } finally {
      await closeDatabase();
      copyFileSync(copy, desk.file);
    }
    await expect(count()).resolves.toBeGreaterThan(0);
  });
});

describe("the file under the running server", () => {
  const copyIn = (suffix = "") => copyFileSync(join(aside(), `desk.db${suffix}`), `${desk.file}${suffix}`);

  it.each([
    ["deleted or moved", () => {}, "DATABASE_GONE", /was deleted or moved while the server was running/],
    [
      "replaced by a copy",
      copyIn,
      "DATABASE_REPLACED",
      /was replaced, or rewritten by another program, while the server was running/,
    ],
    [
      "replaced by a copy with a log of its own",
      () => ["", "-wal", "-shm"].forEach(copyIn),
      "DATABASE_REPLACED",
      /was replaced/,
    ],
  ])(
    "%s: nothing is written, not even into the old one, and it goes on when it is back",
    async (_, replace, code, reason) => {
      const first = await count();
      await reader().counter.count();
      moveAway();
      const work = vi.fn();
      try {
        replace();
        const failure = await failureOf(transaction(work));
        expect(failure).toMatchObject({ code });
        expect(isWriteFailure(failure)).toBe(true);
        expect(writeFailureReason(failure)).toMatch(reason);
        expect(writeFailureAdvice(failure)).toMatch(/put back, or the server restarted/);
        expect(work).not.toHaveBeenCalled();
        // Reading goes on with what was opened.
        expect(await reader().counter.findUnique({ where: { name: "ledger" } })).toEqual({
          name: "ledger",
          value: first,
        });
      } finally {
        for (const name of files()) rmSync(join(desk.folder, name));
        putBack();
      }
      expect(await count()).toBe(first + 1);
      expect(counted()).toBe(first + 1);
    },
  );

  it("that SQLite itself writes to is the same: a log that another program moves into it, and its tidying up", async () => {
    await transaction((tx) => tx.counter.create({ data: { name: "z".repeat(50_000), value: 0 } }));
    for (const sql of ["PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]) {
      await count();
      desk.raw((db) => db.exec(sql));
    }
    await expect(count()).resolves.toBeGreaterThan(0);
    // So that there is something to tidy up: the file becomes shorter.
    await transaction((tx) => tx.counter.deleteMany({ where: { name: { startsWith: "zzz" } } }));
    const { size } = statSync(desk.file);
    for (const sql of ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]) desk.raw((db) => db.exec(sql));
    expect(statSync(desk.file).size).toBeLessThan(size);
    // A copy that was tidied up looks like it, so nothing is written; read it can be, and closed as ever: the log is in the file.
    expect(await failureOf(count())).toMatchObject({ code: "DATABASE_REPLACED" });
    const { value: last } = await reader().counter.findUniqueOrThrow({ where: { name: "ledger" } });
    await closeDatabase();
    expect([itsFiles(), whyNotToOpen(desk.file)]).toEqual([["desk.db"], undefined]);
    expect(counted()).toBe(last);
    expect(await count()).toBe(last + 1);
  });

  const other = () => join(desk.folder, "other");
  it.each<[string, (before: Buffer) => void]>([
    ["its backup", () => copyFileSync(other(), desk.file)],
    ["an older copy of its own", (before) => writeFileSync(desk.file, before)],
    [
      "another desk's, that has more in it",
      (before) => {
        const newer = Buffer.from(before);
        newer.writeUInt32BE(2 ** 31, 24);
        newer.writeUInt32BE(7, 60);
        writeFileSync(desk.file, newer);
      },
    ],
    ["its own first page", () => truncateSync(desk.file, 4096)],
    ["nothing", () => truncateSync(desk.file)],
    ["something else", () => writeFileSync(desk.file, "this is no database. ".repeat(1000))],
  ])(
    "overwritten where it lies, by %s: refused, nothing is written, and it goes on once it is back",
    async (_, overwrite) => {
      const moveLog = () => desk.raw((db) => db.pragma("wal_checkpoint(TRUNCATE)"));
      moveLog();
      const before = readFileSync(desk.file);
      // More than a page, so that its header counts it.
      await transaction((tx) => tx.counter.create({ data: { name: "x".repeat(9_000), value: 0 } }));
      desk.raw((db) => db.prepare("VACUUM INTO ?").run(other()));
      moveLog();
      const first = await count();
      moveLog();
      const last = readFileSync(desk.file);
      const work = vi.fn();
      try {
        overwrite(before);
        // What is read now would be in part of the one and in part of the other.
        for (const read of [() => reader().counter.count(), () => readRows("SELECT 1")]) {
          const failure = await failureOf(read());
          expect([isUnreadable(failure), writeFailureReason(failure)]).toEqual([
            true,
            expect.stringContaining("was replaced"),
          ]);
        }
        for (let attempt = 0; attempt < 2; attempt++) {
          expect(await failureOf(transaction(work))).toMatchObject({ code: "DATABASE_REPLACED" });
          expect(await failureOf(preparedTransaction(work))).toMatchObject({ code: "DATABASE_REPLACED" });
        }
        expect(work).not.toHaveBeenCalled();
      } finally {
        writeFileSync(desk.file, last);
        rmSync(other());
      }
      expect(await count()).toBe(first + 1);
      await transaction((tx) => tx.counter.deleteMany({ where: { name: { startsWith: "xxx" } } }));
    },
  );

  const removeLog = () => {
    for (const suffix of ["-wal", "-shm"]) rmSync(desk.file + suffix, { force: true });
  };
  it.each([
    ["with the log left beside it", () => {}, ["desk.db", "desk.db-shm", "desk.db-wal"]],
    ["with the log removed, as README says", removeLog, ["desk.db"]],
  ])("overwritten by its backup, %s, stays that when the server stops and starts", async (_, remove, left) => {
    const backup = other();
    desk.raw((db) => db.prepare("VACUUM INTO ?").run(backup));
    const first = await count();
    // Pages that the log holds alone, behind the end of the backup.
    await transaction((tx) => tx.counter.create({ data: { name: "y".repeat(9_000), value: 0 } }));
    await reader().counter.count();
    const before = readFileSync(desk.file);
    const log = readFileSync(`${desk.file}-wal`);
    copyFileSync(backup, desk.file);
    remove();
    const warnings = vi.spyOn(logger(), "warn").mockReturnValue(undefined);
    await closeDatabase();
    expect(warnings).toHaveBeenCalledOnce();
    expect(readFileSync(desk.file).equals(readFileSync(backup))).toBe(true);
    expect(itsFiles()).toEqual(left);
    // The log that stays is whole: nothing is lost to who wants the other one back.
    if (left.length > 1) {
      expect(readFileSync(`${desk.file}-wal`).equals(log)).toBe(true);
      // Before anything opens it.
      expect(whyNotToOpen(desk.file)).toMatch(/was overwritten .* remove desk\.db-wal and desk\.db-shm\./);
      expect(readFileSync(desk.file).equals(readFileSync(backup))).toBe(true);
      // An empty one holds nothing that would get into it.
      truncateSync(`${desk.file}-wal`);
      expect(whyNotToOpen(desk.file)).toBeUndefined();
    }
    removeLog();
    expect([whyNotToOpen(desk.file), whyNotToOpen(desk.file)]).toEqual([undefined, undefined]);
    expect(files()).not.toContain("desk.db-overwritten");
    expect(await reader().counter.findUnique({ where: { name: "ledger" } })).toEqual({
      name: "ledger",
      value: first - 1,
    });
    await closeDatabase();
    writeFileSync(desk.file, before);
    writeFileSync(`${desk.file}-wal`, log);
    rmSync(backup);
    expect(await count()).toBe(first + 1);
    await transaction((tx) => tx.counter.deleteMany({ where: { name: { startsWith: "yyy" } } }));
  });

  it("whose log alone is deleted or replaced refuses too", async () => {
    const first = await count();
    const log = `${desk.file}-wal`;
    renameSync(log, `${log}.aside`);
    expect(await failureOf(count())).toMatchObject({ code: "DATABASE_GONE" });
    writeFileSync(log, "");
    expect(await failureOf(count())).toMatchObject({ code: "DATABASE_REPLACED" });
    renameSync(`${log}.aside`, log);
    expect(await count()).toBe(first + 1);
  });

  it("that goes in the middle of a transaction takes it along: it is rolled back, wherever the file is", async () => {
    const first = await count();
    const failure = await failureOf(
      transaction(async (tx) => {
        await nextNumber(tx, "ledger");
        moveAway();
      }),
    );
    expect(failure).toMatchObject({ code: "DATABASE_GONE" });
    putBack();
    expect(counted()).toBe(first);
    expect(await count()).toBe(first + 1);
  });

  it("that goes in the very moment of the commit: what was committed is not handed out", async () => {
    await count();
    const exec = Database.prototype.prepare;
    vi.spyOn(Database.prototype, "prepare").mockImplementation(function (this: Database.Database, sql: string) {
      if (sql === "COMMIT") moveAway();
      return exec.call(this, sql);
    } as typeof exec);
    const failure = await failureOf(count());
    vi.restoreAllMocks();
    expect(failure).toMatchObject({ code: "DATABASE_GONE" });
    expect(isCommitted(failure)).toBe(true);
    putBack();
    await expect(count()).resolves.toBeGreaterThan(0);
  });

  it.each([
    ["tokens", () => preparedTransaction(({ run }) => run(`UPDATE "Counter" SET "value" = "value" + 1`))],
    [
      "a batch",
      () =>
        slicedTransaction(
          function* () {},
          function* ({ run }) {
            run(`UPDATE "Counter" SET "value" = "value" + 1`);
            yield;
          },
        ),
    ],
  ])("that goes just behind the commit of %s: it is not handed out, and not said to be undone", async (_, work) => {
    await count();
    const before = Number(counted());
    const ask = WritingThread.prototype.ask;
    vi.spyOn(WritingThread.prototype, "ask").mockImplementation(function (
      this: WritingThread,
      ...changes: readonly Change[]
    ) {
      const isCommit = changes.some(([sql]) => sql === "COMMIT");
      return ask.apply(this, [...changes]).then(() => (isCommit ? moveAway() : undefined));
    });
    const failure = await failureOf(work());
    vi.restoreAllMocks();
    expect(failure).toMatchObject({ code: "DATABASE_GONE" });
    expect(isCommitted(failure)).toBe(true);
    expect(isCommitted(await failureOf(work()))).toBe(false);
    putBack();
    expect(counted()).toBe(before + 1);
  });
});

describe("what several ask at nearly the same time", () => {
  const ledger = () => readRows<{ value: number }>(`SELECT "value" FROM "Counter" WHERE "name" = 'ledger'`);
  const asked = vi.fn(async () => (await ledger())[0]?.value ?? 0);
  const ask = (question = "the ledger's counter") => onceForNow(question, asked);
  const addFive = `UPDATE "Counter" SET "value" = "value" + 5 WHERE "name" = 'ledger'`;
  /** A moment is over when the test says so. */
  const stopTime = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  afterEach(() => {
    vi.useRealTimers();
    asked.mockClear();
  });

  it("is asked once, and answered to each, also turns of the event loop later", async () => {
    const now = await count();
    stopTime();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([now, now, now]);
    await new Promise(setImmediate);
    expect(await ask()).toBe(now);
    expect(asked).toHaveBeenCalledTimes(1);
    await ask("another question");
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("is asked anew a moment later: another program may have written", async () => {
    await count();
    stopTime();
    const now = await ask();
    desk.raw((db) => db.exec(addFive));
    vi.advanceTimersByTime(4);
    expect(await ask()).toBe(now);
    vi.advanceTimersByTime(1);
    expect(await ask()).toBe(now + 5);
  });

  it("is asked anew after a transaction, whatever the time, and not after one of tokens, which changes none of it", async () => {
    const before = await count();
    stopTime();
    expect(await ask()).toBe(before);
    await preparedTransaction(({ run }) => run(addFive));
    expect(await ask()).toBe(before);
    await count();
    expect(await ask()).toBe(before + 6);
  });
});

describe("what is no write failure:", () => {
  it.each([
    ["a refusal of our own", new AppError("conflict", "The room is full and locked.")],
    ["a bug", new TypeError("Cannot read properties of undefined")],
    ["a bug that speaks of something malformed", new URIError("URI malformed")],
    ["a bug whose message quotes the database", new Error("database is locked, SQLITE_BUSY, disk is full")],
    ["no error at all", "disk is full"],
  ])("%s", (_, error) => {
    expect(isWriteFailure(error)).toBe(false);
  });

  it("a broken rule of the database: the same unique value, or a missing row", async () => {
    await count();
    const twin = await failureOf(transaction((tx) => tx.counter.create({ data: { name: "ledger", value: 1 } })));
    expect(isWriteFailure(twin)).toBe(false);
    const missing = await failureOf(transaction((tx) => tx.session.create({ data: orphan() })));
    expect(isWriteFailure(missing)).toBe(false);
  });
});

describe("an error whose causes lead in a circle, or have no end,", () => {
  const failing = (code: string) => Object.assign(new Error("beneath"), { code });

  it("is read like any other", () => {
    const own = Object.assign(new Error("own cause"), { code: "E_BUG" });
    own.cause = own;
    expect(isWriteFailure(own)).toBe(false);
    const [one, two] = [new Error("one"), failing("SQLITE_FULL")];
    one.cause = two;
    two.cause = one;
    expect(writeFailureReason(one)).toBe("the disk is full");
    const meta = Object.assign(new Error("meta"), { meta: { driverAdapterError: undefined as unknown } });
    meta.meta.driverAdapterError = meta;
    expect(isWriteFailure(meta)).toBe(false);
    const empty = Object.assign(new Error("no meta"), { meta: null });
    expect(isWriteFailure(empty)).toBe(false);
  });

  it("is read to a depth that no real one has", () => {
    let deep: Error = failing("SQLITE_FULL");
    for (let depth = 0; depth < 5; depth++) deep = new Error(`${depth}`, { cause: deep });
    expect(isWriteFailure(deep)).toBe(true);
    for (let depth = 0; depth < 100_000; depth++) deep = new Error(`${depth}`, { cause: deep });
    expect(isWriteFailure(deep)).toBe(false);
    const endless = {
      get cause(): unknown {
        return { ...Object.getOwnPropertyDescriptors(endless), cause: Object.create(endless) };
      },
    };
    expect(isWriteFailure(endless)).toBe(false);
  });
});

describe("watching commits", () => {
  it("tells of those of its own work, and of no other's", async () => {
    const quiet = watchCommits(() => reader().counter.count());
    const failing = watchCommits(() =>
      transaction(async () => {
        throw new Error("on purpose");
      }),
    );
    const thenFailing = watchCommits(async () => {
      await count();
      throw new Error("afterwards");
    });
    await Promise.allSettled([quiet.done, failing.done, thenFailing.done, count()]);
    expect([quiet, failing, thenFailing].map(({ hasCommitted }) => hasCommitted())).toEqual([false, false, true]);
  });
});

describe("many at once", () => {
  it("get consecutive numbers, one at a time, also when some of them fail", async () => {
    const first = await count();
    let inside = 0;
    const one = (fails: boolean) =>
      transaction(async (tx) => {
        inside += 1;
        expect(inside).toBe(1);
        try {
          const number = await nextNumber(tx, "ledger");
          if (fails) throw new Error("on purpose");
          return number;
        } finally {
          inside -= 1;
        }
      });
    const results = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => one(index % 7 === 3)));
    const numbers = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(numbers).toHaveLength(86);
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => first + 1 + index));
  });
});

describe("thousands of rows in one commit", () => {
  let run = 0;
  const rows = (from: number) =>
    Array.from({ length: 200 }, (_, index) => ({
      name: { counter: "ledger", plus: from + index, before: `row ${run}-`, after: "." },
      value: { counter: "ledger", plus: from + index },
    }));
  const inserted = () => reader().counter.count({ where: { name: { startsWith: `row ${run}-` } } });
  /** @param decide what the lock is for */
  const insertRows = (decide: (statements: FillingStatements) => void, last = 40) =>
    slicedTransaction(
      function* (ahead) {
        run += 1;
        for (let slice = 0; slice < last; slice += 1) {
          ahead.insert("Counter", rows(slice * 200 + 1));
          yield;
        }
      },
      function* (statements) {
        const [ledger] = statements.rows<{ value: number }>(`SELECT "value" FROM "Counter" WHERE "name" = 'ledger'`);
        statements.fill({ ledger: ledger?.value ?? 0 });
        yield;
        decide(statements);
        return ledger?.value ?? 0;
      },
    );

  it("are made before it is known which numbers they get, and written by another thread", async () => {
    await closeDatabase();
    await count();
    const prepare = vi.spyOn(Database.prototype, "prepare");
    const [, , before] = await Promise.all([count(), count(), insertRows(() => {}), count()]);
    const here = prepare.mock.calls
      .map(([sql]) => sql)
      .filter((sql) => sql.startsWith(`INSERT INTO "Counter" ("name", "value") VALUES (?, ?), (?`));
    vi.restoreAllMocks();
    expect(here).toEqual([]);
    expect(await inserted()).toBe(8_000);
    const [first, last] = [1, 8_000].map((plus) => ({ name: `row ${run}-${before + plus}.`, value: before + plus }));
    expect(
      await reader().counter.findMany({
        where: { name: { in: [first?.name ?? "", last?.name ?? ""] } },
        orderBy: { value: "asc" },
      }),
    ).toEqual([first, last]);
  });

  it("are in the file itself when it is done: no later commit has to move them, and keep pages waiting", async () => {
    const size = () => statSync(desk.file).size;
    const before = size();
    await insertRows(() => {});
    expect(size()).toBeGreaterThan(before + 100_000);
  });

  it("are none of them there when the work fails, or one of them breaks a rule, or the file goes; the next one goes through", async () => {
    const first = await count();
    const broken = new Error("no");
    expect(
      await failureOf(
        insertRows(() => {
          throw broken;
        }),
      ),
    ).toBe(broken);
    const twice = await failureOf(
      insertRows((statements) => statements.insert("Counter", [{ name: "ledger", value: 1 }])),
    );
    expect(twice).toMatchObject({ code: "SQLITE_CONSTRAINT_PRIMARYKEY" });
    expect(isWriteFailure(twice)).toBe(false);
    expect(await failureOf(insertRows(moveAway))).toMatchObject({ code: "DATABASE_GONE" });
    putBack();
    expect(await inserted()).toBe(0);
    expect(await count()).toBe(first + 1);
  });

  it("wait for another program's lock, and say what it was", async () => {
    const first = await count();
    const other = new Database(desk.file);
    other.exec("BEGIN IMMEDIATE");
    const decide = vi.fn();
    const failure = await failureOf(insertRows(decide, 1));
    other.exec("COMMIT");
    other.close();
    expect(writeFailureReason(failure)).toBe("the database is locked by another program");
    expect(decide).not.toHaveBeenCalled();
    expect(await count()).toBe(first + 1);
  });

  it("are refused where the database has gone", async () => {
    await count();
    moveAway();
    const failure = await failureOf(insertRows(() => {}, 1));
    putBack();
    expect(failure).toMatchObject({ code: "DATABASE_GONE" });
  });
});

describe("closing", () => {
  it("the next use opens it anew, and closing twice is closing once", async () => {
    const before = await count();
    await closeDatabase();
    await closeDatabase();
    expect(await count()).toBe(before + 1);
  });
});
