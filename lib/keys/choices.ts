/** The signing keys as a form offers them to choose from; counts nothing, and knows no secret. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import { type EffectivePolicy, effective, readPolicy } from "./policy";

type KeyChoice = {
  id: string;
  label: string;
  apiKey: string;
  profile: string;
  disabled: boolean;
  /** What the actor may have signed with it. */
  policy: EffectivePolicy;
  /** Seconds since 1970; null: never. */
  lastIssuedAt: number | null;
};

/** Oldest first. */
export async function listKeyChoices(actor: Actor): Promise<KeyChoice[]> {
  await authorize(actor, "key.list");
  const keys = await reader().signingKey.findMany({
    orderBy: { createdAt: "asc" },
    select: { id: true, label: true, apiKey: true, profile: true, disabledAt: true, policy: true, lastIssuedAt: true },
  });
  return keys.map(({ disabledAt, policy, lastIssuedAt, ...key }) => ({
    ...key,
    disabled: disabledAt !== null,
    policy: effective(readPolicy(policy), actor),
    lastIssuedAt: lastIssuedAt === null ? null : wholeEpochSeconds(lastIssuedAt),
  }));
}
