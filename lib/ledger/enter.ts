/**
 * Enters issued tokens into the ledger, each with its audit event; nothing else does. Those that arrive while a commit
 * is under way share the next one. A token may leave the server once its entry is answered, and not before. Looks again,
 * under the lock, whether its key may still sign, and refuses a token id that was used.
 */
import { takeNumbers } from "@/lib/audit/next-number";
import { eventRow, recordEvents } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { noteCommit, placeholders, preparedTransaction, type Statements } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Claims } from "@/lib/profiles/profile";
import { isWriteFailure } from "@/lib/write-failure";

/** A token that was signed, and of which nobody knows yet. */
export type NewEntry = {
  actor: Pick<Actor, "kind" | "memberId" | "name" | "sessionId" | "origin">;
  jti: string;
  key: { id: string; label: string };
  secretVersionId: string;
  /** Seconds since 1970. */
  issuedAt: number;
  expiresAt: number;
  claims: Claims;
  permissions: readonly string[];
  roles: readonly string[];
  roomId: string | null;
  participantId: string | null;
  template: string;
  purpose: string;
  /** Of the token, in hexadecimal. */
  sha256: string;
};

/** `taken`: another token has this id already. */
export type Entered = { state: "entered"; number: number } | { state: "taken" };

type Waiting = { entry: NewEntry; resolve: (entered: Entered) => void; reject: (error: unknown) => void };

/** As many share a commit: more of them would keep the others waiting. */
const MOST_IN_GROUP = 32;

// Next bundles this module more than once into one process, and server.ts loads it too: all stand in one queue.
const shared = globalThis as typeof globalThis & { claimcheckLedgerQueue?: { waiting: Waiting[]; busy: boolean } };

/** @throws AppError `conflict` or `invalid` when its key may not sign it any more; any error means that it was not entered */
export async function enter(entry: NewEntry): Promise<Entered> {
  shared.claimcheckLedgerQueue ??= { waiting: [], busy: false };
  const queue = shared.claimcheckLedgerQueue;
  const entered = new Promise<Entered>((resolve, reject) => queue.waiting.push({ entry, resolve, reject }));
  if (!queue.busy) drain(queue);
  const result = await entered;
  if (result.state === "entered") noteCommit();
  return result;
}

async function drain(queue: { waiting: Waiting[]; busy: boolean }): Promise<void> {
  queue.busy = true;
  try {
    while (queue.waiting.length > 0) await commit(queue.waiting.splice(0, MOST_IN_GROUP));
  } finally {
    queue.busy = false;
  }
}

