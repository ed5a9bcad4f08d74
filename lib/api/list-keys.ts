/** `GET /api/v1/keys`: the keys that a credential may use, with the fingerprints by which a scan recognises their secrets; never a secret. */

import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import type * as z from "@/lib/zod";
import type { KeyList } from "./schema";

export async function listKeysForService(actor: Service): Promise<z.output<typeof KeyList>> {
  await authorize(actor, "key.list");
  const keys = await reader().signingKey.findMany({
    where: actor.keyIds ? { id: { in: [...actor.keyIds] } } : {},
    orderBy: { createdAt: "asc" },
    include: { secrets: { orderBy: { createdAt: "desc" }, select: { fingerprint: true, retiredAt: true } } },
  });
  return {
    keys: keys.map(({ id, label, apiKey, profile, disabledAt, secrets }) => ({
      ...{ id, label, apiKey, profile, disabled: disabledAt !== null },
      secrets: secrets.map(({ fingerprint, retiredAt }) => ({
        fingerprint,
        state: retiredAt === null ? "current" : "retired",
      })),
    })),
  };
}
