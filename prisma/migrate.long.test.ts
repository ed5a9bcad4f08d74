/** Bringing a database up to date, and the databases that are refused. */
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it, vi } from "vitest";
import { migrate } from "./migrate";
import { givenUp } from "./migrated-copy";
import { MigrationError } from "./migration-history";
import { eachInItsFolder, killProgram, startProgram, withDatabase } from "./test-database";
import { pendingDiff } from "./write-migration";

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  return { ...real, linkSync: vi.fn(real.linkSync), statfsSync: vi.fn(real.statfsSync) };
});

// The schema engine takes its time to load, and a start that is killed loads it anew each time.
vi.setConfig({ testTimeout: 180_000 });

const MIGRATIONS = join(import.meta.dirname, "migrations");
const known = readdirSync(MIGRATIONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

let folder: string;
let file: string;
eachInItsFolder((made) => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  folder = made;
  file = join(folder, "desk.db");
});

const sql = <T>(work: (db: Database.Database) => T): T => withDatabase(file, work);

const tables = () =>
  sql((db) =>
    db
      .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\'")
      .pluck()
      .all(),
  );

const FIRST = "CREATE TABLE Token (number INTEGER NOT NULL PRIMARY KEY, purpose TEXT NOT NULL);\n";
const SECOND = "ALTER TABLE Token ADD COLUMN template TEXT NOT NULL DEFAULT '';\n";

/** A folder of migrations, made anew. */
function migrations(each: Record<string, string>): string {
  const own = join(folder, "migrations");
  rmSync(own, { recursive: true, force: true });
  for (const [name, text] of Object.entries(each)) {
    mkdirSync(join(own, name), { recursive: true });
    writeFileSync(join(own, name, "migration.sql"), text);
  }
  return own;
}

/** A database of the first migration, with a row, as a server leaves it. */
async function older(): Promise<void> {
  await migrate(`file:${file}`, migrations({ "1_first": FIRST }));
  sql((db) => db.exec("PRAGMA journal_mode = WAL; INSERT INTO Token VALUES (1, 'A demo')"));
}

const inFolder = () => readdirSync(folder).filter((name) => name.startsWith("desk"));
const tokens = (path = file) => {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare("SELECT * FROM Token").all();
  } finally {
    db.close();
  }
};

/** As whoever opens it for writing finds it: what a killed process left half-written beside it is put right first, in a copy, so that the next start still meets it. */
const tokensOfKilled = () => {
  const copy = join(mkdtempSync(join(folder, "copy-")), "desk.db");
  for (const suffix of ["", "-journal", "-wal"])
    if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  const db = new Database(copy, { fileMustExist: true });
  try {
    return db.prepare("SELECT * FROM Token").all();
  } finally {
    db.close();
  }
};

