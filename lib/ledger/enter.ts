/**
 * Enters issued tokens into the ledger, each with its audit event; nothing else does. Whoever arrives while a commit is
 * under way shares the next one. A token may leave the server once its entry is answered, and not before. Looks again,
 * under the lock, whether its key may still sign what it signed, and refuses a token id that was used.
 */

import { bytesOf, jtiBytes, jtiOf } from "@/lib/audit/bytes";
import { takeNumbers } from "@/lib/audit/next-number";
import { recordEvents } from "@/lib/audit/record";
import { type Actor, askedWith, idOf, nameOf } from "@/lib/auth/actor";
import { now } from "@/lib/clock";
import { noteCommit, placeholders, preparedTransaction, type Statements } from "@/lib/db";
import { AppError, type FieldErrors } from "@/lib/errors";
import { type Asked, effective, openPolicy, type Policy, readPolicy, refusedByPolicy } from "@/lib/keys/policy";
import type { Claims, Facts } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { isWriteFailure } from "@/lib/write-failure";

/** A token that was signed, and of which nobody knows yet. */
export type NewEntry = {
  actor: Actor;
  /** A UUID in small letters. */
  jti: string;
  profile: string;
  key: { id: string; label: string };
  secretVersionId: string;
  /** Seconds since 1970. */
  issuedAt: number;
  claims: Claims;
  /** What the ledger is searched by. */
  facts: Facts;
  /** What a policy speaks of. */
  asked: Asked;
  template: { id: string; name: string } | null;
  purpose: string;
  /** Of the token, in hexadecimal. */
  sha256: string;
};

/** `taken`: another token has this id already. */
export type Entered = { state: "entered"; numbers: number[] } | { state: "taken"; jti: string };

/** What one caller wants entered: all of it, or nothing. */
type Waiting = { entries: readonly NewEntry[]; resolve: (entered: Entered) => void; reject: (error: unknown) => void };

/** As many share a commit: more of them would keep the others waiting. */
const MOST_IN_GROUP = 32;

// Next bundles this module more than once into one process, and server.ts loads it too: all stand in one queue.
const shared = globalThis as typeof globalThis & { claimcheckLedgerQueue?: { waiting: Waiting[]; busy: boolean } };

/**
 * @param entries one, or a batch: then all of them are entered, under one batch number, or none
 * @throws AppError `conflict` when a key may not sign it any more; any error means that nothing was entered
 */
export async function enter(entries: readonly NewEntry[]): Promise<Entered> {
  shared.claimcheckLedgerQueue ??= { waiting: [], busy: false };
  const queue = shared.claimcheckLedgerQueue;
  const entered = new Promise<Entered>((resolve, reject) => queue.waiting.push({ entries, resolve, reject }));
  if (!queue.busy) drain(queue);
  const result = await entered;
  if (result.state === "entered") noteCommit();
  return result;
}

async function drain(queue: { waiting: Waiting[]; busy: boolean }): Promise<void> {
  queue.busy = true;
  try {
    while (queue.waiting.length > 0) await commit(queue.waiting.splice(0, membersOfNext(queue.waiting)));
  } finally {
    queue.busy = false;
  }
}

/** How many of those who wait share the next commit: at least one, however large its batch. */
function membersOfNext(waiting: readonly Waiting[]): number {
  let tokens = 0;
  const beyond = waiting.findIndex(({ entries }) => {
    tokens += entries.length;
    return tokens > MOST_IN_GROUP;
  });
  return beyond === -1 ? waiting.length : Math.max(1, beyond);
}

/** Answers everybody, whatever happens. */
async function commit(group: readonly Waiting[]): Promise<void> {
  try {
    const answers = await preparedTransaction((statements) =>
      enterGroup(
        statements,
        group.map(({ entries }) => entries),
      ),
    );
    for (const [index, { resolve, reject }] of group.entries()) {
      const answer = answers[index];
      if (answer instanceof AppError) reject(answer);
      else if (answer) resolve(answer);
      else reject(new Error("A ledger entry got no answer."));
    }
  } catch (error) {
    // One of them may be what the database refuses: then it fails alone.
    if (group.length > 1 && !isWriteFailure(error)) for (const each of group) await commit([each]);
    else for (const { reject } of group) reject(error);
  }
}

/** A row for each of its secrets that is current. */
type KeyNow = { id: string; disabledAt: number | null; policy: string; secretVersionId: string | null };

/** @throws Error for what is no UUID */
function bytesOfJti(jti: string): Uint8Array {
  const bytes = jtiBytes(jti);
  if (!bytes) throw new Error("A token id is no UUID.");
  return bytes;
}

