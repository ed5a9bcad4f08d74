/** What a key's policy leaves of the issue form, before anybody runs into it: what is locked and why, what must be given, and its limits in a few words each. The verb refuses the same. Browser-safe. */

import { type EffectivePolicy, templatesIn } from "@/lib/keys/policy";
import { namesIn } from "@/lib/profiles/given";
import type { FormField, Profile, Template } from "@/lib/profiles/profile";
import { lifetimeWords } from "@/lib/text/lifetime";
import { sameNames } from "./template";

type Vendor = Pick<Profile, "fields">;
export type NamesField = Extract<FormField, { kind: "names" }>;

/** What the policy says of a field's names; null: nothing. */
const allowedIn = (field: NamesField, policy: EffectivePolicy) => (field.limits ? policy[field.limits] : null);

/** Whether the key forbids these names together. Of names that are chosen as one thing, none at all stands for all of them. */
export function isLocked(field: NamesField, policy: EffectivePolicy, names: readonly string[]): boolean {
  const allowed = allowedIn(field, policy);
  if (!allowed) return false;
  return (names.length === 0 && field.ways !== undefined) || names.some((name) => !allowed.includes(name));
}

/** "Meeting only", "Join directly or Moderate": what is left of a field; undefined: all of it. */
export function leftOf(field: NamesField, policy: EffectivePolicy): string | undefined {
  if (!allowedIn(field, policy)) return undefined;
  const offered = field.ways ?? field.choices.map(({ value, label }) => ({ names: [value], label }));
  const left = offered.filter(({ names }) => !isLocked(field, policy, names));
  if (left.length === offered.length) return undefined;
  return left.map(({ label }) => label).join(" or ") || `no ${field.one}`;
}

/** Why the key does not take a template, on its face; undefined: it does. A lifetime is no reason: the template takes the key's. */
export function lockOfTemplate(
  { fields }: Vendor,
  policy: EffectivePolicy,
  { id, given }: Template,
): string | undefined {
  if (policy.templates && !policy.templates.includes(id)) return "Not with this key";
  for (const field of fields)
    if (field.kind === "names" && isLocked(field, policy, namesIn(given, field.name)))
      return `This key: ${leftOf(field, policy)}`;
  return undefined;
}

/** The template that a form is bound to, since its key takes only such; undefined: to none. */
export const boundTo = (
  policy: EffectivePolicy | undefined,
  templates: readonly Template[],
  templateId: string | undefined,
): Template | undefined =>
  templateId && policy?.templates?.includes(templateId) ? templates.find(({ id }) => id === templateId) : undefined;

/** Whether these names are none that the template has; of names that are chosen as one thing, whether they are not its. */
export function isBeside(field: NamesField, { given }: Template, names: readonly string[]): boolean {
  if (!Object.hasOwn(given, field.name)) return false;
  const its = namesIn(given, field.name);
  return field.ways ? !sameNames(names, its) : names.some((name) => !its.includes(name));
}

/** Why a field is locked, beside it. */
export const asTemplateHasIt = ({ name }: Pick<Template, "name">) => `this key: as ${name} has it`;

/** Whether the key asks for a field; `purpose` is every vendor's. */
export function isRequired({ fields }: Vendor, policy: EffectivePolicy, name: string): boolean {
  const field = fields.find((each) => each.name === name);
  const required = field?.kind === "id" ? field.limits : name === "purpose" ? name : undefined;
  return policy.require.some((each) => each === required);
}

export type KeyLimit = { kind: "time" | "required" | "only"; words: string };

/** Below the key, before one hits them. */
export function limitsInWords(
  vendor: Vendor,
  policy: EffectivePolicy,
  templates: readonly Pick<Template, "id" | "name">[],
): KeyLimit[] {
  const limits: KeyLimit[] = [];
  if (policy.maxTtlSeconds !== null)
    limits.push({ kind: "time", words: `up to ${lifetimeWords(policy.maxTtlSeconds)}` });
  for (const field of vendor.fields) {
    if (field.kind === "id" && isRequired(vendor, policy, field.name))
      limits.push({ kind: "required", words: `${field.label} required` });
    const left = field.kind === "names" ? leftOf(field, policy) : undefined;
    if (left) limits.push({ kind: "only", words: left });
  }
  if (policy.require.includes("purpose")) limits.push({ kind: "required", words: "Purpose required" });
  if (policy.templates)
    limits.push({ kind: "only", words: `${templatesIn(policy.templates, templates) || "no template"}, unchanged` });
  return limits;
}