describe("a database of an earlier version", () => {
  it("of version 0.2.0, is brought up to date and keeps its ledger", async () => {
    const init = known[0] ?? "";
    const first = { [init]: readFileSync(join(import.meta.dirname, "migrations", init, "migration.sql"), "utf8") };
    expect(await migrate(`file:${file}`, migrations(first))).toEqual([init]);
    const row = {
      ...{ number: 1, jti: Buffer.alloc(16, 7), profile: "videosdk", keyId: "key", keyLabel: "Staging" },
      ...{
        secretVersionId: "version",
        actorKind: "member",
        actorId: "maya",
        actorName: "Maya",
        via: "dashboard",
        claims: "{}",
      },
      ...{ issuedAt: 1795478400000, expiresAt: 1795485600000, ttlSeconds: 7200, moderates: 0, callsRest: 0 },
      ...{ purpose: "A demo", sha256: Buffer.alloc(32, 9) },
    };
    const names = Object.keys(row);
    const insert = `INSERT INTO IssuedToken (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`;
    sql((db) => db.prepare(insert).run(row));
    const body = JSON.stringify({ action: "token.issued", address: "", userAgent: "", requestId: "", tokenNumber: 1 });
    const event =
      "INSERT INTO AuditEvent (sequence, at, action, keyId, tokenNumber, body) VALUES (1, 0, ?, 'key', 1, ?)";
    sql((db) => {
      db.prepare(event).run("token.issued", body);
      db.exec("INSERT INTO SigningKey VALUES ('key', 'Staging', 'api', 'videosdk', '{}', 0, 'maya', 'x', NULL, 1)");
      db.exec(`
        INSERT INTO SecretVersion (id, keyId, sealed, fingerprint, createdAt) VALUES ('version', 'key', '', '', 0);
        INSERT INTO Member (id, name, email, passwordHash, role, createdAt) VALUES ('maya', 'Maya', 'm@example.com', '', 'admin', 0);
        INSERT INTO Session (id, memberId, createdAt, expiresAt, address, userAgent) VALUES ('session', 'maya', 1795478300000, 1795578300000, '', '');
      `);
    });
    expect(await migrate(`file:${file}`)).toEqual(known.slice(1));
    // What is kept from then on while tokens are issued holds for those that were before.
    expect(
      sql((db) => [
        db.prepare("SELECT * FROM IssuedPerQuarter").all(),
        db.prepare("SELECT lastIssuedAt, signsElsewhere FROM SigningKey").all(),
        db.prepare("SELECT lastSeenAt, issuedTokens FROM Member").all(),
        db.prepare("SELECT lastSeenAt FROM Session").all(),
        db.prepare("SELECT enteredById FROM SecretVersion").all(),
        ...["staging", "maya", "demo"].map((word) =>
          db.prepare("SELECT rowid FROM EventText WHERE EventText MATCH ?").pluck().all(word),
        ),
      ]),
    ).toEqual([
      [{ quarter: 1994976, keyId: "key", tokens: 1 }],
      [{ lastIssuedAt: 1795478400000, signsElsewhere: null }],
      [{ lastSeenAt: 1795478300000, issuedTokens: 1 }],
      [{ lastSeenAt: 1795478300000 }],
      [{ enteredById: "maya" }],
      ...[[1], [1], [1]],
    ]);
    const later = "CREATE INDEX later ON IssuedToken (purpose); ALTER TABLE IssuedToken ADD COLUMN note TEXT;";
    const all = migrations({
      ...Object.fromEntries(
        known.map((name) => [
          name,
          readFileSync(join(import.meta.dirname, "migrations", name, "migration.sql"), "utf8"),
        ]),
      ),
      "99990101000000_later": later,
    });
    expect(await migrate(`file:${file}`, all)).toEqual(["99990101000000_later"]);
    expect(sql((db) => db.prepare("SELECT * FROM IssuedToken").all())).toMatchObject([{ ...row, note: null }]);
    expect(await migrate(`file:${file}`, all)).toEqual([]);
  });

  it("is kept as it was, for its owner only, under a name that tells of the migration and is said", async () => {
    await older();
    expect(await migrate(`file:${file}`, migrations({ "1_first": FIRST, "2_second": SECOND }))).toEqual(["2_second"]);
    const kept = join(folder, "desk.before-2_second.db");
    expect(inFolder()).toEqual(["desk.before-2_second.db", "desk.db"]);
    expect(tokens(kept)).toEqual([{ number: 1, purpose: "A demo" }]);
    expect(tokens()).toEqual([{ number: 1, purpose: "A demo", template: "" }]);
    for (const path of [kept, file]) expect((statSync(path).mode & 0o777).toString(8)).toBe("600");
    expect(console.log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(kept));
  });

  it.each(["EPERM", "ENOTSUP", "ENOSYS", "EXDEV"])(
    "is kept as a copy where there are no hard links (%s)",
    async (code) => {
      await older();
      vi.mocked(linkSync).mockImplementationOnce(() => {
        throw Object.assign(new Error("no links"), { code });
      });
      expect(await migrate(`file:${file}`, migrations({ "1_first": FIRST, "2_second": SECOND }))).toEqual(["2_second"]);
      const kept = join(folder, "desk.before-2_second.db");
      expect(inFolder()).toEqual(["desk.before-2_second.db", "desk.db"]);
      expect(tokens(kept)).toEqual([{ number: 1, purpose: "A demo" }]);
      expect(tokens()).toEqual([{ number: 1, purpose: "A demo", template: "" }]);
      expect((statSync(kept).mode & 0o777).toString(8)).toBe("600");
    },
  );

  it("cannot be kept: nothing is brought up to date, nothing is left beside it, and it is said why", async () => {
    await older();
    vi.mocked(linkSync).mockImplementationOnce(() => {
      throw Object.assign(new Error("EIO: i/o error, link"), { code: "EIO" });
    });
    const failure = migrate(`file:${file}`, migrations({ "1_first": FIRST, "2_second": SECOND }));
    await expect(failure).rejects.toThrow(MigrationError);
    await expect(failure).rejects.toThrow(/"2_second".*i\/o error.*It is as it was/);
    expect(inFolder()).toEqual(["desk.db"]);
    expect(tokens()).toEqual([{ number: 1, purpose: "A demo" }]);
  });

  it("is one of the last two that are kept; what was kept under the same name stays too", async () => {
    const all: Record<string, string> = { "1_first": FIRST };
    await older();
    for (const name of ["2_a", "3_b", "4_c"]) {
      all[name] = `CREATE TABLE "${name}" (x INTEGER);\n`;
      await migrate(`file:${file}`, migrations(all));
    }
    expect(inFolder()).toEqual(["desk.before-3_b.db", "desk.before-4_c.db", "desk.db"]);
    // Restored, as the start would advise, written to, and brought up to date again.
    copyFileSync(join(folder, "desk.before-4_c.db"), file);
    sql((db) => db.exec("INSERT INTO Token VALUES (2, 'Later')"));
    await migrate(`file:${file}`, migrations(all));
    expect(inFolder()).toEqual(["desk.before-4_c.2.db", "desk.before-4_c.db", "desk.db"]);
    expect(tokens(join(folder, "desk.before-4_c.db"))).toHaveLength(1);
    expect(tokens(join(folder, "desk.before-4_c.2.db"))).toHaveLength(2);
  });

  it("is not counted with a backup of somebody's own that has a name of that kind, which stays", async () => {
    await older();
    const own = [
      "desk.before-upgrade.db",
      "desk.before-2026-11-28.db",
      "desk.before-2026_11_28.db",
      "desk.before-Maya.2.db",
    ];
    for (const name of own) copyFileSync(file, join(folder, name));
    const all: Record<string, string> = { "1_first": FIRST };
    for (const name of ["2_a", "3_b", "4_c"]) {
      all[name] = `CREATE TABLE "${name}" (x INTEGER);\n`;
      await migrate(`file:${file}`, migrations(all));
    }
    expect(inFolder()).toEqual(["desk.before-3_b.db", "desk.before-4_c.db", ...own, "desk.db"].sort());
  });

  it("keeps its mark of the demo", async () => {
    await older();
    sql((db) => db.pragma("application_id = 7"));
    await migrate(`file:${file}`, migrations({ "1_first": FIRST, "2_second": SECOND }));
    expect(sql((db) => db.pragma("application_id", { simple: true }))).toBe(7);
  });
});