/** The same statements for one as for many. */
function enterGroup(statements: Statements, members: readonly (readonly NewEntry[])[]): (Entered | AppError)[] {
  const entries = members.flat();
  const keyIds = [...new Set(entries.map(({ key }) => key.id))];
  const keys = statements.rows<KeyNow>(
    `SELECT "SigningKey"."id", "disabledAt", "policy", "SecretVersion"."id" AS "secretVersionId"
     FROM "SigningKey" LEFT JOIN "SecretVersion" ON "keyId" = "SigningKey"."id" AND "retiredAt" IS NULL
     WHERE "SigningKey"."id" IN (${placeholders(keyIds.length)})`,
    ...keyIds,
  );
  const used = statements.rows<{ jti: Uint8Array }>(
    `SELECT "jti" FROM "IssuedToken" WHERE "jti" IN (${placeholders(entries.length)})`,
    ...entries.map(({ jti }) => bytesOfJti(jti)),
  );
  const taken = new Set(used.map(({ jti }) => jtiOf(jti)));
  const policies = new Map(keys.map(({ id, policy }) => [id, readPolicy(policy)]));
  const refuse = (entry: NewEntry) =>
    refusalNow(
      entry,
      keys.find(({ id }) => id === entry.key.id),
      policies.get(entry.key.id) ?? openPolicy,
      keys.some(({ secretVersionId }) => secretVersionId === entry.secretVersionId),
    );
  const answers = members.map((member): AppError | string | undefined => {
    const ids = member.map(({ jti }) => jti);
    const twice = ids.find((jti, index) => taken.has(jti) || ids.indexOf(jti) !== index);
    const refusal = twice ?? member.map(refuse).find(Boolean);
    if (!refusal) for (const jti of ids) taken.add(jti);
    return refusal;
  });
  const accepted = members.filter((_, index) => answers[index] === undefined);
  const numbers = accepted.length > 0 ? insert(statements, accepted) : new Map<NewEntry, number>();
  return members.map((member, index) => {
    const refusal = answers[index];
    if (typeof refusal === "string") return { state: "taken", jti: refusal };
    return refusal ?? { state: "entered", numbers: member.map((entry) => numbers.get(entry) ?? Number.NaN) };
  });
}

/** What has changed since it was prepared. */
function refusalNow(
  entry: NewEntry,
  key: KeyNow | undefined,
  policy: Policy,
  secretIsCurrent: boolean,
): AppError | undefined {
  const { label } = entry.key;
  const refuse = (fields: FieldErrors) => new AppError("conflict", "Nothing was issued.", { fields });
  if (!key) return refuse({ keyId: "This key is gone. Choose another." });
  if (key.disabledAt !== null) return refuse({ keyId: `"${label}" was disabled just now. Choose another key.` });
  if (!secretIsCurrent) return refuse({ keyId: `The secret of "${label}" was changed just now. Try again.` });
  const fields = refusedByPolicy(profileOf(entry.profile), effective(policy, entry.actor), entry.asked, label);
  return Object.keys(fields).length > 0 ? refuse(fields) : undefined;
}

/** Milliseconds in a quarter of an hour. */
const QUARTER_MS = 900_000;

function insert(statements: Statements, members: readonly (readonly NewEntry[])[]): Map<NewEntry, number> {
  const entries = members.flat();
  const batches = members.filter(({ length }) => length > 1);
  const last = takeNumbers(statements, { ledger: entries.length, audit: entries.length, batch: batches.length });
  const first = last.ledger - entries.length + 1;
  const numbers = new Map(entries.map((entry, index) => [entry, first + index]));
  const batchNumbers = new Map(
    batches.flatMap((batch, index) => batch.map((entry) => [entry, last.batch - batches.length + 1 + index] as const)),
  );
  statements.insert(
    "IssuedToken",
    entries.map((entry, index) => ledgerColumns(entry, first + index, batchNumbers.get(entry) ?? null)),
  );
  const when = now();
  recordEvents(
    statements,
    last.audit - entries.length + 1,
    entries.map((entry, index) => issuedEvent(entry, first + index, when)),
  );
  keepTotals(statements, entries, first);
  return numbers;
}

/** What pages tell without counting the ledger. */
function keepTotals(statements: Statements, entries: readonly NewEntry[], first: number): void {
  const keyIds = [...new Set(entries.map(({ key }) => key.id))];
  const entered = `"IssuedToken" WHERE "number" >= ? AND "number" <= ?`;
  const between = [first, first + entries.length - 1];
  statements.rows(
    `UPDATE "SigningKey" SET
       "issuedTokens" = "issuedTokens" + (SELECT count(*) FROM ${entered} AND "keyId" = "SigningKey"."id"),
       "lastIssuedAt" = max(coalesce("lastIssuedAt", 0), (SELECT max("issuedAt") FROM ${entered} AND "keyId" = "SigningKey"."id"))
     WHERE "id" IN (${placeholders(keyIds.length)}) RETURNING "id"`,
    ...between,
    ...between,
    ...keyIds,
  );
  statements.rows(
    `INSERT INTO "IssuedPerQuarter" ("quarter", "keyId", "tokens")
     SELECT "issuedAt" / ${QUARTER_MS}, "keyId", count(*) FROM ${entered} GROUP BY 1, 2
     ON CONFLICT ("quarter", "keyId") DO UPDATE SET "tokens" = "tokens" + excluded."tokens" RETURNING "keyId"`,
    ...between,
  );
}

const at = (epochSeconds: number) => new Date(epochSeconds * 1000);

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
    issuedAt: at(entry.issuedAt),
    expiresAt: at(entry.issuedAt + asked.ttlSeconds),
    ttlSeconds: asked.ttlSeconds,
    claims: JSON.stringify(entry.claims),
    ...facts,
    templateId: template?.id ?? null,
    templateName: template?.name ?? null,
    batchNumber,
    purpose: entry.purpose,
    sha256: bytesOf(entry.sha256),
  };
}

function issuedEvent({ actor, key, facts, purpose, template }: NewEntry, number: number, when: Date) {
  return {
    who: actor,
    event: {
      action: "token.issued",
      outcome: "ok",
      detail: {},
      target: { token: { number, keyId: key.id, room: facts.room, subject: facts.subject } },
      words: [key.label, template?.name ?? "", purpose],
      at: when,
    },
  } as const;
}
