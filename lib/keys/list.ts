/** Lists signing keys with how each is used; never a secret, sealed or not. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";

export type KeyListItem = {
  id: string;
  label: string;
  apiKey: string;
  profile: string;
  disabled: boolean;
  /** Null: never. */
  lastIssuedAt: Date | null;
  issuedTokens: number;
  /** Not expired, of at most `COUNTED_AT_MOST`; the revoked too: VideoSDK does not know our mark. */
  activeTokens: number;
};

/** Oldest first. A count for each key, which stops early, and one statement besides. */
export async function listKeys(actor: Actor): Promise<KeyListItem[]> {
  await authorize(actor, "key.list");
  const keys = await reader().signingKey.findMany({
    orderBy: { createdAt: "asc" },
  });
  const now = new Date();
  const active = await Promise.all(
    keys.map(({ id }) =>
      reader().issuedToken.count({
        where: { keyId: id, expiresAt: { gt: now } },
        // The index's order: by itself Prisma orders by number, for which all of them would be sorted.
        orderBy: { expiresAt: "asc" },
        take: COUNTED_AT_MOST,
      }),
    ),
  );
  return keys.map((key, index) => ({
    id: key.id,
    label: key.label,
    apiKey: key.apiKey,
    profile: key.profile,
    disabled: key.disabledAt !== null,
    lastIssuedAt: key.lastIssuedAt,
    issuedTokens: key.issuedTokens,
    activeTokens: active[index] ?? 0,
  }));
}