describe("a migration that fails half-way", () => {
  it("leaves the database as it was and nothing beside it, says which and why, and the next start goes on", async () => {
    await older();
    const all = { "1_first": FIRST, "2_second": `${SECOND}INSERT INTO Nowhere VALUES (1);\n` };
    const failure = migrate(`file:${file}`, migrations(all));
    await expect(failure).rejects.toThrow(MigrationError);
    await expect(failure).rejects.toThrow(
      /^The database could not be brought up to date \("2_second"\): .*`Nowhere` does not exist\. It is as it was/,
    );
    expect(inFolder()).toEqual(["desk.db"]);
    expect(tokens()).toEqual([{ number: 1, purpose: "A demo" }]);
    expect(await migrate(`file:${file}`, migrations({ "1_first": FIRST }))).toEqual([]);
    expect(await migrate(`file:${file}`, migrations({ ...all, "2_second": SECOND }))).toEqual(["2_second"]);
  });

  it("by leaving rows that refer to nothing is no better", async () => {
    await older();
    const all = {
      "1_first": FIRST,
      "2_second":
        "PRAGMA foreign_keys=OFF;\nCREATE TABLE Child (id INTEGER PRIMARY KEY, token INTEGER REFERENCES Token (number));\nINSERT INTO Child VALUES (1, 99);\n",
    };
    await expect(migrate(`file:${file}`, migrations(all))).rejects.toThrow(/a row of Child refers to one that is not/);
    expect(inFolder()).toEqual(["desk.db"]);
  });

  it("for want of room is refused before it begins, with how much it takes", async () => {
    await older();
    vi.mocked(statfsSync).mockReturnValueOnce({ bavail: 1_000, bsize: 4_096 } as ReturnType<typeof statfsSync>);
    const own = migrations({ "1_first": FIRST, "2_second": SECOND });
    await expect(migrate(`file:${file}`, own)).rejects.toThrow(
      /there is no room in \S+: it takes \d+ MB, and 5 MB are free\. It is as it was/,
    );
    expect(inFolder()).toEqual(["desk.db"]);
    expect(await migrate(`file:${file}`, own)).toEqual(["2_second"]);
  });

  it("because a server has the database open is told so", async () => {
    await older();
    const server = new Database(file);
    server.pragma("journal_mode = WAL");
    server.prepare("SELECT * FROM Token").all();
    try {
      await expect(migrate(`file:${file}`, migrations({ "1_first": FIRST, "2_second": SECOND }))).rejects.toThrow(
        /another program has \S+desk\.db open\. Stop that one/,
      );
    } finally {
      server.close();
    }
    expect(tokens()).toEqual([{ number: 1, purpose: "A demo" }]);
  });
});

