/** Reads cases: those that nobody has acknowledged, those of a key, and one whole. */
import { hexOf } from "@/lib/audit/bytes";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import type { Case, CaseToken } from "@/prisma/generated/client";

export type CaseView = {
  /** "Case 7". */
  number: number;
  keyId: string;
  keyLabel: string;
  openedAt: Date;
  /** How many tokens were collected. */
  tokens: number;
  /** The last time that one of them was pasted, and by whom. */
  lastSeenAt: Date;
  lastSeenBy: string;
  /** Of those tokens: the latest end, and whether one has none. Null: none has one. */
  lastExpiry: Date | null;
  neverExpires: boolean;
  moderates: boolean;
  callsRest: boolean;
  acknowledged: { at: Date; by: string; note: string } | null;
};

export type CaseTokenView = Omit<CaseToken, "sha256" | "caseNumber" | "firstSeenById"> & {
  /** In hexadecimal. */
  sha256: string;
};

/** Nobody has that many, unless something is very wrong. */
const MOST_CASES = 50;

const whole = { tokens: { orderBy: { firstSeenAt: "asc" } } } as const;

function viewOf(row: Case & { tokens: CaseToken[] }): CaseView {
  const { number, keyId, keyLabel, openedAt, acknowledgedAt, acknowledgedByName, note, tokens } = row;
  const last = tokens.toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())[0];
  const ends = tokens.flatMap(({ expiresAt }) => (expiresAt ? [expiresAt.getTime()] : []));
  return {
    ...{ number, keyId, keyLabel, openedAt, tokens: tokens.length },
    lastSeenAt: last?.lastSeenAt ?? openedAt,
    lastSeenBy: last?.lastSeenBy ?? "",
    lastExpiry: ends.length > 0 ? new Date(Math.max(...ends)) : null,
    neverExpires: tokens.some(({ expiresAt }) => expiresAt === null),
    moderates: tokens.some((token) => token.moderates),
    callsRest: tokens.some((token) => token.callsRest),
    acknowledged: acknowledgedAt && { at: acknowledgedAt, by: acknowledgedByName ?? "", note: note ?? "" },
  };
}

/** For the shell: one statement, over an index. */
export async function countOpenCases(actor: Actor): Promise<number> {
  await authorize(actor, "case.read");
  return reader().case.count({ where: { acknowledgedAt: null } });
}

/** @param keyId of one key; absent: of all @param openOnly those that nobody has acknowledged @returns newest first */
export async function listCases(
  actor: Actor,
  { keyId, openOnly = false }: { keyId?: string; openOnly?: boolean } = {},
): Promise<CaseView[]> {
  await authorize(actor, "case.read");
  const rows = await reader().case.findMany({
    where: { ...(keyId === undefined ? {} : { keyId }), ...(openOnly ? { acknowledgedAt: null } : {}) },
    orderBy: { number: "desc" },
    take: MOST_CASES,
    include: whole,
  });
  return rows.map(viewOf);
}

/** @returns undefined when there is no such case */
export async function getCase(
  actor: Actor,
  number: number,
): Promise<(CaseView & { list: CaseTokenView[] }) | undefined> {
  await authorize(actor, "case.read");
  if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) return undefined;
  const row = await reader().case.findUnique({ where: { number }, include: whole });
  if (!row) return undefined;
  const list = row.tokens.map(({ sha256, caseNumber: _, firstSeenById: __, ...token }) => ({
    ...token,
    sha256: hexOf(sha256),
  }));
  return { ...viewOf(row), list };
}
