/** Fills the issue form in from a template, and says from which one it comes: one that was changed afterwards comes from none. Browser-safe. */

import { IssueTokenInput } from "@/lib/composer/schema";
import type { Profile, Template } from "@/lib/profiles/profile";
import { parseDuration } from "@/lib/text/duration";

/** What a template fills in. */
const TemplateFields = IssueTokenInput.pick({ permissions: true, roles: true, expiresIn: true, template: true });

export const fieldsOf = (template: Template) => TemplateFields.parse({ ...template, template: template.name });

/** @returns the template's name; empty when the form names none, or no longer says what it filled in */
export function templateOf(
  profile: Profile,
  form: Pick<IssueTokenInput, "permissions" | "roles" | "expiresIn" | "template">,
): string {
  const template = profile.templates.find(({ name }) => name === form.template);
  const same =
    template &&
    sameNames(template.permissions, form.permissions) &&
    sameNames(template.roles, form.roles) &&
    secondsOf(template.expiresIn) === secondsOf(form.expiresIn);
  return same ? template.name : "";
}

const sameNames = (one: readonly string[], other: readonly string[] = []) =>
  [...one].sort().join() === [...new Set(other)].sort().join();

const secondsOf = (text: string) => {
  const duration = parseDuration(text);
  return duration.ok ? duration.seconds : undefined;
};