/** Answers everybody, whatever happens. */
async function commit(group: readonly Waiting[]): Promise<void> {
  try {
    const answers = await preparedTransaction((statements) =>
      enterGroup(
        statements,
        group.map(({ entry }) => entry),
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

type KeyNow = { id: string; disabledAt: string | null; maxTtlSeconds: number | null };

/** The same statements for one as for many. */
function enterGroup(statements: Statements, entries: readonly NewEntry[]): (Entered | AppError)[] {
  const keyIds = [...new Set(entries.map(({ key }) => key.id))];
  const keys = statements.rows<KeyNow>(
    `SELECT "id", "disabledAt", "maxTtlSeconds" FROM "SigningKey" WHERE "id" IN (${placeholders(keyIds.length)})`,
    ...keyIds,
  );
  const current = statements.rows<{ id: string }>(
    `SELECT "id" FROM "SecretVersion" WHERE "retiredAt" IS NULL AND "keyId" IN (${placeholders(keyIds.length)})`,
    ...keyIds,
  );
  const used = statements.rows<{ jti: string }>(
    `SELECT "jti" FROM "IssuedToken" WHERE "jti" IN (${placeholders(entries.length)})`,
    ...entries.map(({ jti }) => jti),
  );
  const taken = new Set(used.map(({ jti }) => jti));
  const refused = entries.map((entry): AppError | "taken" | undefined => {
    if (taken.has(entry.jti)) return "taken";
    const refusal = refusalNow(
      entry,
      keys.find(({ id }) => id === entry.key.id),
      current.some(({ id }) => id === entry.secretVersionId),
    );
    if (!refusal) taken.add(entry.jti);
    return refusal;
  });
  const accepted = entries.filter((_, index) => refused[index] === undefined);
  const numbers = accepted.length > 0 ? insert(statements, accepted) : new Map<NewEntry, number>();
  return entries.map((entry, index) => {
    const refusal = refused[index];
    if (refusal === "taken") return { state: "taken" };
    return refusal ?? { state: "entered", number: numbers.get(entry) ?? Number.NaN };
  });
}

/** What has changed since it was prepared. */
function refusalNow(entry: NewEntry, key: KeyNow | undefined, secretIsCurrent: boolean): AppError | undefined {
  const { label } = entry.key;
  const refuse = (field: string, message: string) =>
    new AppError("conflict", "Nothing was issued.", { fields: { [field]: message } });
  if (!key) return refuse("keyId", "This key is gone. Choose another.");
  if (key.disabledAt !== null) return refuse("keyId", `"${label}" was disabled just now. Choose another key.`);
  if (!secretIsCurrent) return refuse("keyId", `The secret of "${label}" was changed just now. Try again.`);
  if (key.maxTtlSeconds !== null && entry.expiresAt - entry.issuedAt > key.maxTtlSeconds)
    return refuse("expiresIn", `The longest lifetime of "${label}" was changed just now. Choose a shorter one.`);
  return undefined;
}

function insert(statements: Statements, entries: readonly NewEntry[]): Map<NewEntry, number> {
  const last = takeNumbers(statements, "ledger", entries.length);
  const first = last - entries.length + 1;
  const numbers = new Map(entries.map((entry, index) => [entry, first + index]));
  statements.insert(
    "IssuedToken",
    entries.map((entry, index) => ledgerColumns(entry, first + index)),
  );
  recordEvents(statements, entries.length, (sequence) =>
    entries.map((entry, index) => issuedEvent(entry, first + index, sequence + index)),
  );
  const keyIds = [...new Set(entries.map(({ key }) => key.id))];
  statements.rows(
    `UPDATE "SigningKey" SET "issuedTokens" = "issuedTokens" + (
       SELECT count(*) FROM "IssuedToken" WHERE "number" >= ? AND "number" <= ? AND "keyId" = "SigningKey"."id"
     ) WHERE "id" IN (${placeholders(keyIds.length)}) RETURNING "id"`,
    first,
    last,
    ...keyIds,
  );
  return numbers;
}

const at = (epochSeconds: number) => new Date(epochSeconds * 1000);

function ledgerColumns(entry: NewEntry, number: number) {
  const { actor, key } = entry;
  return {
    number,
    jti: entry.jti,
    keyId: key.id,
    keyLabel: key.label,
    secretVersionId: entry.secretVersionId,
    issuerId: actor.memberId,
    issuerName: actor.name,
    sessionId: actor.sessionId,
    door: actor.origin.door,
    issuedAt: at(entry.issuedAt),
    expiresAt: at(entry.expiresAt),
    claims: JSON.stringify(entry.claims),
    permissions: entry.permissions.join(" "),
    roles: entry.roles.join(" "),
    roomId: entry.roomId,
    participantId: entry.participantId,
    template: entry.template,
    purpose: entry.purpose,
    sha256: entry.sha256,
  };
}

function issuedEvent(entry: NewEntry, number: number, sequence: number) {
  const { template, purpose, permissions, roles, roomId, participantId, key, jti, sha256 } = entry;
  return eventRow(sequence, entry.actor, {
    action: "token.issued",
    outcome: "ok",
    detail: {
      template,
      purpose,
      expiresAt: at(entry.expiresAt).toISOString(),
      permissions: [...permissions],
      roles: [...roles],
    },
    target: { key, roomId, participantId, jti, tokenNumber: number, sha256 },
  });
}
