/** What makes the desk unready, what asking does, and that a crowd that asks costs no more than one. */
import { renameSync } from "node:fs";
import Database from "better-sqlite3";
import { afterAll, beforeEach, expect, it } from "vitest";
import { forgetNumbers, noteNumbers } from "@/lib/audit/next-number";
import { reader } from "@/lib/db";
import { openDesk } from "@/lib/test-desk";
import { checkHealth } from "./check-health";

const desk = await openDesk();
await desk.addKey();
const beside = new Database(desk.file);
afterAll(() => void beside.close());

let now = 0;
beforeEach(() => {
  // What was found out before is forgotten.
  now += 60_000;
});

/** Another number once somebody else has committed. */
const commits = () => beside.pragma("data_version", { simple: true });
const books = () =>
  ["Counter", "AuditEvent", "SigningKey", "SecretVersion"].map((table) =>
    beside.prepare(`SELECT * FROM ${table}`).all(),
  );

it("commits to the database, which holds the same afterwards", async () => {
  const before = { books: books(), commits: commits() };
  expect(await checkHealth(now)).toEqual([]);
  expect(commits()).not.toBe(before.commits);
  expect(books()).toEqual(before.books);
});

it("asks once in ten seconds, however often it is called", async () => {
  await checkHealth(now);
  const before = commits();
  for (let later = 0; later < 10_000; later += 500) await checkHealth(now + later);
  expect(commits()).toBe(before);
  await checkHealth(now + 10_000);
  expect(commits()).not.toBe(before);
});

it("says that the keyring fails where it does not open a secret", async () => {
  const [row] = beside.prepare<[], { id: string; sealed: string }>("SELECT id, sealed FROM SecretVersion").all();
  const put = beside.prepare("UPDATE SecretVersion SET sealed = ? WHERE id = ?");
  put.run(`${row?.sealed.slice(0, -4)}AAAA`, row?.id);
  expect(await checkHealth(now)).toEqual(["keyring"]);
  put.run(row?.sealed, row?.id);
  expect(await checkHealth(now + 10_000)).toEqual([]);
});

it("says that the database fails where nothing can be committed", async () => {
  renameSync(desk.file, `${desk.file}.away`);
  expect(await checkHealth(now)).toEqual(["database"]);
  renameSync(`${desk.file}.away`, desk.file);
  beside.exec("BEGIN IMMEDIATE");
  expect(await checkHealth(now + 10_000)).toEqual(["database"]);
  beside.exec("ROLLBACK");
  expect(await checkHealth(now + 20_000)).toEqual([]);
});

it("says that the database fails where somebody has put an earlier state back under the server", async () => {
  const { value } = await reader().counter.findUniqueOrThrow({ where: { name: "audit" } });
  noteNumbers({ audit: value });
  expect(await checkHealth(now)).toEqual([]);
  noteNumbers({ audit: value + 1 });
  expect(await checkHealth(now + 10_000)).toEqual(["database"]);
  forgetNumbers();
  expect(await checkHealth(now + 20_000)).toEqual([]);
});
