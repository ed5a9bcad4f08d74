/** The books refuse to be changed by whoever has the file open, and are protected again when a migration has lost it. */
import Database from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import { transaction } from "@/lib/db";
import { ensureDatabase } from "@/lib/start/ensure-database";
import { issueForm, openDesk, type TestKey } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { withOpenBooks } from "./open-books";
import { protectBooks } from "./protect-books";

const desk = await openDesk();
const TRIGGERS = ["AuditEvent", "IssuedToken"].flatMap((book) =>
  ["update", "move", "delete", "replace"].map((what) => `${book}_no_${what}`),
);
let key: TestKey;

beforeEach(async () => {
  key = await desk.addKey();
  desk.raw(protectBooks);
  await issueToken(desk.issuer, issueForm(key));
});

const books = () =>
  desk.raw((db) => [db.prepare("SELECT * FROM AuditEvent").all(), db.prepare("SELECT * FROM IssuedToken").all()]);

describe("a row of the books", () => {
  it.each([
    "UPDATE AuditEvent SET rowid = rowid + 100",
    "UPDATE IssuedToken SET oid = oid + 100",
    "UPDATE IssuedToken SET _rowid_ = _rowid_ + 100, revokedAt = 1795478400000",
    "UPDATE OR REPLACE AuditEvent SET rowid = 1 WHERE rowid <> 1",
    "UPDATE AuditEvent SET body = '{}'",
    "UPDATE AuditEvent SET actorId = 'somebody else' WHERE sequence = 1",
    "UPDATE AuditEvent SET sequence = sequence + 100",
    "DELETE FROM AuditEvent",
    "DELETE FROM AuditEvent WHERE sequence = (SELECT max(sequence) FROM AuditEvent)",
    "UPDATE IssuedToken SET claims = '{}'",
    "UPDATE IssuedToken SET purpose = 'another', revokedAt = 1795478400000",
    "UPDATE IssuedToken SET number = number + 100",
    "UPDATE IssuedToken SET revokedReason = 'without a mark'",
    "DELETE FROM IssuedToken",
    "INSERT OR REPLACE INTO AuditEvent SELECT * FROM AuditEvent",
    "INSERT OR REPLACE INTO IssuedToken SELECT * FROM IssuedToken",
    "UPDATE OR REPLACE IssuedToken SET sha256 = 'x'",
  ])("stays as it is, whatever the connection's settings are: %s", async (sql) => {
    await issueToken(desk.issuer, issueForm(key));
    const before = books();
    for (const recursive of ["ON", "OFF"]) {
      desk.raw((db) => {
        db.pragma(`recursive_triggers = ${recursive}`);
        expect(() => db.exec(sql)).toThrow(/cannot be changed/);
      });
    }
    expect(books()).toEqual(before);
  });

  it("is marked as a whole, and once", () => {
    desk.raw((db) => {
      const mark = (columns: string) => db.exec(`UPDATE IssuedToken SET ${columns}`);
      mark("revokedAt = 1795478400000, revokedByName = 'Ann', revokedReason = 'It leaked.'");
      for (const again of [
        "revokedReason = 'another'",
        "revokedAt = NULL",
        "revokedByName = NULL, revokedReason = NULL",
      ])
        expect(() => mark(again)).toThrow(/cannot be changed/);
    });
  });

  it.each(["number", "jti", "sha256"])("gives way to no other with its %s", (shared) => {
    const before = books();
    desk.raw((db) => {
      const columns = (db.pragma("table_info(IssuedToken)") as { name: string }[]).map(({ name }) => name);
      const others: Record<string, string> = {
        number: "number + 100",
        jti: "randomblob(16)",
        sha256: "randomblob(32)",
      };
      const values = columns.map((name) => (name === shared ? name : (others[name] ?? name)));
      const sql = `REPLACE INTO IssuedToken SELECT ${values.join(", ")} FROM IssuedToken LIMIT 1`;
      expect(() => db.exec(sql)).toThrow(/cannot be changed/);
    });
    expect(books()).toEqual(before);
  });

  it("stays as it is also for the desk's own writer, which lets no REPLACE pass", async () => {
    const before = books();
    for (const sql of [
      "DELETE FROM AuditEvent",
      "UPDATE IssuedToken SET purpose = 'another'",
      "INSERT OR REPLACE INTO AuditEvent SELECT * FROM AuditEvent",
    ])
      await expect(transaction((tx) => tx.$executeRawUnsafe(sql))).rejects.toThrow();
    expect(books()).toEqual(before);
  });

  it("of the ledger can be marked as revoked", () => {
    const mark = "UPDATE IssuedToken SET revokedAt = 1795478400000";
    expect(desk.raw((db) => db.prepare(mark).run().changes)).toBeGreaterThan(0);
  });

  it.each(["NULL", "1795478400001"])("keeps its mark: it cannot become %s", (value) => {
    desk.raw((db) => {
      db.exec("UPDATE IssuedToken SET revokedAt = 1795478400000 WHERE revokedAt IS NULL");
      expect(() => db.exec(`UPDATE IssuedToken SET revokedAt = ${value}`)).toThrow(/cannot be changed/);
    });
  });
});

