/**
 * Enters issued tokens into the ledger, each with its audit event; nothing else does. Many share a commit (queue.ts). A
 * token may leave the server once its entry is answered, and not before. Looks again, under the lock, whether whoever
 * asked still may, and its key may still sign what it signed, and refuses a token id that was used.
 */

import type { refusalReasons } from "@/lib/audit/actions";
import { bytesOf, jtiBytes, jtiOf } from "@/lib/audit/bytes";
import { takeNumbers } from "@/lib/audit/next-number";
import { recordEvents } from "@/lib/audit/record";
import { askedWith, idOf, nameOf } from "@/lib/auth/actor";
import { confirmActors, sessionEnded } from "@/lib/auth/confirm-actor";
import { noteCommit, placeholders, type Statements } from "@/lib/db";
import { AppError, type FieldErrors } from "@/lib/errors";
import { effective, type Policy, readPolicy, refusedByPolicy } from "@/lib/keys/policy";
import { profileOf } from "@/lib/profiles/registry";
import { type Entered, MOST_IN_BATCH, type NewEntry } from "./new-entry";
import { shareCommit } from "./queue";

/**
 * @param entries one, or a batch: then all of them are entered, under one batch number, or none
 * @throws AppError `conflict` when a key may not sign it any more, `unauthenticated` when whoever asked has no session any more; any error means that nothing was entered
 */
export async function enter(entries: readonly NewEntry[]): Promise<Entered> {
  if (entries.length > MOST_IN_BATCH) throw new Error(`A batch has at most ${MOST_IN_BATCH} tokens.`);
  const result = await shareCommit(entries, enterGroup);
  if (result.state === "entered") noteCommit();
  return result;
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
  const { keys, taken } = readNow(statements, entries);
  const isConfirmed = confirmActors(
    statements,
    entries.map(({ actor }) => actor),
  );
  const isTemplate = templatesNow(statements, entries);
  const policies = new Map(keys.map(({ id, policy }) => [id, readPolicy(policy)]));
  const refuse = (entry: NewEntry) =>
    isConfirmed(entry.actor)
      ? refusalNow(
          entry,
          keys.filter(({ id }) => id === entry.key.id),
          policies.get(entry.key.id),
          isTemplate,
        )
      : sessionEnded();
  const answers = members.map((member): AppError | string | undefined => {
    const ids = member.map(({ jti }) => jti);
    const twice = ids.find((jti, index) => taken.has(jti) || ids.indexOf(jti) !== index);
    const refusal = twice ?? member.map(refuse).find(Boolean);
    if (!refusal) for (const jti of ids) taken.add(jti);
    return refusal;
  });
  const accepted = members.filter((_, index) => answers[index] === undefined);
  let next = accepted.length > 0 ? insert(statements, accepted) : 0;
  return members.map((member, index) => {
    const refusal = answers[index];
    if (typeof refusal === "string") return { state: "taken", jti: refusal };
    return refusal ?? { state: "entered", numbers: member.map(() => next++) };
  });
}

/** The keys of these entries as they are now, and which of the token ids were used: in one statement. */
function readNow(statements: Statements, entries: readonly NewEntry[]): { keys: KeyNow[]; taken: Set<string> } {
  const keyIds = [...new Set(entries.map(({ key }) => key.id))];
  const rows = statements.rows<(KeyNow & { jti: null }) | { jti: Uint8Array }>(
    `SELECT NULL AS "jti", "SigningKey"."id", "disabledAt", "policy", "SecretVersion"."id" AS "secretVersionId"
     FROM "SigningKey" LEFT JOIN "SecretVersion" ON "keyId" = "SigningKey"."id" AND "retiredAt" IS NULL
     WHERE "SigningKey"."id" IN (${placeholders(keyIds.length)})
     UNION ALL
     SELECT "jti", NULL, NULL, NULL, NULL FROM "IssuedToken" WHERE "jti" IN (${placeholders(entries.length)})`,
    ...keyIds,
    ...entries.map(({ jti }) => bytesOfJti(jti)),
  );
  return {
    keys: rows.filter((row) => row.jti === null),
    taken: new Set(rows.flatMap(({ jti }) => (jti ? jtiOf(jti) : []))),
  };
}

