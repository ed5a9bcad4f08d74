/** The way in by the server's shell: beside a running server, recorded, and refused in a line. */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { beforeEach, expect, it, vi } from "vitest";
import { reader } from "@/lib/db";
import { env } from "@/lib/env";
import { checkResetLink } from "@/lib/team/reset-link-use";
import { failureOf, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { runMember } from "./member";
import { migrate } from "./migrate";
import { runProgram, withDatabase } from "./test-database";

const desk = await openDesk({ PUBLIC_URL: "https://desk.example.com" });
const program = join(import.meta.dirname, "member.ts");

const started = (words: string[], settings: Record<string, string>) => {
  const { stdout, stderr, status } = runProgram(desk.folder, [program, ...words], { LOG_LEVEL: "silent", ...settings });
  return { stdout: stdout.trim(), stderr: stderr.trim(), status };
};

beforeEach(() => desk.raw((db) => db.exec("UPDATE Member SET role = 'issuer', disabledAt = 1 WHERE role = 'admin'")));

it("lists who there is, and makes a member an enabled admin whose sessions end, by the system via the shell", async () => {
  const { email, id } = desk.admin;
  expect(await runMember(["list"])).toMatch(new RegExp(`^${email}\tissuer\tdisabled\tnever seen\tThe admin$`, "m"));
  expect((await recorded()).at(-1)).toMatchObject({
    ...{ action: "member.listed", via: "shell", actorName: "Claimcheck itself", detail: { members: 4 } },
  });
  expect(await runMember(["admin", email.toUpperCase()])).toContain(`${email} is an admin now, and enabled.`);
  expect(await reader().member.findUnique({ where: { id } })).toMatchObject({ role: "admin", disabledAt: null });
  const events = (await recorded()).filter(({ memberId }) => memberId === id);
  expect(events.map(({ action, via, actorName }) => [action, via, actorName])).toEqual(
    ["member.enabled", "member.changed", "session.ended"].map((action) => [action, "shell", "Claimcheck itself"]),
  );
  expect(await runMember(["admin", email])).toContain("is an admin already");
});

it("makes them an admin whole or not at all", async () => {
  const { email, id } = desk.admin;
  const before = (await recorded()).length;
  desk.raw((db) =>
    db.exec("CREATE TRIGGER stop BEFORE UPDATE OF role ON Member BEGIN SELECT RAISE(ABORT, 'stopped on the way'); END"),
  );
  await failureOf(runMember(["admin", email])).finally(() => desk.raw((db) => db.exec("DROP TRIGGER stop")));
  expect(await reader().member.findUnique({ where: { id } })).toMatchObject({
    role: "issuer",
    disabledAt: new Date(1),
  });
  expect(await recorded()).toHaveLength(before);
});

it("prints a reset link that opens, from PUBLIC_URL; the one before opens no more", async () => {
  const { email } = desk.issuer;
  const codes: string[] = [];
  for (const _ of [1, 2]) {
    const text = await runMember(["reset", email]);
    codes.push(/https:\/\/desk\.example\.com\/reset\?code=([\w-]+)\n/.exec(text)?.[1] ?? text);
    expect(text).not.toContain("Only this machine");
  }
  const [first = "", second = ""] = codes;
  expect((await refusalOf(checkResetLink(desk.visitor, first))).message).toMatch(/another took its place/);
  expect(await checkResetLink(desk.visitor, second)).toMatchObject({ email });
  expect((await recorded("member.reset")).map(({ via, detail }) => [via, detail.email])).toEqual([
    ["shell", email],
    ["shell", email],
  ]);
});

it("says what is wrong", async () => {
  const { email } = desk.auditor;
  desk.raw((db) => db.prepare("UPDATE Member SET disabledAt = 1 WHERE email = ?").run(email));
  for (const [words, says] of [
    [[], /^Say what to do: npm run member -- list/],
    [["reset"], /^Say what to do/],
    [["reset", email, "b@example.com"], /^Say what to do/],
    [["list", "extra"], /^Say what to do/],
    [["admin", "nobody@example.com"], /^There is no member nobody@example\.com\./],
    [["reset", email], /is disabled.* here only npm run member -- admin auditor-/],
  ] as const)
    expect((await failureOf(runMember(words))).message).toMatch(says);
});

it("runs beside what has the database open, and says in a line what is wrong, without making anything", () => {
  const { AUTH_SECRET } = env();
  const settings = { AUTH_SECRET, SEALING_KEYS: String(process.env.SEALING_KEYS), DATABASE_URL: `file:${desk.file}` };
  expect(started(["list"], settings)).toMatchObject({ stdout: expect.stringContaining(desk.support.email), status: 0 });
  const gone = started(["list"], { ...settings, DATABASE_URL: "file:gone.db" });
  expect(gone).toEqual({
    stdout: "",
    stderr: expect.stringMatching(/^There is no database at .*gone\.db\..*$/),
    status: 1,
  });
  expect(existsSync(join(desk.folder, "gone.db"))).toBe(false);
  // A word that is none is told before the database is looked for, or brought up to date.
  expect(started(["remove"], { ...settings, DATABASE_URL: "file:gone.db" }).stderr).toMatch(/^Say what to do/);
});

it("says in a line why nothing could be recorded, as the desk does", () => {
  const { AUTH_SECRET } = env();
  const settings = { AUTH_SECRET, SEALING_KEYS: String(process.env.SEALING_KEYS), DATABASE_URL: `file:${desk.file}` };
  const other = new Database(desk.file);
  other.exec("BEGIN IMMEDIATE");
  try {
    expect(started(["reset", desk.issuer.email], settings)).toEqual({
      stdout: "",
      stderr:
        "This could not be recorded, so it was not done: the database is locked by another program. Try again; if it goes on, tell whoever runs this server.",
      status: 1,
    });
  } finally {
    other.close();
  }
}, 30_000);

it("brings a database of 0.2.0 up to date, says in a line that a server still has it open, and makes no desk of another file", async () => {
  const INIT = "20261125000000_init/migration.sql";
  const migrations = join(desk.folder, "migrations");
  mkdirSync(join(migrations, "20261125000000_init"), { recursive: true });
  copyFileSync(join(import.meta.dirname, "migrations", INIT), join(migrations, INIT));
  const file = join(desk.folder, "older.db");
  await migrate(`file:${file}`, migrations);
  const settings = {
    AUTH_SECRET: env().AUTH_SECRET,
    SEALING_KEYS: String(process.env.SEALING_KEYS),
    DATABASE_URL: `file:${file}`,
  };
  const refusal = async (url: string) => {
    vi.stubEnv("DATABASE_URL", url);
    return (await failureOf(runMember(["list"]).finally(() => vi.unstubAllEnvs()))).message;
  };
  const server = new Database(file);
  server.exec("INSERT INTO Member VALUES ('member-of-02', 'Ida', 'ida@example.com', 'x', 'issuer', 1, NULL)");
  server.exec("PRAGMA journal_mode = WAL; SELECT count(*) FROM Member");
  expect(await refusal(`file:${file}`)).toMatch(
    /another program has .*older\.db open\. Stop that one, then start again\.$/,
  );
  server.close();
  const made = started(["admin", "ida@example.com"], settings);
  expect(made).toMatchObject({ stderr: "", status: 0 });
  expect(made.stdout).toMatch(/^Brought the database up to date.*\nida@example\.com is an admin now\./);
  withDatabase(file, (db) => {
    expect(db.prepare("SELECT role FROM Member").pluck().get()).toBe("admin");
    expect(() => db.exec("DELETE FROM AuditEvent")).toThrow();
  });

  const other = join(desk.folder, "notes.db");
  for (const [content, says] of [
    ["", /^There is no desk in .*notes\.db yet: start the server first\.$/],
    ["notes, and no database, though long enough for one ".repeat(20), /^.*notes\.db cannot be read as Claimcheck's/],
  ] as const) {
    writeFileSync(other, content);
    expect(await refusal(`file:${other}`)).toMatch(says);
  }
});
