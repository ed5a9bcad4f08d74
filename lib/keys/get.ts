/** Reads one signing key whole, for its own page; never a secret, sealed or not. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { templatesInForce } from "@/lib/templates/in-force";
import { type Policy, readPolicy } from "./policy";
import type { PolicyTemplate } from "./policy-form";
import { type SignsElsewhere, signsElsewhereOf } from "./schema";

export type KeyView = {
  id: string;
  label: string;
  apiKey: string;
  profile: string;
  disabled: boolean;
  policy: Policy;
  /** Its vendor's that are in force, and so may stand in its policy. */
  templates: PolicyTemplate[];
  signsElsewhere: SignsElsewhere;
  createdAt: Date;
  createdByName: string;
  issuedTokens: number;
  /** Null: never. */
  lastIssuedAt: Date | null;
  /** Of its current secret: the first digits of its SHA-256, and since when. */
  secret: { fingerprint: string; since: Date } | null;
};

/** @returns undefined when there is no such key */
export async function getKey(actor: Actor, keyId: string): Promise<KeyView | undefined> {
  await authorize(actor, "key.list");
  const key = await reader().signingKey.findUnique({
    where: { id: keyId },
    include: { secrets: { where: { retiredAt: null }, select: { fingerprint: true, createdAt: true } } },
  });
  if (!key) return undefined;
  const [secret] = key.secrets;
  const templates = (await templatesInForce()).get(key.profile) ?? [];
  return {
    ...{ id: key.id, label: key.label, apiKey: key.apiKey, profile: key.profile },
    disabled: key.disabledAt !== null,
    policy: readPolicy(key.policy),
    templates: templates.map(({ id, name, help, given }) => ({ id, name, help, given })),
    signsElsewhere: signsElsewhereOf(key.signsElsewhere),
    ...{ createdAt: key.createdAt, createdByName: key.createdByName },
    ...{ issuedTokens: key.issuedTokens, lastIssuedAt: key.lastIssuedAt },
    secret: secret ? { fingerprint: secret.fingerprint, since: secret.createdAt } : null,
  };
}
