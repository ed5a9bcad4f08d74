/** Marks tokens of the ledger as revoked, once: which ones of those that are asked for, and that they are. A mark of ours: no vendor consults it. */
import { type Actor, idOf, nameOf } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import type { Prisma } from "@/prisma/generated/client";

/** Those with these numbers, or all of a member's, of a room's, or of a batch's, which lies between two numbers. */
export type Revocable =
  | { of: "numbers"; numbers: readonly number[] }
  | { of: "member"; memberId: string }
  | { of: "room"; room: string }
  | { of: "batch"; batch: number; first: number; last: number };

/** @param at those that have expired by then, and those that are marked already, need no mark */
export function revocable(which: Revocable, at: Date): Prisma.IssuedTokenWhereInput {
  return { ...scopeOf(which), expiresAt: { gt: at }, revokedAt: null };
}

/** Those and all others of it, whatever their state. */
export function scopeOf(which: Revocable): Prisma.IssuedTokenWhereInput {
  switch (which.of) {
    case "numbers":
      return { number: { in: [...which.numbers] } };
    case "member":
      return { actorId: which.memberId };
    case "room":
      return { room: which.room };
    case "batch":
      return { number: { gte: which.first, lte: which.last }, batchNumber: which.batch };
  }
}

type Marked = {
  number: number;
  keyId: string;
  keyLabel: string;
  room: string | null;
  subject: string | null;
  actorName: string;
};

/** @param where of {@link revocable}, perhaps narrowed @returns their numbers, in order */
export async function markRevoked(
  tx: Tx,
  where: Prisma.IssuedTokenWhereInput,
  { actor, reason, at }: { actor: Actor; reason: string; at: Date },
): Promise<Marked[]> {
  const tokens = await tx.issuedToken.findMany({
    where,
    select: { number: true, keyId: true, keyLabel: true, room: true, subject: true, actorName: true },
    orderBy: { number: "asc" },
  });
  await tx.issuedToken.updateMany({
    where,
    data: { revokedAt: at, revokedByName: nameOf(actor), revokedReason: reason },
  });
  return tokens;
}

/** Of whom an actor with power over their own alone may mark any. */
export const ownedBy = (actor: Actor): Prisma.IssuedTokenWhereInput => ({ actorId: idOf(actor) });
