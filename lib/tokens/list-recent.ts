/** Lists what somebody issued last, a few distinct ones, to be issued again: newest first. Only one's own; never a token. */
import { type Actor, idOf } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { findTokens } from "@/lib/ledger/find";
import { profileOf } from "@/lib/profiles/registry";

/** One's latest, of which the same ones count once. */
const LOOKED_AT = 40;
const LISTED = 3;

export type RecentToken = {
  /** The ledger's running number. */
  number: number;
  /** The template's name, or in the vendor's words what it permits. */
  kind: string;
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
  const distinct = new Map<string, RecentToken>();
  for (const row of newestFirst) {
    const { number, keyId, keyLabel, purpose, room, subject } = row;
    const kind = row.templateName ?? profileOf(row.profile).kindOf(row.claims);
    // Those of one series differ in the participant alone: the same thing again.
    const wish = JSON.stringify([kind, keyId, room, purpose]);
    if (!distinct.has(wish)) distinct.set(wish, { number, kind, keyLabel, purpose, room, subject });
  }
  return {
    lastKeyId: newestFirst[0]?.keyId,
    tokens: [...distinct.values()].slice(0, LISTED),
  };
}
