/** Getting the database ready, and every database that the start refuses. */
import { spawnSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabase, reader } from "@/lib/db";
import { seal } from "@/lib/seal";
import { openDeskHere } from "@/prisma/shell";
import { ensureDatabase } from "./ensure-database";
import { StartError } from "./start-error";

// The schema engine takes its time to load.
vi.setConfig({ testTimeout: 30_000 });

const folder = mkdtempSync(join(tmpdir(), "claimcheck-start-"));
const file = join(folder, "data/deep/desk.db");
const url = `file:${file}`;

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: url,
    AUTH_SECRET: "drawn-by-nobody-at-all-for-the-tests-4711",
    SEALING_KEYS: `k1:${randomBytes(32).toString("base64url")}`,
  });
});
afterEach(closeDatabase);
afterAll(() => rmSync(folder, { recursive: true }));

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

function sql(statement: string, ...values: unknown[]): void {
  const db = new Database(file);
  try {
    db.prepare(statement).run(...values);
  } finally {
    db.close();
  }
}

async function refusal(of = url): Promise<string> {
  const failure = await ensureDatabase(of).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(StartError);
  const { message } = failure as Error;
  expect(message).not.toContain("\n");
  return message;
}

it("refuses one that was overwritten while a server ran, for as long as the log of the other lies beside it, and does not touch it", async () => {
  await ensureDatabase(url);
  await closeDatabase();
  const before = readFileSync(file);
  writeFileSync(`${file}-overwritten`, "");
  writeFileSync(`${file}-wal`, "the log of another");
  expect(await refusal()).toMatch(
    /was overwritten while the server was running.* remove desk\.db-wal and desk\.db-shm\./,
  );
  await expect(openDeskHere("a program")).rejects.toThrow(/was overwritten/);
  expect([readFileSync(file).equals(before), readFileSync(`${file}-wal`, "utf8")]).toEqual([
    true,
    "the log of another",
  ]);
  // Its log lies beside the file itself.
  const link = join(folder, "link.db");
  symlinkSync(file, link);
  expect(await refusal(`file:${link}`)).toMatch(/remove desk\.db-wal/);
  rmSync(`${file}-wal`);
  await ensureDatabase(url);
  expect(readdirSync(dirname(file))).not.toContain("desk.db-overwritten");
});

function addKey(label: string, versionId: string, sealed: string): void {
  const keyId = randomUUID();
  sql(
    "INSERT INTO SigningKey (id, label, apiKey, profile, policy, createdAt, createdById, createdByName) VALUES (?, ?, ?, 'videosdk', '{}', ?, '', '')",
    keyId,
    label,
    randomUUID(),
    1795478400000,
  );
  sql(
    "INSERT INTO SecretVersion (id, keyId, sealed, fingerprint, createdAt, retiredAt) VALUES (?, ?, ?, '', ?, NULL)",
    versionId,
    keyId,
    sealed,
    1795478400000,
  );
}

it.each(["-wal", "-journal", "-shm"])(
  "refuses a pipe that is called as the file beside the database, %s",
  async (ending) => {
    const place = mkdtempSync(join(folder, "pipe-"));
    expect(spawnSync("mkfifo", [join(place, `desk.db${ending}`)]).status).toBe(0);
    expect(await refusal(`file:${join(place, "desk.db")}`)).toContain(`desk.db${ending} is a device or a pipe`);
  },
);

describe("makes", () => {
  it("the folder and the file, for their owner only, and the tables", async () => {
    await ensureDatabase(url);
    expect(mode(join(folder, "data"))).toBe("700");
    expect(mode(file)).toBe("600");
    expect(await reader().member.count()).toBe(0);
  });

  it("the same one where a blank or a carriage return follows its name", async () => {
    for (const end of [" ", "\r", "\t \r\n"]) await ensureDatabase(`${url}${end}`);
    expect(readdirSync(join(folder, "data/deep")).filter((name) => !/^desk\.db(-wal|-shm)?$/.test(name))).toEqual([]);
  });

  it("nothing the second time", async () => {
    sql("INSERT INTO Counter VALUES ('kept', 7)");
    await ensureDatabase(url);
    expect(await reader().counter.findUnique({ where: { name: "kept" } })).toEqual({ name: "kept", value: 7 });
  });

  it("a file that others could read private again", async () => {
    const { chmodSync } = await import("node:fs");
    chmodSync(file, 0o644);
    await ensureDatabase(url);
    expect(mode(file)).toBe("600");
  });
});

describe("refuses, in one line that says what to do,", () => {
  it("a path whose folder cannot be made", async () => {
    writeFileSync(join(folder, "a-file"), "");
    const path = join(folder, "a-file/data/desk.db");
    expect(await refusal(`file:${path}`)).toMatch(
      new RegExp(`^DATABASE_URL: ${path} cannot be written \\(ENOTDIR\\)\\.`),
    );
  });

  it("a folder in place of the file", async () => {
    const path = join(folder, "a-folder");
    mkdirSync(path);
    expect(await refusal(`file:${path}`)).toBe(
      `DATABASE_URL: ${path} cannot be written (EISDIR). Choose another place, or give this user the right to write there.`,
    );
  });

  it("a file that is no database", async () => {
    const path = join(folder, "notes.txt");
    writeFileSync(path, "Dear diary, this is no database. ".repeat(40));
    expect(await refusal(`file:${path}`)).toBe(`DATABASE_URL: ${path} cannot be used: file is not a database`);
  });

  it("a database that is newer than the program", async () => {
    sql(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, started_at, applied_steps_count) VALUES ('later', 'x', '99990101000000_later', 1, 1, 1)",
    );
    expect(await refusal()).toMatch(/^The database is newer than this program/);
    sql("DELETE FROM _prisma_migrations WHERE id = 'later'");
  });

  it("a migration that stands there twice", async () => {
    sql(
      "INSERT INTO _prisma_migrations SELECT 'twin', checksum, finished_at, migration_name, logs, rolled_back_at, started_at, applied_steps_count FROM _prisma_migrations LIMIT 1",
    );
    expect(await refusal()).toMatch(/^The database says that it has had the migration "\w+" twice\. /);
    sql("DELETE FROM _prisma_migrations WHERE id = 'twin'");
  });

  it.each(["SecretVersion", "IssuedToken", "AuditEvent"])("a database that has lost its table %s", async (table) => {
    sql(`ALTER TABLE ${table} RENAME TO Elsewhere`);
    await closeDatabase();
    expect(await refusal()).toMatch(new RegExp(`^DATABASE_URL: ${file} cannot be used: .*${table}`));
    sql(`ALTER TABLE Elsewhere RENAME TO ${table}`);
  });

  it("a keyring that does not open the secret of a key, which it names, and no other", async () => {
    const [good, moved] = [randomUUID(), randomUUID()];
    addKey("Opens", good, await seal("a secret that opens", good));
    await expect(ensureDatabase(url)).resolves.toBeUndefined();
    await closeDatabase();
    addKey("Staging", moved, await seal("a secret of another row", good));
    addKey("Live", randomUUID(), "not sealed at all");
    const message = await refusal();
    expect(message).toMatch(
      /^SEALING_KEYS does not open the secret of "(Staging", "Live|Live", "Staging)"\. Put back the keyring/,
    );
    expect(message).not.toMatch(/a secret of another row|Opens/);
  });
});
