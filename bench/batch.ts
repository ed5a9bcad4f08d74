/** Measures a batch of ten thousand tokens, recorded and durable, by the verb in this process: as ratios to signing as many with jsonwebtoken in a loop, and to putting the same rows into such a database with better-sqlite3 in one transaction. */
import { randomBytes, randomUUID } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import Database from "better-sqlite3";
import jsonwebtoken from "jsonwebtoken";
import { migratedDatabase } from "@/prisma/test-database";
import { median } from "./median";

const TOKENS = 10_000;
const RUNS = 3;

const newSecret = () => randomBytes(32).toString("hex");

async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Signs what a backend's loop would. */
function signInALoop(claims: readonly object[]): void {
  const secret = newSecret();
  for (const each of claims) jsonwebtoken.sign(each, secret);
}

type Row = Record<string, string | number | bigint | Buffer | null>;

/** What the batch left, by table. */
function rowsSince(file: string, table: string, column: string, after: number): Row[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[number], Row>(`SELECT * FROM "${table}" WHERE "${column}" > ?`).all(after);
  } finally {
    db.close();
  }
}

/** @param file of a database that has none of them yet */
function insertRaw(file: string, tables: Readonly<Record<string, readonly Row[]>>): void {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  const statements = Object.entries(tables).map(([table, rows]) => {
    const columns = Object.keys(rows[0] ?? {});
    const names = columns.map((column) => `"${column}"`).join(", ");
    const values = columns.map((column) => `@${column}`).join(", ");
    return { rows, insert: db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${values})`) };
  });
  db.transaction(() => {
    for (const { rows, insert } of statements) for (const row of rows) insert.run(row);
  }).immediate();
  db.close();
}

export async function measureBatch(): Promise<[string, string][]> {
  const folder = mkdtempSync(join(tmpdir(), "claimcheck-batch-"));
  const [file, empty] = [join(folder, "desk.db"), await migratedDatabase()];
  copyFileSync(empty, file);
  Object.assign(process.env, {
    DATABASE_URL: `file:${file}`,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    SEALING_KEYS: `bench:${randomBytes(32).toString("base64url")}`,
    LOG_LEVEL: "silent",
  });
  try {
    const { issueBatch } = await import("@/lib/tokens/issue-batch");
    const { createKey } = await import("@/lib/keys/create");
    const { closeDatabase, reader, transaction } = await import("@/lib/db");
    const { addSession } = await import("@/lib/auth/sign-in");
    const { newId } = await import("@/lib/new-id");
    const origin = { via: "dashboard", address: "127.0.0.1", userAgent: "a bench", requestId: randomUUID() } as const;
    const member = { id: newId(), name: "Maya Lindqvist", email: "maya@example.com", role: "admin" } as const;
    const sessionId = await transaction(async (tx) => {
      await tx.member.create({ data: { ...member, createdAt: new Date(), passwordHash: "nobody signs in with this" } });
      return addSession(tx, member.id, origin, new Date());
    });
    const actor = { kind: "member", ...member, sessionId, origin } as const;
    const key = { label: "Staging", apiKey: randomUUID(), secret: newSecret(), profile: "videosdk", maxLifetime: "" };
    const { keyId } = await createKey(actor, key);
    const form = (run: number, tokens = TOKENS) => ({
      ...{ keyId, permissions: ["allow_join"], roles: ["rtc"], expiresIn: "2h", purpose: "A bench" },
      requestId: randomUUID(),
      rows: Array.from({ length: tokens }, (_, index) => ({
        participantId: `guest-${run}-${index}`,
        roomId: "2kyv-gzay-64pg",
      })),
    });
    await issueBatch(actor, form(0, 200));
    const after = (await reader().issuedToken.findFirst({ orderBy: { number: "desc" } }))?.number ?? 0;
    const lastEvent = (await reader().auditEvent.findFirst({ orderBy: { sequence: "desc" } }))?.sequence ?? 0;

    const delay = monitorEventLoopDelay({ resolution: 1 });
    const batches: number[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      const asked = form(run);
      delay.enable();
      batches.push(await timeOf(() => issueBatch(actor, asked)));
      delay.disable();
    }
    const tokens = rowsSince(file, "IssuedToken", "number", after).slice(0, TOKENS);
    const events = rowsSince(file, "AuditEvent", "sequence", lastEvent).slice(0, TOKENS);
    await closeDatabase();
    const claims = tokens.map((row) => JSON.parse(String(row.claims)));
    const loops: number[] = [];
    const raws: number[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      loops.push(await timeOf(() => signInALoop(claims)));
      const copy = join(folder, `raw-${run}.db`);
      copyFileSync(empty, copy);
      raws.push(await timeOf(() => insertRaw(copy, { IssuedToken: tokens, AuditEvent: events })));
    }
    const [batch, loop, raw] = [median(batches), median(loops), median(raws)];
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    return [
      [
        `The verb: ${TOKENS} tokens, each with its event, durable`,
        `${ms(batch)}; ${(batch / loop).toFixed(2)} x the loop, ${(batch / raw).toFixed(2)} x the raw rows`,
      ],
      ["jsonwebtoken in a loop, no record", ms(loop)],
      ["The same rows by better-sqlite3, one transaction", ms(raw)],
      ["Longest that the batch kept the process to itself", ms(delay.max / 1e6)],
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
