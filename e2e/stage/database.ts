/** Looks into a desk's database file from outside, beside the running server. */

import { join } from "node:path";
import Database from "better-sqlite3";
import { hexOf, jtiOf } from "@/lib/audit/bytes";
import { actorWords, readBody } from "@/lib/audit/event";
import { hashPassword } from "@/lib/auth/password";
import { newId } from "@/lib/new-id";
import { withOpenBooks } from "@/prisma/open-books";
import { type Person, people, type Role } from "./people";

export type LedgerRow = {
  number: number;
  jti: string;
  keyId: string;
  sha256: string;
  claims: string;
  templateId: string | null;
  templateName: string | null;
  purpose: string;
  actorName: string;
};
/** `detail`: JSON. */
export type EventRow = {
  sequence: number;
  action: string;
  outcome: string;
  actorName: string;
  address: string;
  jti: string | null;
  tokenNumber: number | null;
  sha256: string | null;
  detail: string;
};

/** The file that a server started in `folder` uses by itself. */
export function databaseIn(folder: string): string {
  return join(folder, "data/claimcheck.db");
}

function withDatabase<T>(file: string, work: (database: Database.Database) => T): T {
  const database = new Database(file, { fileMustExist: true, timeout: 5_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

export function rows<Row>(file: string, sql: string, ...values: unknown[]): Row[] {
  return withDatabase(file, (database) => database.prepare<unknown[], Row>(sql).all(...values));
}

export function change(file: string, sql: string, ...values: unknown[]): void {
  withDatabase(file, (database) => database.prepare(sql).run(...values));
}

/** Changes the books, which the database itself refuses to everybody else. */
export function changeBooks(file: string, sql: string, ...values: unknown[]): void {
  withDatabase(file, (database) => withOpenBooks(database, () => database.prepare(sql).run(...values)));
}

export function ledger(file: string): LedgerRow[] {
  type Row = Omit<LedgerRow, "jti" | "sha256"> & { jti: Uint8Array; sha256: Uint8Array };
  return rows<Row>(file, "SELECT * FROM IssuedToken ORDER BY number").map((row) => ({
    ...row,
    jti: jtiOf(row.jti),
    sha256: hexOf(row.sha256),
  }));
}

/** What their bodies say, with the ids that the ledger keeps of a token of its own. Oldest first. */
export function events(file: string, action?: string): EventRow[] {
  const tokens = new Map(ledger(file).map((row) => [row.number, row]));
  return rows<{ sequence: number; body: string }>(
    file,
    "SELECT * FROM AuditEvent WHERE ? IS NULL OR action = ? ORDER BY sequence",
    action,
    action,
  ).map(({ sequence, body: text }) => {
    const body = readBody(text);
    const token = tokens.get(body.tokenNumber ?? 0);
    return {
      sequence,
      action: body.action,
      outcome: body.outcome,
      actorName: body.actor ? actorWords(body.actor) : (token?.actorName ?? ""),
      address: body.address,
      jti: body.jti ?? token?.jti ?? null,
      tokenNumber: body.tokenNumber ?? null,
      sha256: body.sha256 ?? token?.sha256 ?? null,
      detail: JSON.stringify(body.detail ?? {}),
    };
  });
}

/** Holds the write lock, as a backup or a second program would, until the returned function is called. */
export function lock(file: string): () => void {
  const database = new Database(file, { fileMustExist: true });
  database.exec("BEGIN IMMEDIATE");
  return () => {
    database.exec("ROLLBACK");
    database.close();
  };
}

/** Adds the other members of the team beside the first admin. */
export async function addMembers(file: string): Promise<void> {
  for (const role of ["issuer", "auditor", "support"] satisfies Role[]) await addMember(file, people[role], role);
}

export async function addMember(
  file: string,
  { name, email, password }: Person,
  role: Role,
  id: string = newId(),
): Promise<void> {
  const sql =
    "INSERT INTO Member (id, name, email, passwordHash, role, createdAt) VALUES (?, ?, ?, ?, ?, 1767225600000)";
  change(file, sql, id, name, email, await hashOf(password), role);
}

/** Many members of a story have the same password; hashing takes long on purpose. */
const hashes = new Map<string, Promise<string>>();

function hashOf(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  return hash;
}

/** All that the database holds, by table; but for what the search over the events keeps for itself. */
export function everything(file: string): Map<string, string> {
  return withDatabase(file, (database) => {
    const tables = database
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'EventText%'",
      )
      .all();
    return new Map(tables.map(({ name }) => [name, JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all())]));
  });
}

/** @returns the tables that are not as they were */
export function changedSince(file: string, before: Map<string, string>): string[] {
  const after = everything(file);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .sort();
}
