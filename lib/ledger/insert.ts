/** Writes issued tokens into the ledger, each with its event, and keeps what pages tell of their number. Asks nothing: enter.ts and enter-batch.ts have, in the same transaction. */
import { bytesOf, jtiBytes } from "@/lib/audit/bytes";
import { dayOf } from "@/lib/audit/day";
import { recordEvents } from "@/lib/audit/record";
import { askedWith, idOf, nameOf } from "@/lib/auth/actor";
import { placeholders, type Statements } from "@/lib/db";
import type { NewEntry } from "./new-entry";

const QUARTER_SECONDS = 900;

/** @throws Error for what is no UUID */
export function bytesOfJti(jti: string): Uint8Array {
  const bytes = jtiBytes(jti);
  if (!bytes) throw new Error("A token id is no UUID.");
  return bytes;
}

/** The same few statements for one as for many. @param first their first numbers, which are taken already */
export function insertEntries(
  statements: Statements,
  entries: readonly NewEntry[],
  first: { ledger: number; audit: number },
  batchNumber: number | null,
): void {
  statements.insert(
    "IssuedToken",
    entries.map((entry, index) => ledgerColumns(entry, first.ledger + index, batchNumber)),
  );
  recordEvents(
    statements,
    first.audit,
    entries.map((entry, index) => issuedEvent(entry, first.ledger + index)),
  );
}

/** What pages tell without counting the ledger. Summed up here: the database would go through all that a key has issued. */
export function keepTotals(statements: Statements, entries: readonly NewEntry[]): void {
  const keys = new Map<string, { tokens: number; last: number }>();
  const members = new Map<string, number>();
  const endpoints = new Map<string, [endpointId: string, day: string, tokens: number]>();
  const quarters = new Map<string, [quarter: number, keyId: string, tokens: number]>();
  for (const { actor, key, issuedAt } of entries) {
    const { tokens, last } = keys.get(key.id) ?? { tokens: 0, last: 0 };
    keys.set(key.id, { tokens: tokens + 1, last: Math.max(last, issuedAt) });
    if (actor.kind === "member") members.set(actor.id, (members.get(actor.id) ?? 0) + 1);
    if (actor.kind === "endpoint") {
      const day = dayOf(instant(issuedAt));
      const [, , before] = endpoints.get(`${actor.id} ${day}`) ?? [actor.id, day, 0];
      endpoints.set(`${actor.id} ${day}`, [actor.id, day, before + 1]);
    }
    const quarter = Math.floor(issuedAt / QUARTER_SECONDS);
    const [, , before] = quarters.get(`${quarter} ${key.id}`) ?? [quarter, key.id, 0];
    quarters.set(`${quarter} ${key.id}`, [quarter, key.id, before + 1]);
  }
  const ofKey = `CASE "id" ${"WHEN ? THEN ? ".repeat(keys.size)}END`;
  statements.rows(
    `UPDATE "SigningKey" SET
       "issuedTokens" = "issuedTokens" + ${ofKey},
       "lastIssuedAt" = CASE WHEN "lastIssuedAt" > ${ofKey} THEN "lastIssuedAt" ELSE ${ofKey} END
     WHERE "id" IN (${placeholders(keys.size)}) RETURNING "id"`,
    ...[...keys].flatMap(([id, { tokens }]) => [id, tokens]),
    ...[...keys].flatMap(([id, { last }]) => [id, instant(last)]),
    ...[...keys].flatMap(([id, { last }]) => [id, instant(last)]),
    ...keys.keys(),
  );
  if (members.size > 0)
    statements.rows(
      `UPDATE "Member" SET "issuedTokens" = "issuedTokens" + CASE "id" ${"WHEN ? THEN ? ".repeat(members.size)}END
       WHERE "id" IN (${placeholders(members.size)}) RETURNING "id"`,
      ...[...members].flat(),
      ...members.keys(),
    );
  for (const [endpointId, day, tokens] of endpoints.values()) {
    statements.rows(
      `UPDATE "Endpoint" SET "issuedTokens" = "issuedTokens" + ? WHERE "id" = ? RETURNING "id"`,
      tokens,
      endpointId,
    );
    countCalls(statements, endpointId, day, "issued", tokens);
  }
  statements.rows(
    `INSERT INTO "IssuedPerQuarter" ("quarter", "keyId", "tokens") VALUES ${Array(quarters.size).fill("(?, ?, ?)").join(", ")}
     ON CONFLICT ("quarter", "keyId") DO UPDATE SET "tokens" = "tokens" + excluded."tokens" RETURNING "keyId"`,
    ...[...quarters.values()].flat(),
  );
}

/** @param outcome "issued", or why they were refused */
export function countCalls(
  statements: Statements,
  endpointId: string,
  day: string,
  outcome: string,
  calls: number,
): void {
  statements.rows(
    `INSERT INTO "EndpointCalls" ("endpointId", "day", "outcome", "calls") VALUES (?, ?, ?, ?)
     ON CONFLICT ("endpointId", "day", "outcome") DO UPDATE SET "calls" = "calls" + excluded."calls" RETURNING "calls"`,
    endpointId,
    day,
    outcome,
    calls,
  );
}

const instant = (epochSeconds: number) => new Date(epochSeconds * 1000);

function ledgerColumns(entry: NewEntry, number: number, batchNumber: number | null) {
  const { actor, key, facts, template, asked } = entry;
  return {
    number,
    jti: bytesOfJti(entry.jti),
    profile: entry.profile,
    keyId: key.id,
    keyLabel: key.label,
    secretVersionId: entry.secretVersionId,
    actorKind: actor.kind,
    actorId: idOf(actor),
    actorName: nameOf(actor),
    ...askedWith(actor),
    via: actor.origin.via,
    issuedAt: instant(entry.issuedAt),
    expiresAt: instant(entry.issuedAt + asked.ttlSeconds),
    ttlSeconds: asked.ttlSeconds,
    claims: JSON.stringify(entry.claims),
    ...facts,
    templateId: template?.id ?? null,
    templateName: template?.name ?? null,
    templateVersion: template?.version ?? null,
    batchNumber,
    purpose: entry.purpose,
    sha256: bytesOf(entry.sha256),
  };
}

function issuedEvent({ actor, at, key, facts, purpose, template }: NewEntry, number: number) {
  return {
    who: actor,
    event: {
      action: "token.issued",
      outcome: "ok",
      detail: actor.kind === "endpoint" && actor.page !== null ? { page: actor.page } : {},
      target: { token: { number, keyId: key.id, room: facts.room, subject: facts.subject } },
      words: [key.label, template?.name ?? "", purpose],
      at,
    },
  } as const;
}
