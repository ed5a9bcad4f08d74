/** The backup: whole, private, never over another file, and never half-made under its name. */
import { randomBytes } from "node:crypto";
import {
  accessSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { CompactEncrypt } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BackupError, backUp, defaultTarget } from "./backup";
import { migrate } from "./migrate";
import {
  eachInItsFolder,
  killProgram,
  migratedDatabase,
  runProgram,
  startProgram,
  withDatabase,
} from "./test-database";

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  return { ...real, statfsSync: vi.fn(real.statfsSync), accessSync: vi.fn(real.accessSync) };
});
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let file: string;
let target: string;
/** A server's connection, which has commits in its log. */
let server: Database.Database;

const event = (sequence: number) =>
  server
    .prepare("INSERT INTO AuditEvent (sequence, at, action, body) VALUES (?, 1795478400000, 'auth.signed_in', '{}')")
    .run(sequence);

eachInItsFolder(async (made) => {
  folder = made;
  file = join(folder, "desk.db");
  target = join(folder, "copy.db");
  copyFileSync(await migratedDatabase(), file);
  server = new Database(file);
  server.pragma("journal_mode = WAL");
  event(1);
  event(2);
});
afterEach(() => {
  server.close();
});

const events = (path: string) =>
  withDatabase(path, (db) => db.prepare("SELECT sequence FROM AuditEvent ORDER BY sequence").pluck().all());

function refusal(from: string, to: string): string {
  const before = readdirSync(folder);
  try {
    backUp(from, to);
  } catch (error) {
    expect(error).toBeInstanceOf(BackupError);
    expect((error as Error).message).not.toContain("\n");
    expect(readdirSync(folder)).toEqual(before);
    return (error as Error).message;
  }
  throw new Error("It was backed up.");
}

describe("a backup", () => {
  it("holds what is committed, also what stands in the log only, for its owner alone", () => {
    server.exec("BEGIN IMMEDIATE");
    event(3);
    expect(backUp(file, target)).toEqual({ tokens: 0, events: 2 });
    server.exec("COMMIT");
    expect(events(target)).toEqual([1, 2]);
    expect((statSync(target).mode & 0o777).toString(8)).toBe("600");
    expect(readdirSync(folder).filter((name) => name.startsWith("copy"))).toEqual(["copy.db"]);
    expect(events(file)).toEqual([1, 2, 3]);
  });

  it("is called by its time, in UTC, and stands beside the database", () => {
    expect(defaultTarget("/srv/data/claimcheck.db", new Date("2026-11-24T16:15:07.123Z"))).toBe(
      "/srv/data/backups/claimcheck-20261124T161507Z.db",
    );
  });
});

