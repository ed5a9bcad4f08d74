/** What the issue form begins with: the key that was used last, and of the templates in force the one asked for, or the first that this key takes. Never the rights of a whole account by default. Browser-safe. */

import { formOf } from "@/lib/profiles/given";
import { profileOf } from "@/lib/profiles/registry";
import { typedLifetime } from "@/lib/text/lifetime";
import type { KeyChoice } from "./compose";
import { isLocked, lockOfTemplate } from "./locks";
import type { FormValues } from "./schema";
import { fieldsOf } from "./template";

const DEFAULT_LIFETIME_SECONDS = 7_200;

/** What a key alone makes of an empty form. @param templateId the template that is asked for, if any */
export function beginWith(key: KeyChoice, templateId?: string): FormValues {
  const profile = profileOf(key.profile);
  const { policy, templates } = key;
  const empty = Object.fromEntries(
    profile.fields.map((field) => {
      if (field.kind === "id") return [field.name, ""];
      return [field.name, [...(field.ways?.find(({ names }) => !isLocked(field, policy, names))?.names ?? [])]];
    }),
  );
  const template =
    templates.find(({ id }) => id === templateId) ??
    templates.find((each) => lockOfTemplate(profile, policy, each) === undefined);
  const longest = Math.min(DEFAULT_LIFETIME_SECONDS, policy.maxTtlSeconds ?? Number.POSITIVE_INFINITY);
  const filled = template ? fieldsOf(template, policy) : { expiresIn: typedLifetime(longest), template: "" };
  // Where the key takes only templates, the template's lifetime is part of what is taken.
  const wanted = templateId === undefined && policy.templates === null ? policy.defaultTtlSeconds : null;
  return {
    ...empty,
    ...formOf(filled),
    ...(wanted === null ? {} : { expiresIn: typedLifetime(wanted) }),
    keyId: key.id,
    purpose: "",
    startsAt: "",
    customClaims: "",
  };
}

/** The key that a form begins with. @param lastKeyId of the token that the member issued last */
export function firstKey(keys: readonly KeyChoice[], lastKeyId: string | undefined): KeyChoice | undefined {
  const able = keys.filter(({ disabled }) => !disabled);
  return able.find(({ id }) => id === lastKeyId) ?? able[0] ?? keys[0];
}
