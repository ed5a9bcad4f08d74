/** The fingerprints of every secret that this desk holds, current and retired, so that a page can recognise one that stands in a text. Never a secret. */
import type { Actor } from "@/lib/auth/actor";
import { authorize, isAllowed } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import type { KnownSecret } from "@/lib/scan/flag-secrets";

/** @returns one entry for each fingerprint of a key that the actor may look into; where several have had that secret, or one has come back to it, that of a current one */
export async function listFingerprints(actor: Actor): Promise<KnownSecret[]> {
  await authorize(actor, "token.inspect");
  const versions = await reader().secretVersion.findMany({
    select: { fingerprint: true, retiredAt: true, keyId: true, key: { select: { label: true, profile: true } } },
    orderBy: { createdAt: "asc" },
  });
  const byFingerprint = new Map<string, KnownSecret>();
  for (const { fingerprint, keyId, retiredAt, key } of versions) {
    const earlier = byFingerprint.get(fingerprint);
    if ((earlier && !earlier.retired) || !isAllowed(actor, "token.inspect", { keyId })) continue;
    byFingerprint.set(fingerprint, { fingerprint, keyId, ...key, retired: retiredAt !== null });
  }
  return [...byFingerprint.values()];
}
