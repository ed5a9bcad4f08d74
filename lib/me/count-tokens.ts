/** Counts what one has issued, and what of it is active. For who may read the ledger. */
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";
import { countActive } from "@/lib/keys/active";

/** @returns `active`: not expired, of at most `COUNTED_AT_MOST` */
export async function countOwnTokens(actor: Member): Promise<{ issued: number; active: number }> {
  await authorize(actor, "audit.read");
  const [{ issuedTokens }, pairs] = await Promise.all([
    reader().member.findUniqueOrThrow({ where: { id: actor.id }, select: { issuedTokens: true } }),
    countActive(Date.now()),
  ]);
  const active = pairs.filter(({ actorId }) => actorId === actor.id).reduce((sum, each) => sum + each.active, 0);
  return { issued: issuedTokens, active: Math.min(active, COUNTED_AT_MOST) };
}