describe("refused in one line, with nothing left behind:", () => {
  it("a name that is taken, whatever bears it", () => {
    writeFileSync(target, "precious");
    expect(refusal(file, target)).toBe(
      `Nothing was backed up to ${target}: it exists, and nothing is overwritten. Choose another name.`,
    );
    expect(readFileSync(target, "utf8")).toBe("precious");
    expect(refusal(file, file)).toMatch(/it exists/);
    expect(refusal(file, folder)).toMatch(/it exists/);
  });

  it("a place that cannot be written", () => {
    expect(refusal(file, join(folder, "nowhere/copy.db"))).toMatch(/its folder does not exist\.$/);
    expect(refusal(file, join(file, "copy.db"))).toMatch(/its folder is a file\.$/);
    expect(refusal(file, "/proc/copy.db")).toMatch(/^Nothing was backed up to \/proc\/copy\.db: /);
  });

  it("a disk without room for it", () => {
    vi.mocked(statfsSync).mockReturnValueOnce({ bavail: 100, bsize: 4_096 } as ReturnType<typeof statfsSync>);
    expect(refusal(file, target)).toMatch(/there is no room in \S+: it takes \d+ MB, and 1 MB are free\.$/);
  });

  it("a folder in which this user may not look: there may well be a database", () => {
    vi.mocked(accessSync).mockImplementationOnce(() => {
      throw Object.assign(new Error("denied"), { code: "EACCES" });
    });
    expect(refusal(file, target)).toBe(
      `Nothing was backed up: this user may not look for ${file}. Run this as the user that the server runs as.`,
    );
  });

  it("no database, or another one", () => {
    expect(refusal(join(folder, "gone.db"), target)).toMatch(/there is no database at \S+gone\.db\. DATABASE_URL says/);
    const notes = join(folder, "notes.txt");
    writeFileSync(notes, "Dear diary, this is no database. ".repeat(40));
    expect(refusal(notes, target)).toMatch(
      /notes\.txt cannot be read as Claimcheck's database \(file is not a database\)/,
    );
    const other = join(folder, "other.db");
    new Database(other).exec("CREATE TABLE x (y)").close();
    expect(refusal(other, target)).toMatch(/other\.db cannot be read as Claimcheck's database/);
  });

  it("a copy that is not whole", () => {
    server.exec("PRAGMA foreign_keys = OFF");
    server.exec("INSERT INTO Session VALUES ('s', 'nobody', '2026', '2026', '2026', NULL, '', '')");
    expect(refusal(file, target)).toMatch(/the copy is not whole \(a row of Session refers to one that is not there\)/);
  });
});

describe("npm run backup", () => {
  const program = join(import.meta.dirname, "backup.ts");
  const run = (words: string[], settings?: Record<string, string>) => runProgram(folder, [program, ...words], settings);

  it("finds the database as the server does, makes no secrets, and says what else to keep", () => {
    writeFileSync(join(folder, ".env"), "DATABASE_URL=file:./desk.db\n");
    const { stdout, stderr, status } = run([]);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const [name = ""] = readdirSync(join(folder, "backups"));
    expect(name).toMatch(/^desk-\d{8}T\d{6}Z\.db$/);
    expect(stdout.split("\n")).toEqual([
      `Backed up 0 tokens and 2 audit events to ${join(folder, "backups", name)}, and checked the copy.`,
      `SEALING_KEYS is neither in this environment nor in ${join(folder, ".env")}. Keep with it the keyring that the server runs with: without that one the signing secrets in it cannot be opened.`,
      "",
    ]);
    expect(events(join(folder, "backups", name))).toEqual([1, 2]);
    expect(readFileSync(join(folder, ".env"), "utf8")).toBe("DATABASE_URL=file:./desk.db\n");
    expect((statSync(join(folder, "backups")).mode & 0o777).toString(8)).toBe("700");
  });

  it("says of the keyring what it found: whether it opens the secrets, and where it is", async () => {
    const [ours, others] = [randomBytes(32), randomBytes(32)];
    const written = (bytes: Buffer) => `k1:${bytes.toString("base64url")}`;
    const header = { alg: "dir", enc: "A256GCM", kid: "k1", sub: "v1" };
    const sealed = await new CompactEncrypt(randomBytes(32)).setProtectedHeader(header).encrypt(ours);
    server.exec(
      "INSERT INTO SigningKey (id, label, apiKey, profile, policy, createdAt, createdById, createdByName) VALUES ('a', 'Staging', 'x', 'videosdk', '{}', 1, 'm', 'Maya')",
    );
    server
      .prepare("INSERT INTO SecretVersion (id, keyId, sealed, fingerprint, createdAt) VALUES ('v1', 'a', ?, '00', 1)")
      .run(sealed);
    const dotEnv = join(folder, ".env");
    let copies = 0;
    const said = (text: string, settings: Record<string, string> = {}) => {
      writeFileSync(dotEnv, `DATABASE_URL=file:./desk.db\n${text}`);
      copies += 1;
      const { stdout, stderr, status } = run([`copy-${copies}.db`], settings);
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      return stdout.split("\n")[1];
    };
    const without = "without that one the signing secrets in it cannot be opened.";
    expect(said(`SEALING_KEYS=${written(ours)}\n`)).toBe(
      `Keep ${dotEnv}, which holds SEALING_KEYS, with it: without that keyring the signing secrets in it cannot be opened.`,
    );
    expect(said("", { SEALING_KEYS: written(ours) })).toMatch(
      /^Keep SEALING_KEYS, which this environment sets, with it/,
    );
    expect(said(`SEALING_KEYS=${written(others)}\n`)).toBe(
      `SEALING_KEYS in ${dotEnv} does not open the secret of "Staging". Keep with it the keyring that sealed it: ${without}`,
    );
    expect(said("", { SEALING_KEYS: "k1:short" })).toBe(
      `SEALING_KEYS in this environment cannot be read. Keep with it the keyring that the server runs with: ${without}`,
    );
  });

  it("counts one in the singular", () => {
    withDatabase(file, (db) => db.exec("DELETE FROM AuditEvent WHERE sequence = 2"));
    writeFileSync(join(folder, ".env"), "DATABASE_URL=file:./desk.db\n");
    expect(run([]).stdout).toMatch(/^Backed up 0 tokens and 1 audit event to /);
  });

  it("says in one line what is wrong, and leaves with 1", () => {
    writeFileSync(join(folder, "backups"), "a file");
    for (const [words, settings, says] of [
      [[], {}, /^Nothing was backed up: there is no database at \S+data\/claimcheck\.db\. /],
      [[], { DATABASE_URL: "postgres://x" }, /^DATABASE_URL must begin with file:/],
      [["desk.db"], { DATABASE_URL: "file:desk.db" }, /^Nothing was backed up to \S+desk\.db: it exists/],
      [["a.db", "b.db"], {}, /say no more than a file's name/],
      [
        [],
        { DATABASE_URL: "file:desk.db" },
        /^Nothing was backed up: \S+backups is no folder\. Move it away, or name a file\./,
      ],
      [["--help"], {}, /say no more than a file's name/],
      [["a\n.db"], {}, /a line break or another control character is in the file's name/],
    ] as const) {
      const { stdout, stderr, status } = run([...words], settings);
      expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
      expect(stderr).toMatch(says);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
    expect(existsSync(join(folder, "data"))).toBe(false);
  });

  it("killed at any moment leaves the database at work, and nothing under the name that is not whole", async () => {
    server.exec(
      "CREATE TABLE Much (x TEXT); INSERT INTO Much WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000000) SELECT hex(randomblob(16)) FROM n",
    );
    const partials = () => readdirSync(folder).filter((name) => name.includes(".partial"));
    // The same moments at each run.
    let halfMade = 0;
    for (const moment of [0, 3, 40, 170]) {
      const child = startProgram(folder, [program, target], { DATABASE_URL: "file:desk.db" });
      await killProgram(child, () => partials().length > 0, moment);
      halfMade += partials().length;
      expect(existsSync(target) ? events(target) : [1, 2]).toEqual([1, 2]);
      for (const name of partials()) {
        expect((statSync(join(folder, name)).mode & 0o777).toString(8)).toBe("600");
        // As if it had been long ago.
        utimesSync(join(folder, name), 0, 0);
      }
      event(10 + moment);
      server.prepare("DELETE FROM AuditEvent WHERE sequence = ?").run(10 + moment);
      rmSync(target, { force: true });
    }
    expect(halfMade).toBeGreaterThan(0);
    expect(await migrate(`file:${file}`)).toEqual([]);
    expect(backUp(file, target)).toEqual({ tokens: 0, events: 2 });
    expect(partials()).toEqual([]);
  });
});

it("a folder in which a backup is at work keeps its half-made copy", () => {
  mkdirSync(join(folder, "backups"));
  const partial = join(folder, "backups/other.db.7.partial");
  writeFileSync(partial, "half");
  backUp(file, join(folder, "backups/mine.db"));
  expect(existsSync(partial)).toBe(true);
});