/** A team's templates may be changed or deleted at any time. @returns whether an entry's is as it was prepared */
function templatesNow(statements: Statements, entries: readonly NewEntry[]): (entry: NewEntry) => boolean {
  const ids = new Set(entries.flatMap(({ template }) => (template?.version === undefined ? [] : template.id)));
  if (ids.size === 0) return () => true;
  const rows = statements.rows<{ id: string; version: number }>(
    `SELECT "id", "version" FROM "Template" WHERE "state" = 'accepted' AND "id" IN (${placeholders(ids.size)})`,
    ...ids,
  );
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return ({ template }) => template?.version === undefined || versions.get(template.id) === template.version;
}

/** What has changed since it was prepared. @param rows its key now, a row for each current secret */
function refusalNow(
  entry: NewEntry,
  rows: readonly KeyNow[],
  policy: Policy | undefined,
  isTemplate: (entry: NewEntry) => boolean,
): AppError | undefined {
  const { label } = entry.key;
  const [key] = rows;
  const refuse = (reason: (typeof refusalReasons)[number], fields: FieldErrors) =>
    new AppError("conflict", "Nothing was issued.", { fields, reason });
  if (!key || !policy) return refuse("unknown key", { keyId: "This key is gone. Choose another." });
  if (key.disabledAt !== null)
    return refuse("disabled key", { keyId: `"${label}" was disabled just now. Choose another key.` });
  if (!rows.some(({ secretVersionId }) => secretVersionId === entry.secretVersionId))
    return refuse("changed secret", { keyId: `The secret of "${label}" was changed just now. Try again.` });
  if (!isTemplate(entry))
    return refuse("rules or policy", {
      template: "This template was changed just now. Reload the page: what you typed is kept.",
    });
  const fields = refusedByPolicy(profileOf(entry.profile), effective(policy, entry.actor), entry.asked, label);
  return Object.keys(fields).length > 0 ? refuse("rules or policy", fields) : undefined;
}

const QUARTER_SECONDS = 900;

/** @returns the number of the first; the others follow it */
function insert(statements: Statements, members: readonly (readonly NewEntry[])[]): number {
  const entries = members.flat();
  const batches = members.filter(({ length }) => length > 1);
  const last = takeNumbers(statements, { ledger: entries.length, audit: entries.length, batch: batches.length });
  const first = last.ledger - entries.length + 1;
  const batchNumbers = new Map(
    batches.flatMap((batch, index) => batch.map((entry) => [entry, last.batch - batches.length + 1 + index] as const)),
  );
  statements.insert(
    "IssuedToken",
    entries.map((entry, index) => ledgerColumns(entry, first + index, batchNumbers.get(entry) ?? null)),
  );
  recordEvents(
    statements,
    last.audit - entries.length + 1,
    entries.map((entry, index) => issuedEvent(entry, first + index)),
  );
  keepTotals(statements, entries);
  return first;
}

/** What pages tell without counting the ledger. Summed up here: the database would go through all that a key has issued. */
function keepTotals(statements: Statements, entries: readonly NewEntry[]): void {
  const keys = new Map<string, { tokens: number; last: number }>();
  const members = new Map<string, number>();
  const quarters = new Map<string, [quarter: number, keyId: string, tokens: number]>();
  for (const { actor, key, issuedAt } of entries) {
    const { tokens, last } = keys.get(key.id) ?? { tokens: 0, last: 0 };
    keys.set(key.id, { tokens: tokens + 1, last: Math.max(last, issuedAt) });
    if (actor.kind === "member") members.set(actor.id, (members.get(actor.id) ?? 0) + 1);
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
  statements.rows(
    `INSERT INTO "IssuedPerQuarter" ("quarter", "keyId", "tokens") VALUES ${Array(quarters.size).fill("(?, ?, ?)").join(", ")}
     ON CONFLICT ("quarter", "keyId") DO UPDATE SET "tokens" = "tokens" + excluded."tokens" RETURNING "keyId"`,
    ...[...quarters.values()].flat(),
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
      detail: {},
      target: { token: { number, keyId: key.id, room: facts.room, subject: facts.subject } },
      words: [key.label, template?.name ?? "", purpose],
      at,
    },
  } as const;
}
