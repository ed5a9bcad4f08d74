/** Lists what somebody issued last, a few distinct ones, to be issued again: newest first. Only one's own; never a token. */
import { type Actor, idOf } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { findTokens } from "@/lib/ledger/find";
import type { LedgerRow } from "@/lib/ledger/row";

/** One's latest, of which the same ones count once. */
const LOOKED_AT = 40;
const LISTED = 3;

export type RecentToken = {
  /** The ledger's running number. */
  number: number;
  /** Of the template; null: from none. */
  templateName: string | null;
  keyLabel: string;
  purpose: string;
  room: string | null;
  subject: string | null;
};

/** @returns `lastKeyId`: of the very last one, whatever it was */
export async function listRecent(actor: Actor): Promise<{ lastKeyId: string | undefined; tokens: RecentToken[] }> {
  await authorize(actor, "token.issue");
  const events = await reader().auditEvent.findMany({
    where: { actorId: idOf(actor), action: "token.issued", tokenNumber: { not: null } },
    orderBy: { sequence: "desc" },
    take: LOOKED_AT,
    select: { tokenNumber: true },
  });
  const rows = await findTokens(events.flatMap(({ tokenNumber }) => tokenNumber ?? []));
  const newestFirst = rows.sort((one, other) => other.number - one.number);
  const distinct = new Map<string, LedgerRow>();
  for (const row of newestFirst) {
    const wish = wishOf(row);
    if (!distinct.has(wish)) distinct.set(wish, row);
  }
  return {
    lastKeyId: newestFirst[0]?.keyId,
    tokens: [...distinct.values()]
      .slice(0, LISTED)
      .map(({ number, templateName, keyLabel, purpose, room, subject }) => ({
        ...{ number, templateName, keyLabel, purpose, room, subject },
      })),
  };
}

/** What would be asked for again: all of the claims but what each token has anew. */
function wishOf({ keyId, ttlSeconds, claims: { iat: _, exp: __, jti: ___, ...claims } }: LedgerRow): string {
  return JSON.stringify([keyId, ttlSeconds, claims]);
}
