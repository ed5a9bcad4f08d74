/** What is told of a case: the shape of its row, and what its tokens come to, added up where they are stored. */
import { readRows } from "@/lib/db";
import { profileOf } from "@/lib/profiles/registry";
import type { Case } from "@/prisma/generated/client";

export type CaseView = {
  /** "Case 7". */
  number: number;
  keyId: string;
  keyLabel: string;
  openedAt: Date;
  /** How many tokens are kept, of at most `COUNTED_AT_MOST`: the most dangerous, and the last one. */
  tokens: number;
  /** How many of them bear the id of one that was issued here: altered ones. */
  altered: number;
  /** The ledger number that all those bear; null: there are none, or several. */
  alteredFrom: number | null;
  /** How many of them their vendor takes at no time, and its name; null: none. */
  refused: number;
  refusedBy: string | null;
  /** The last time that one of them was pasted, and by whom. */
  lastSeenAt: Date;
  lastSeenBy: string;
  /** Of those that may be taken: the latest end, and whether one has none. Null: none has one. */
  lastExpiry: Date | null;
  neverExpires: boolean;
  moderates: boolean;
  callsRest: boolean;
  acknowledged: { at: Date; by: string; note: string } | null;
};

/** Instants are milliseconds, truths 0 or 1. */
type Sum = {
  tokens: number;
  altered: number;
  firstFrom: number | null;
  lastFrom: number | null;
  refused: number;
  refusedBy: string | null;
  lastSeenAt: number | null;
  lastSeenBy: string | null;
  lastExpiry: number | null;
  neverExpires: number;
  moderates: number;
  callsRest: number;
};

const SUM = `SELECT count(*) AS "tokens", count("imitates") AS "altered",
    min("imitates") AS "firstFrom", max("imitates") AS "lastFrom", max("lastSeenAt") AS "lastSeenAt",
    count("refusedBy") AS "refused", min("refusedBy") AS "refusedBy",
    max(CASE WHEN "refusedBy" IS NULL THEN "expiresAt" END) AS "lastExpiry",
    coalesce(max(CASE WHEN "refusedBy" IS NULL AND "expiresAt" IS NULL THEN 1 ELSE 0 END), 0) AS "neverExpires",
    coalesce(max(CASE WHEN "refusedBy" IS NULL AND "moderates" THEN 1 ELSE 0 END), 0) AS "moderates",
    coalesce(max(CASE WHEN "refusedBy" IS NULL AND "callsRest" THEN 1 ELSE 0 END), 0) AS "callsRest",
    (SELECT "lastSeenBy" FROM "CaseToken" WHERE "caseNumber" = ? ORDER BY "lastSeenAt" DESC LIMIT 1) AS "lastSeenBy"
  FROM "CaseToken" WHERE "caseNumber" = ?`;

const dateOf = (milliseconds: number | null) => (milliseconds === null ? null : new Date(milliseconds));

export async function viewCase(row: Case): Promise<CaseView> {
  const { number, keyId, keyLabel, openedAt, acknowledgedAt, acknowledgedByName, note } = row;
  const [sum] = await readRows<Sum>(SUM, number, number);
  return {
    ...{ number, keyId, keyLabel, openedAt, tokens: sum?.tokens ?? 0, altered: sum?.altered ?? 0 },
    alteredFrom: sum && sum.firstFrom === sum.lastFrom ? sum.firstFrom : null,
    refused: sum?.refused ?? 0,
    refusedBy: sum?.refusedBy ? profileOf(sum.refusedBy).name : null,
    lastSeenAt: dateOf(sum?.lastSeenAt ?? null) ?? openedAt,
    lastSeenBy: sum?.lastSeenBy ?? "",
    lastExpiry: dateOf(sum?.lastExpiry ?? null),
    neverExpires: sum?.neverExpires === 1,
    moderates: sum?.moderates === 1,
    callsRest: sum?.callsRest === 1,
    acknowledged: acknowledgedAt && { at: acknowledgedAt, by: acknowledgedByName ?? "", note: note ?? "" },
  };
}
