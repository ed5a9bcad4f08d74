/**
 * Enters issued tokens into the ledger, each with its audit event; nothing else does. Many share a commit (queue.ts). A
 * token may leave the server once its entry is answered, and not before. Looks again, under the lock, whether whoever
 * asked still may, and its key may still sign what it signed, and refuses a token id that was used.
 */

import type { refusalReasons } from "@/lib/audit/actions";
import { jtiOf } from "@/lib/audit/bytes";
import { takeNumbers } from "@/lib/audit/next-number";
import { recordEvents } from "@/lib/audit/record";
import { confirmActors, noLonger } from "@/lib/auth/confirm-actor";
import { staleTemplate } from "@/lib/composer/prepare";
import { noteCommit, placeholders, type Statements } from "@/lib/db";
import { AppError, type FieldErrors } from "@/lib/errors";
import { effective, type Policy, readPolicy, refusedByPolicy } from "@/lib/keys/policy";
import { profileOf } from "@/lib/profiles/registry";
import { bytesOfJti, insertTokens, issuedEvent, keepTotals } from "./insert";
import type { Entered, NewEntry } from "./new-entry";
import { type Ahead, type Decided, shareCommit } from "./queue";

/** @throws AppError `conflict` when its key may not sign it any more, `unauthenticated` when whoever asked has no session any more; any error means that nothing was entered */
export async function enter(entry: NewEntry): Promise<Entered> {
  const result = await shareCommit(entry, enterGroup);
  if (result.state === "entered") noteCommit();
  return result;
}

/** A row for each of its secrets that is current. */
export type KeyNow = { id: string; disabledAt: number | null; policy: string; secretVersionId: string | null };

/** The same statements for one as for many. */
function enterGroup(statements: Statements, entries: readonly NewEntry[], ahead: Ahead | undefined): Decided {
  const { keys, taken } = readNow(statements, entries);
  for (const jti of ahead?.jtis ?? []) taken.add(jti);
  const isConfirmed = confirmActors(
    statements,
    entries.map(({ actor }) => actor),
  );
  const isTemplate = templatesNow(statements, entries);
  const policies = new Map(keys.map(({ id, policy }) => [id, readPolicy(policy)]));
  const answers = entries.map((entry): AppError | "taken" | undefined => {
    if (taken.has(entry.jti)) return "taken";
    if (!isConfirmed(entry.actor)) return noLonger(entry.actor);
    const ofKey = keys.filter(({ id }) => id === entry.key.id);
    const refusal = refusalNow(entry, ofKey, policies.get(entry.key.id), isTemplate);
    if (!refusal) taken.add(entry.jti);
    return refusal;
  });
  const accepted = entries.filter((_, index) => answers[index] === undefined);
  const numbers = accepted.length > 0 ? insert(statements, accepted, ahead?.numbers) : undefined;
  let next = (numbers?.ledger ?? 0) - accepted.length + 1;
  return {
    answers: entries.map(({ jti }, index) => {
      const refusal = answers[index];
      if (refusal === "taken") return { state: "taken", jti };
      return refusal ?? { state: "entered", number: next++ };
    }),
    left: numbers && { numbers, jtis: accepted.map(({ jti }) => jti) },
  };
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
export function templatesNow(statements: Statements, entries: readonly NewEntry[]): (entry: NewEntry) => boolean {
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
export function refusalNow(
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
  if (!isTemplate(entry)) return refuse("rules or policy", { template: staleTemplate.changed });
  const fields = refusedByPolicy(profileOf(entry.profile), effective(policy, entry.actor), entry.asked, label);
  return Object.keys(fields).length > 0 ? refuse("rules or policy", fields) : undefined;
}

/** @returns the last numbers */
function insert(
  statements: Statements,
  entries: readonly NewEntry[],
  ahead: Ahead["numbers"] | undefined,
): Ahead["numbers"] {
  const last = takeNumbers(statements, { ledger: entries.length, audit: entries.length }, ahead);
  const first = last.ledger - entries.length + 1;
  insertTokens(statements, entries, (index) => first + index, null);
  recordEvents(
    statements,
    last.audit - entries.length + 1,
    entries.map((entry, index) => issuedEvent(entry, first + index)),
  );
  keepTotals(statements, entries);
  return last;
}
