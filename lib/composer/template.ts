/** Fills the issue form in from a template, and says from which one it comes: one that was changed afterwards comes from none. Of a lifetime that the key does not allow it fills in what the key does. Browser-safe. */

import type { IssueTokenInput } from "@/lib/composer/schema";
import type { EffectivePolicy } from "@/lib/keys/policy";
import { formOf, givenOf, idIn, namesIn } from "@/lib/profiles/given";
import type { Profile, Template } from "@/lib/profiles/profile";
import { typedLifetime } from "@/lib/text/lifetime";
import { secondsOf } from "@/lib/text/parse-duration";

type Longest = Pick<EffectivePolicy, "maxTtlSeconds">;

/** Of a key: what may be signed with it, and what its form offers to begin with. */
export type Offered = { policy: Longest; templates: readonly Template[] };

/** A template's lifetime, at most the key's: as one types it. */
export function lifetimeOf({ expiresIn }: Template, { maxTtlSeconds }: Longest): string {
  return maxTtlSeconds !== null && (secondsOf(expiresIn) ?? 0) > maxTtlSeconds
    ? typedLifetime(maxTtlSeconds)
    : expiresIn;
}

/** What a template fills in. */
export const fieldsOf = (template: Template, key: Longest) => ({
  ...formOf(template.given),
  expiresIn: lifetimeOf(template, key),
  template: template.id,
});

/** @returns undefined when the form names none, or no longer says what it filled in */
export function templateOf(
  profile: Profile,
  form: Pick<IssueTokenInput, "template"> & { ttlSeconds: number | undefined } & Record<string, unknown>,
  { policy, templates }: Offered,
): Template | undefined {
  const template = templates.find(({ id }) => id === form.template);
  const given = givenOf(profile, form);
  const same =
    template &&
    Object.keys(template.given).every(
      (field) =>
        idIn(template.given, field) === idIn(given, field) &&
        sameNames(namesIn(template.given, field), namesIn(given, field)),
    ) &&
    secondsOf(lifetimeOf(template, policy)) === form.ttlSeconds &&
    !hasCustomClaims(form.customClaims) &&
    !form.startsAt;
  return same ? template : undefined;
}

/** The template that a form comes from where the key allows its lifetime no more: that is told at the lifetime, and the template is not to blame for it. */
export function templateBehind(
  profile: Profile,
  form: Parameters<typeof templateOf>[1],
  offered: Offered,
): Template | undefined {
  const { maxTtlSeconds: most } = offered.policy;
  const template = offered.templates.find(({ id }) => id === form.template);
  const isBeyond = most !== null && form.ttlSeconds !== undefined && form.ttlSeconds > most;
  const ttlSeconds = template && isBeyond ? secondsOf(lifetimeOf(template, offered.policy)) : form.ttlSeconds;
  return templateOf(profile, { ...form, ttlSeconds }, offered);
}

/** As they were typed, or read; a template fills none in. */
const hasCustomClaims = (claims: unknown) =>
  typeof claims === "string" ? claims.trim() !== "" : Object.keys(claims ?? {}).length > 0;

/** The same names, in whatever order and how often. */
export const sameNames = (one: readonly string[], other: readonly string[]) =>
  [...new Set(one)].sort().join() === [...new Set(other)].sort().join();
