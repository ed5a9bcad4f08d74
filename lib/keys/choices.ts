/** The signing keys as a form offers them to choose from; counts nothing, and knows no secret. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";

type KeyChoice = {
  id: string;
  label: string;
  apiKey: string;
  profile: string;
  disabled: boolean;
  /** Longest lifetime in seconds; null: no limit. */
  maxTtlSeconds: number | null;
};

/** Oldest first. */
export async function listKeyChoices(actor: Actor): Promise<KeyChoice[]> {
  await authorize(actor, "key.list");
  const keys = await reader().signingKey.findMany({
    orderBy: { createdAt: "asc" },
    select: { id: true, label: true, apiKey: true, profile: true, disabledAt: true, maxTtlSeconds: true },
  });
  return keys.map(({ disabledAt, ...key }) => ({ ...key, disabled: disabledAt !== null }));
}
