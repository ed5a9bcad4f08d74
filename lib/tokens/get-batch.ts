/** Reads one batch: who issued it, with what, how many of its tokens are active, and a page of them. For whoever may read the books; nothing of it is a token. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { isCutShortAt } from "@/lib/cut-short";
import { reader } from "@/lib/db";
import { retirementOf } from "@/lib/keys/current-secret";
import { issuedEventsOf } from "@/lib/ledger/find";
import { findBatch, findBatchRows, lastOf } from "@/lib/ledger/find-batch";
import type { LedgerRow } from "@/lib/ledger/row";
import { parseInput } from "@/lib/parse-input";
import { profileOf } from "@/lib/profiles/registry";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { FindBatchInput } from "./schema";

export const TOKENS_A_PAGE = 50;

export type BatchToken = Pick<
  LedgerRow,
  "number" | "subject" | "room" | "purpose" | "issuedAt" | "startsAt" | "expiresAt" | "revokedAt"
> & {
  /** The vendor, by its name, that refuses it before its end; null: it does not, or it is over. */
  refusedBy: string | null;
  /** Of the event that tells of its issue. */
  sequence: number | undefined;
};

export type BatchView = Pick<
  LedgerRow,
  "profile" | "keyId" | "keyLabel" | "actorKind" | "actorId" | "actorName" | "via" | "issuedAt"
> & {
  number: number;
  /** The ledger's. */
  firstNumber: number;
  lastNumber: number;
  tokens: number;
  /** Not expired, whether or not it was revoked: the vendor accepts both. */
  active: number;
  /** Of these, not revoked. */
  revocable: number;
  revoked: number;
  /** When the last one expires: seconds since 1970; null: all have. */
  lastExpiry: number | null;
  /** Whether the secret that signed them is retired: the vendor refuses them, whatever their end. */
  retired: boolean;
  page: number;
  pages: number;
  list: BatchToken[];
};

/** @returns undefined when there is no such batch */
export async function getBatch(actor: Actor, input: unknown): Promise<BatchView | undefined> {
  await authorize(actor, "audit.read");
  const { number, page: asked } = parseInput(FindBatchInput, input);
  const batch = await findBatch(number);
  if (!batch) return undefined;
  const pages = Math.ceil(batch.tokens / TOKENS_A_PAGE);
  const page = Math.min(asked, pages);
  const all = { number: { gte: batch.firstNumber, lte: lastOf(batch) } };
  const [[first], rows, revocable, revoked, last] = await Promise.all([
    findBatchRows(batch, 0, 1),
    findBatchRows(batch, (page - 1) * TOKENS_A_PAGE, TOKENS_A_PAGE),
    reader().issuedToken.count({ where: { ...all, expiresAt: { gt: now() }, revokedAt: null } }),
    reader().issuedToken.count({ where: { ...all, revokedAt: { not: null } } }),
    reader().issuedToken.aggregate({
      where: { ...all, expiresAt: { gt: now() } },
      _count: true,
      _max: { expiresAt: true },
    }),
  ]);
  if (!first) throw new Error("A batch has no row in the ledger.");
  // One transaction, and so one secret.
  const retiredAt = await retirementOf(first.secretVersionId);
  const at = epochSeconds(now());
  const events = await issuedEventsOf(rows.map((row) => row.number));
  const { profile, keyId, keyLabel, actorKind, actorId, actorName, via, issuedAt } = first;
  return {
    ...{ profile, keyId, keyLabel, actorKind, actorId, actorName, via, issuedAt },
    ...{ number, tokens: batch.tokens, firstNumber: batch.firstNumber, lastNumber: lastOf(batch) },
    ...{ active: last._count, revocable, revoked, page, pages },
    lastExpiry: last._max.expiresAt && epochSeconds(last._max.expiresAt),
    retired: retiredAt !== null,
    list: rows.map((row) => ({
      ...{ number: row.number, subject: row.subject, room: row.room, purpose: row.purpose },
      ...{ issuedAt: row.issuedAt, startsAt: row.startsAt, expiresAt: row.expiresAt, revokedAt: row.revokedAt },
      refusedBy: isCutShortAt(at, retiredAt, row.expiresAt) ? profileOf(profile).name : null,
      sequence: events.get(row.number),
    })),
  };
}
