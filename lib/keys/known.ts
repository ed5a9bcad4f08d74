/** The keys of this desk as a page must know them to tell whose a pasted token is: id, label and API key, which is public. Counts nothing. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import type { KnownKey } from "@/lib/decoder/judge-text";

/** Oldest first. */
export async function listKnownKeys(actor: Actor): Promise<KnownKey[]> {
  await authorize(actor, "token.inspect");
  return reader().signingKey.findMany({
    orderBy: { createdAt: "asc" },
    select: { id: true, label: true, apiKey: true },
  });
}