describe("protection", () => {
  it("that is there is not made again", () => {
    expect(desk.raw(protectBooks)).toEqual([]);
  });

  it("is made again by the start, after a table was defined anew as a migration does it, or a trigger was weakened", async () => {
    desk.raw((db) => {
      const { sql } = db
        .prepare<[], { sql: string }>("SELECT sql FROM sqlite_master WHERE name = 'IssuedToken'")
        .get() ?? { sql: "" };
      db.pragma("foreign_keys = OFF");
      db.exec(sql.replace('"IssuedToken"', '"new_IssuedToken"'));
      withOpenBooks(db, () => db.exec("INSERT INTO new_IssuedToken SELECT * FROM IssuedToken"));
      db.exec("DROP TABLE IssuedToken; ALTER TABLE new_IssuedToken RENAME TO IssuedToken");
      db.exec(
        "DROP TRIGGER AuditEvent_no_delete; CREATE TRIGGER AuditEvent_no_delete BEFORE DELETE ON AuditEvent BEGIN SELECT 1; END",
      );
      expect(() => db.exec("UPDATE IssuedToken SET purpose = purpose")).not.toThrow();
    });
    await ensureDatabase(`file:${desk.file}`);
    const names = desk.raw((db) =>
      db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").pluck().all(),
    );
    expect(names.sort()).toEqual([...TRIGGERS].sort());
    desk.raw((db) => {
      expect(() => db.exec("DELETE FROM AuditEvent")).toThrow(/cannot be changed/);
      expect(() => db.exec("UPDATE IssuedToken SET purpose = purpose")).toThrow(/cannot be changed/);
    });
  });

  it("is alone there after the start: a trigger of somebody else could swallow what is recorded", async () => {
    desk.raw((db) => db.exec(`CREATE TRIGGER "a "" name" BEFORE INSERT ON AuditEvent BEGIN SELECT RAISE(IGNORE); END`));
    await ensureDatabase(`file:${desk.file}`);
    const before = books()[0]?.length ?? 0;
    await issueToken(desk.issuer, issueForm(key));
    expect(books()[0]).toHaveLength(before + 1);
  });

  it("is there again after a test or a bench has changed what it must, also when that fails", () => {
    desk.raw((db) => {
      withOpenBooks(db, () => db.exec("UPDATE IssuedToken SET purpose = 'measured'"));
      expect(() => withOpenBooks(db, () => db.exec("no SQL"))).toThrow();
      expect(() => db.exec("DELETE FROM IssuedToken")).toThrow(/cannot be changed/);
    });
    expect(
      new Database(desk.file, { readonly: true }).prepare("SELECT DISTINCT purpose FROM IssuedToken").pluck().all(),
    ).toEqual(["measured"]);
  });
});
