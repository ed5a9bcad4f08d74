/** The policy that a key would have after a change, and what of it would be another one. Refuses, field by field, what no policy may be. */
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Template } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { templatesInForce } from "@/lib/templates/in-force";
import { type Limits, type Policy, readPolicy, seenOf, writePolicy } from "./policy";
import { type PolicyChange, policyFrom } from "./policy-form";

/** @param key as the database keeps it @param change with what was seen of the key, where somebody saw it @returns with the templates in force, by which the policy is told @throws AppError `invalid`, or `conflict` where somebody else has changed that since */
export async function policyAfter(
  db: Pick<Tx, "template" | "templateArrangement">,
  key: { label: string; policy: string; profile: string },
  { seen, label, ...change }: PolicyChange & { seen?: string | undefined; label?: string | undefined },
): Promise<{ before: Policy; after: Policy; templates: readonly Template[] }> {
  const before = readPolicy(key.policy);
  const templates = (await templatesInForce(db)).get(key.profile) ?? [];
  const { policy: after, refused } = policyFrom(profileOf(key.profile), templates, before, change);
  // What comes again, as its answer was lost, finds itself done.
  const isDone = writePolicy(after) === writePolicy(before) && (label ?? key.label) === key.label;
  if (!isDone && seen !== undefined && seen !== seenOf({ label: key.label, policy: before }))
    throw new AppError("conflict", "Nothing was changed: somebody else changed this key while you did.");
  if (Object.keys(refused).length > 0)
    throw new AppError("invalid", "Nothing was changed. What you typed is kept.", { fields: refused });
  return { before, after, templates };
}

/** As an event tells them: what holds for issuers stands beside what holds for everybody, and templates by their names, which may change. */
export function limitsOf({ issuer, ...policy }: Policy, templates: readonly Template[]) {
  const named = (limits: Limits) => ({
    ...limits,
    templates: limits.templates?.map((id) => templates.find((each) => each.id === id)?.name ?? id) ?? null,
  });
  const ofIssuers = Object.entries(issuer ? named(issuer) : {}).map(([name, value]): [string, Limits[keyof Limits]] => [
    `issuer${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    value,
  ]);
  return { ...named(policy), ...Object.fromEntries(ofIssuers) };
}