describe("a start that is killed in the middle of a migration", () => {
  const SLOW = `${SECOND}CREATE TABLE Much (x TEXT);
INSERT INTO Much WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 400000) SELECT hex(randomblob(8)) FROM n;
UPDATE Token SET template = 'moved';
`;
  /** Numbers from 0 to 1, the same at each run. */
  let seed = 20_261_124;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };

  it("has left the database as it was or brought up to date, at whatever moment, and the next one finishes", async () => {
    const own = () => migrations({ "1_first": FIRST, "2_second": SLOW });
    const code = `const { migrate } = await import(${JSON.stringify(join(import.meta.dirname, "migrate.ts"))});
      console.log("begun");
      await migrate(${JSON.stringify(`file:${file}`)}, ${JSON.stringify(join(folder, "migrations"))});
      console.log("done");`;
    const states = new Set<string>();
    for (let round = 0; round < 8; round++) {
      for (const name of inFolder()) rmSync(join(folder, name));
      await older();
      own();
      const child = startProgram(folder, ["--input-type=module", "-e", code]);
      await once(child.stdout, "data");
      // Some at once, some while the copy grows, some when it is put in place, however busy the machine is.
      const has = (name: string) => () => inFolder().includes(name);
      const moments = [() => true, has("desk.db.migrating"), () => true, has("desk.before-2_second.db")];
      await killProgram(child, moments[round % moments.length] ?? (() => true), Math.floor(random() * 300));
      states.add(inFolder().join(" "));
      const left = tokensOfKilled();
      expect([
        [{ number: 1, purpose: "A demo" }],
        [{ number: 1, purpose: "A demo", template: "moved" }],
      ]).toContainEqual(left);
      await migrate(`file:${file}`, own());
      expect(tokens()).toEqual([{ number: 1, purpose: "A demo", template: "moved" }]);
      expect(sql((db) => db.prepare("SELECT count(*) FROM Much").pluck().get())).toBe(400_000);
      expect(inFolder()).toEqual(["desk.before-2_second.db", "desk.db"]);
      expect(tokens(join(folder, "desk.before-2_second.db"))).toEqual([{ number: 1, purpose: "A demo" }]);
    }
    // The moments were different ones: among them such as leave a half-made copy.
    expect([...states].some((state) => state.includes(".migrating"))).toBe(true);
    expect(states.size).toBeGreaterThan(1);
  });

  it("after it named the database as it was, and before the copy took its place", async () => {
    await older();
    linkSync(file, join(folder, "desk.before-2_second.db"));
    writeFileSync(`${file}.migrating`, "half a database");
    await migrate(`file:${file}`, migrations({ "1_first": FIRST, "2_second": SECOND }));
    expect(inFolder()).toEqual(["desk.before-2_second.db", "desk.db"]);
    expect(tokens(join(folder, "desk.before-2_second.db"))).toEqual([{ number: 1, purpose: "A demo" }]);
  });
});

