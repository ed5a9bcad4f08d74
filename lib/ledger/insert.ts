/** What is written of issued tokens: their rows of the ledger, their events, and what pages tell of their number. Asks nothing: enter.ts and enter-batch.ts have, in the same transaction. */
import { bytesOf, jtiBytes } from "@/lib/audit/bytes";
import { dayOf } from "@/lib/audit/day";
import { askedWith, idOf, nameOf } from "@/lib/auth/actor";
import { type Blank, type Inserts, placeholders, type Statements, type Value } from "@/lib/db";
import type { NewEntry } from "./new-entry";

const QUARTER_SECONDS = 900;

/** @throws Error for what is no UUID */
export function bytesOfJti(jti: string): Uint8Array {
  const bytes = jtiBytes(jti);
  if (!bytes) throw new Error("A token id is no UUID.");
  return bytes;
}

/** @param numberOf the number of an entry, by its place, or the blank for it, where it is not known yet */
export function insertTokens<Num extends number | Blank>(
  statements: Inserts<Value | Num>,
  entries: readonly NewEntry[],
  numberOf: (index: number) => Num,
  batchNumber: Num | null,
): void {
  statements.insert(
    "IssuedToken",
    entries.map((entry, index) => ledgerRow(entry, numberOf(index), batchNumber)),
  );
}

function ledgerRow<Num extends number | Blank>(entry: NewEntry, number: Num, batchNumber: Num | null) {
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

export function issuedEvent({ actor, at, key, facts, purpose, template }: NewEntry, number: number) {
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
  statements.run(
    `UPDATE "SigningKey" SET
       "issuedTokens" = "issuedTokens" + ${ofKey},
       "lastIssuedAt" = CASE WHEN "lastIssuedAt" > ${ofKey} THEN "lastIssuedAt" ELSE ${ofKey} END
     WHERE "id" IN (${placeholders(keys.size)})`,
    ...[...keys].flatMap(([id, { tokens }]) => [id, tokens]),
    ...[...keys].flatMap(([id, { last }]) => [id, instant(last)]),
    ...[...keys].flatMap(([id, { last }]) => [id, instant(last)]),
    ...keys.keys(),
  );
  if (members.size > 0)
    statements.run(
      `UPDATE "Member" SET "issuedTokens" = "issuedTokens" + CASE "id" ${"WHEN ? THEN ? ".repeat(members.size)}END
       WHERE "id" IN (${placeholders(members.size)})`,
      ...[...members].flat(),
      ...members.keys(),
    );
  for (const [endpointId, day, tokens] of endpoints.values()) {
    statements.run(`UPDATE "Endpoint" SET "issuedTokens" = "issuedTokens" + ? WHERE "id" = ?`, tokens, endpointId);
    countCalls(statements, endpointId, day, "issued", tokens);
  }
  statements.run(
    `INSERT INTO "IssuedPerQuarter" ("quarter", "keyId", "tokens") VALUES ${Array(quarters.size).fill("(?, ?, ?)").join(", ")}
     ON CONFLICT ("quarter", "keyId") DO UPDATE SET "tokens" = "tokens" + excluded."tokens"`,
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
  statements.run(
    `INSERT INTO "EndpointCalls" ("endpointId", "day", "outcome", "calls") VALUES (?, ?, ?, ?)
     ON CONFLICT ("endpointId", "day", "outcome") DO UPDATE SET "calls" = "calls" + excluded."calls"`,
    endpointId,
    day,
    outcome,
    calls,
  );
}

const instant = (epochSeconds: number) => new Date(epochSeconds * 1000);
