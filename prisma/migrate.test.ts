/** Bringing a database up to date, and the databases that are refused. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MigrationError, migrate, pendingDiff } from "./migrate";

// The schema engine takes its time to load.
vi.setConfig({ testTimeout: 30_000 });

const known = readdirSync(join(import.meta.dirname, "migrations"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimcheck-migrate-"));
  file = join(folder, "desk.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

function sql<T>(work: (db: Database.Database) => T): T {
  const db = new Database(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const tables = () =>
  sql((db) =>
    db
      .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\'")
      .pluck()
      .all(),
  );

describe("a database of an earlier version", () => {
  it("is brought up to date and keeps its ledger", async () => {
    await migrate(`file:${file}`);
    sql((db) =>
      db.exec(`ALTER TABLE IssuedToken DROP COLUMN template;
        DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_template';
        INSERT INTO IssuedToken VALUES (1, 'jti', 'key', 'Staging', 'version', 'member', 'Maya', 'dashboard', '2026-11-24T00:00:00.000+00:00',
          '2026-11-24T02:00:00.000+00:00', '{}', 'allow_join', '', NULL, NULL, 'A demo', 'sha256', NULL)`),
    );
    expect(await migrate(`file:${file}`)).toEqual(["20261124120000_template"]);
    expect(sql((db) => db.prepare("SELECT number, purpose, template, sha256 FROM IssuedToken").all())).toEqual([
      { number: 1, purpose: "A demo", template: "", sha256: "sha256" },
    ]);
  });
});

describe("a new file", () => {
  it("has had every migration, in order, and has the tables of schema.prisma", async () => {
    expect(await migrate(`file:${file}`)).toEqual(known);
    const schema = readFileSync(join(import.meta.dirname, "schema.prisma"), "utf8");
    const models = [...schema.matchAll(/^model (\w+)/gm)].map(([, name]) => name);
    expect(tables().sort()).toEqual(models.sort());
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
  const refuse = async () => {
    const before = readFileSync(file);
    const failure = await migrate(`file:${file}`).then(
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

  it("a database whose migration did not finish", async () => {
    await migrate(`file:${file}`);
    sql((db) => db.exec("UPDATE _prisma_migrations SET finished_at = NULL"));
    expect(await refuse()).toMatch(new RegExp(`"${known[0]}" did not finish\\. Restore the backup`));
  });
});

describe("the migrations", () => {
  it("lead exactly to schema.prisma", async () => {
    expect(await pendingDiff()).toBe("");
  });
});
