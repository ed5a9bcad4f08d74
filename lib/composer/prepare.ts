/** Makes what will be signed out of a form that has been parsed, and says what speaks against it: the vendor's rules, the key's policy, a template that it does not follow. Pure: knows no database, no secret and no clock. Browser-safe. */

import type { ParsedIssueInput } from "@/lib/composer/schema";
import type { FieldErrors } from "@/lib/errors";
import type { Asked } from "@/lib/keys/policy";
import type { Claims, Facts, Profile, Template } from "@/lib/profiles/profile";
import { claimsOf } from "./claims-of";
import { askedIn, type KeyPolicy, refusals, startErrors } from "./refusals";
import { templateBehind } from "./template";

export type Prepared = {
  /** The payload, exactly as it will be signed. */
  claims: Claims;
  /** Seconds since 1970. */
  issuedAt: number;
  /** What the ledger is searched by. */
  facts: Facts;
  /** What a policy speaks of. */
  asked: Asked;
  template: Template | null;
  /** Why it may not be signed, by field; empty when it may. */
  refused: FieldErrors;
};

/** What is said where the page knew another template than there is: behind such an answer it is read anew. */
export const staleTemplate = {
  changed:
    "This is not what the template fills in now. Choose the template again, or issue it as it stands, from none: what you typed is kept.",
  gone: "There is no such template any more. Choose another one, or issue it as it stands, from none: what you typed is kept.",
};

/** @param now seconds since 1970 */
export function prepare(
  profile: Profile,
  key: KeyPolicy & { apiKey: string },
  form: ParsedIssueInput,
  now: number,
): Prepared {
  const claims = claimsOf(profile, key.apiKey, form, form, now);
  const asked = askedIn(profile, key, form, claims, now);
  const refused = { ...startErrors(form, now), ...refusals(profile, claims, key, asked) };
  const template = templateBehind(profile, form, key) ?? null;
  if ((template?.id ?? "") !== form.template)
    refused.template = key.templates.some(({ id }) => id === form.template)
      ? staleTemplate.changed
      : staleTemplate.gone;
  return { claims, issuedAt: now, facts: profile.facts(claims), asked, template, refused };
}
