/** Seals every signing secret anew with the keyring's current key, so that older ones can be taken out of it. In one commit: killed before, it has changed nothing. Refuses everybody but the desk itself; leaves a secret that the keyring does not open as it is, and says whose. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader, transaction } from "@/lib/db";
import { sealAnew } from "@/lib/seal";

export type Resealed = {
  /** How many secrets there are, and how many of them were sealed anew. */
  secrets: number;
  resealed: number;
  /** Labels of the keys of those that the keyring does not open, each once. */
  unopenable: string[];
};

/** @throws AppError `forbidden` */
export async function resealSecrets(actor: Actor): Promise<Resealed> {
  await authorize(actor, "secrets.reseal");
  const versions = await reader().secretVersion.findMany({
    select: { id: true, sealed: true, key: { select: { label: true } } },
    orderBy: { createdAt: "asc" },
  });
  const unopenable = new Set<string>();
  const anew: { id: string; before: string; after: string }[] = [];
  // One after the other, so that of many secrets only one is ever open.
  for (const { id, sealed, key } of versions) {
    const after = await sealAnew(sealed, id).catch(() => {
      unopenable.add(key.label);
      return undefined;
    });
    if (after !== undefined) anew.push({ id, before: sealed, after });
  }
  const told = { secrets: versions.length, unopenable: [...unopenable] };
  if (anew.length === 0) return { ...told, resealed: 0 };
  return transaction(async (tx) => {
    let resealed = 0;
    for (const { id, before, after } of anew) {
      // Only what is still as it was read: another run may have come first.
      const { count } = await tx.secretVersion.updateMany({ where: { id, sealed: before }, data: { sealed: after } });
      resealed += count;
    }
    if (resealed > 0)
      await recordEvent(tx, actor, {
        action: "secrets.resealed",
        outcome: "ok",
        detail: { secrets: resealed, ...(unopenable.size === 0 ? {} : { unopenable: told.unopenable }) },
      });
    return { ...told, resealed };
  });
}
