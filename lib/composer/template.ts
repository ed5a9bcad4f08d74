/** Fills the issue form in from a template, and says from which one it comes: one that was changed afterwards comes from none. Browser-safe. */

import type { IssueTokenInput } from "@/lib/composer/schema";
import { formOf, givenOf, idIn, namesIn } from "@/lib/profiles/given";
import type { Profile, Template } from "@/lib/profiles/profile";
import { secondsOf } from "@/lib/text/parse-duration";

/** What a template fills in. */
export const fieldsOf = ({ id, given, expiresIn }: Template) => ({ ...formOf(given), expiresIn, template: id });

/** @returns undefined when the form names none, or no longer says what it filled in */
export function templateOf(
  profile: Profile,
  form: Pick<IssueTokenInput, "template"> & { ttlSeconds: number | undefined } & Record<string, unknown>,
): Template | undefined {
  const template = profile.templates.find(({ id }) => id === form.template);
  const given = givenOf(profile, form);
  const same =
    template &&
    Object.keys(template.given).every(
      (field) =>
        idIn(template.given, field) === idIn(given, field) &&
        sameNames(namesIn(template.given, field), namesIn(given, field)),
    ) &&
    secondsOf(template.expiresIn) === form.ttlSeconds;
  return same ? template : undefined;
}

const sameNames = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...new Set(other)].sort().join();