describe("two starts at once", () => {
  it("bring it up to date once, and neither loses what is in it", async () => {
    await older();
    const own = migrations({ "1_first": FIRST, "2_second": SECOND });
    const results = await Promise.allSettled([migrate(`file:${file}`, own), migrate(`file:${file}`, own)]);
    expect(results.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    expect(tokens()).toEqual([{ number: 1, purpose: "A demo", template: "" }]);
    expect(await migrate(`file:${file}`, own)).toEqual([]);
  });
});

describe("a new file", () => {
  it("has had every migration, in order, and has the tables of schema.prisma", async () => {
    expect(await migrate(`file:${file}`)).toEqual(known);
    const schema = readFileSync(join(import.meta.dirname, "schema.prisma"), "utf8");
    const models = [...schema.matchAll(/^model (\w+)/gm)].map(([, name]) => name);
    // Beside them the one that Prisma does not know.
    expect(tables().sort()).toEqual([...models, "EventText"].sort());
    const applied = sql((db) =>
      db
        .prepare("SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at")
        .pluck()
        .all(),
    );
    expect(applied).toEqual(known);
  });

  it("is left unlocked and can be written", async () => {
    await migrate(`file:${file}`);
    sql((db) => db.exec("BEGIN EXCLUSIVE; INSERT INTO Counter VALUES ('x', 1); COMMIT"));
    expect(sql((db) => db.prepare("SELECT value FROM Counter").pluck().get())).toBe(1);
  });
});

describe("a database that is up to date", () => {
  it("is left as it is, byte for byte", async () => {
    await migrate(`file:${file}`);
    const before = readFileSync(file);
    expect(await migrate(`file:${file}`)).toEqual([]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("keeps what is in it", async () => {
    await migrate(`file:${file}`);
    sql((db) => db.exec("INSERT INTO Counter VALUES ('ledger', 48213)"));
    await migrate(`file:${file}`);
    expect(sql((db) => db.prepare("SELECT value FROM Counter").pluck().get())).toBe(48213);
  });
});

describe("refused, with what to do, and left as it is:", () => {
  const refuse = async (own?: string) => {
    const before = readFileSync(file);
    const failure = await migrate(`file:${file}`, own).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(MigrationError);
    expect(readFileSync(file).equals(before)).toBe(true);
    return (failure as Error).message;
  };

  it("a database that a newer program has changed", async () => {
    await migrate(`file:${file}`);
    sql((db) =>
      db.exec(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, started_at, applied_steps_count) VALUES ('x', 'x', '99990101000000_later', 1, 1, 1)",
      ),
    );
    expect(await refuse()).toMatch(/newer than this program.*"99990101000000_later".*restore a backup/);
  });

  const had = { "1_first": FIRST, "2_second": SECOND };
  const fits = async (now: Record<string, string>) => {
    await migrate(`file:${file}`, migrations(had));
    return refuse(migrations(now));
  };

  it("one that had a migration which is missing here", async () => {
    expect(await fits({ "2_second": SECOND, "3_third": "SELECT 1;" })).toMatch(
      /has had the migration "1_first", which this program does not have\. Start the version that made/,
    );
  });

  it("one that had a migration under another name, though their number is the same", async () => {
    expect(await fits({ "1_first": FIRST, "2_other": SECOND })).toMatch(/has had the migration "2_second"/);
  });

  it("one that has had a later migration without the one before it", async () => {
    expect(await fits({ "1_first": FIRST, "1_more": "SELECT 1;", "2_second": SECOND })).toMatch(
      /has had the migration "2_second", but not "1_more", which comes before it\. /,
    );
  });

  it("beside a folder that another version left, or whose file is gone", async () => {
    await migrate(`file:${file}`, migrations(had));
    const own = migrations({ ...had, "3_third": "SELECT 1;" });
    rmSync(join(own, "3_third/migration.sql"));
    expect(await refuse(own)).toMatch(
      /3_third\/migration\.sql cannot be read \(ENOENT\)\. Put it back .*left over from another version, remove the folder\.$/,
    );
  });

  it("one that has had a migration with other content", async () => {
    expect(await fits({ "1_first": FIRST, "2_second": SECOND.replace("''", "'none'") })).toMatch(
      /^The migration "2_second" is not the one that the database has had: .*Put back prisma\/migrations\/2_second\/migration\.sql/,
    );
  });

  it("and none for other line ends", async () => {
    await migrate(`file:${file}`, migrations(had));
    const windows = { "1_first": FIRST.replaceAll("\n", "\r\n"), "2_second": SECOND };
    expect(await migrate(`file:${file}`, migrations(windows))).toEqual([]);
  });

  it("a database whose migration did not finish, naming what was kept of before it", async () => {
    await older();
    await migrate(`file:${file}`, migrations(had));
    sql((db) => db.exec("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_second'"));
    expect(await refuse(join(folder, "migrations"))).toBe(
      `The migration "2_second" did not finish. Restore the backup made before it, ${join(folder, "desk.before-2_second.db")}, then start again.`,
    );
  });

  it("the same where it is named by a link that lies elsewhere", async () => {
    await older();
    await migrate(`file:${file}`, migrations(had));
    sql((db) => db.exec("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_second'"));
    const link = join(folder, "migrations/link.db");
    symlinkSync(file, link);
    await expect(migrate(`file:${link}`, join(folder, "migrations"))).rejects.toThrow(
      `Restore the backup made before it, ${join(folder, "desk.before-2_second.db")}, then`,
    );
  });

  it("a database whose migration did not finish", async () => {
    await migrate(`file:${file}`);
    sql((db) => db.exec("UPDATE _prisma_migrations SET finished_at = NULL"));
    expect(await refuse()).toBe(
      `The migration "${known[0]}" did not finish, and no copy of before it lies beside ${file}. Restore a backup of your own over it; without one, move the file away and start again with an empty database.`,
    );
  });

  it("a database whose second of two migrations did not finish, naming what was kept before both", async () => {
    await older();
    await migrate(`file:${file}`, migrations({ ...had, "3_third": "SELECT 1;" }));
    sql((db) => db.exec("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '3_third'"));
    expect(await refuse(join(folder, "migrations"))).toContain(
      `"3_third" did not finish. Restore the backup made before it, ${join(folder, "desk.before-2_second.db")}, then`,
    );
  });
});

describe("the migrations", () => {
  it("lead exactly to schema.prisma", async () => {
    expect(await pendingDiff(MIGRATIONS)).toBe("");
  });
});

it("tells what failed, and not where in the engine", () => {
  const error = new Error(
    "Error in migration engine.\nThe disk is full.\n    at f (file.js:1:2)\n    at g (file.js:3:4)",
  );
  expect(givenUp(join(folder, "copy"), [], error).message).toContain(": The disk is full. It is as it was");
  const withFrames = new Error(
    "Error in migration engine.\nno such table: T\n   0: connector::apply_script\n           with name=x\n             at engine/apply.rs:1\n   2: engine::ApplyMigrations.\n",
  );
  expect(givenUp(join(folder, "copy"), [], withFrames).message).toContain(": no such table: T. It is as it was");
});
