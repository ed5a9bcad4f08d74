/** The signing keys as a form offers them to choose from; counts nothing, and knows no secret. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import type { Template } from "@/lib/profiles/profile";
import { templatesInForce } from "@/lib/templates/in-force";
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
  /** Of its vendor's, those in force: also those that the policy does not take. */
  templates: readonly Template[];
  /** Seconds since 1970; null: never. */
  lastIssuedAt: number | null;
};

/** Oldest first. */
export async function listKeyChoices(actor: Actor): Promise<KeyChoice[]> {
  await authorize(actor, "key.list");
  const [keys, templates] = await Promise.all([
    reader().signingKey.findMany({
      orderBy: { createdAt: "asc" },
      select: {
        id: true,
        label: true,
        apiKey: true,
        profile: true,
        disabledAt: true,
        policy: true,
        lastIssuedAt: true,
      },
    }),
    templatesInForce(),
  ]);
  return keys.map(({ disabledAt, policy, lastIssuedAt, ...key }) => ({
    ...key,
    disabled: disabledAt !== null,
    policy: effective(readPolicy(policy), actor),
    templates: templates.get(key.profile) ?? [],
    lastIssuedAt: lastIssuedAt === null ? null : wholeEpochSeconds(lastIssuedAt),
  }));
}
