/** Lists signing keys with what is known of each; never a secret, sealed or not. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";

export type KeyListItem = {
  id: string;
  label: string;
  apiKey: string;
  fingerprint: string;
  disabled: boolean;
  /** Longest lifetime in seconds; null: no limit. */
  maxTtlSeconds: number | null;
  createdAt: Date;
  createdByName: string;
  issuedTokens: number;
  /** Not expired; the revoked too, since VideoSDK does not know our mark. */
  livingTokens: number;
};

/** Oldest first. Four statements, whatever the number of keys. */
export async function listKeys(actor: Actor): Promise<KeyListItem[]> {
  await authorize(actor, "key.list");
  const [keys, issued, living] = await Promise.all([
    reader().signingKey.findMany({
      orderBy: { createdAt: "asc" },
      include: { secrets: { where: { retiredAt: null }, select: { fingerprint: true } } },
    }),
    reader().issuedToken.groupBy({ by: ["keyId"], _count: { _all: true } }),
    reader().issuedToken.groupBy({
      by: ["keyId"],
      where: { expiresAt: { gt: new Date() } },
      _count: { _all: true },
    }),
  ]);
  const counts = (groups: typeof issued) => new Map(groups.map((group) => [group.keyId, group._count._all]));
  const issuedByKey = counts(issued);
  const livingByKey = counts(living);
  return keys.map((key) => ({
    id: key.id,
    label: key.label,
    apiKey: key.apiKey,
    fingerprint: key.secrets[0]?.fingerprint ?? "none",
    disabled: key.disabledAt !== null,
    maxTtlSeconds: key.maxTtlSeconds,
    createdAt: key.createdAt,
    createdByName: key.createdByName,
    issuedTokens: issuedByKey.get(key.id) ?? 0,
    livingTokens: livingByKey.get(key.id) ?? 0,
  }));
}
