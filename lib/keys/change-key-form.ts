/** The form in which an admin changes a key: what it begins with, what it sends, and what is wrong with it while one types, as the verb will see it. Browser-safe. */
import type { Profile } from "@/lib/profiles/profile";
import { secondsOf } from "@/lib/text/parse-duration";
import * as z from "@/lib/zod";
import { noLimits, type Policy } from "./policy";
import { formOfLimits, type LimitsForm, type PolicyTemplate, policyFrom } from "./policy-form";
import { ChangeKeyInput } from "./schema";

export type ChangeKeyForm = LimitsForm & {
  keyId: string;
  label: string;
  /** Whether issuers may do less than everybody. */
  issuersLess: boolean;
  issuer: LimitsForm;
};

export function changeKeyForm(vendor: Profile, key: { id: string; label: string; policy: Policy }): ChangeKeyForm {
  const { issuer, ...policy } = key.policy;
  const all = formOfLimits(vendor, policy);
  return {
    keyId: key.id,
    label: key.label,
    ...all,
    issuersLess: issuer !== undefined,
    issuer: issuer ? within(all, formOfLimits(vendor, issuer)) : { ...all, maxLifetime: "", defaultLifetime: "" },
  };
}

/** Of what issuers may, what everybody may. */
function within(all: LimitsForm, issuer: LimitsForm): LimitsForm {
  const shared = (name: "permissions" | "roles") => issuer[name].filter((each) => all[name].includes(each));
  return {
    ...issuer,
    ...{ permissions: shared("permissions"), roles: shared("roles") },
    templates:
      all.templates.length === 0 ? issuer.templates : issuer.templates.filter((id) => all.templates.includes(id)),
  };
}

/** The same of the templates, of which none ticked means any: where two narrow them to what has nothing in common, what holds now stands, and nobody has made it any. */
function templatesOver(typed: string[], before: string[], now: string[]): string[] {
  if (textOf(typed) === textOf(before)) return now;
  if (typed.length === 0 || now.length === 0 || textOf(now) === textOf(before)) return typed;
  const both = before.length === 0 ? now.filter((id) => typed.includes(id)) : ticksOver(typed, before, now);
  return both.length > 0 ? both : now;
}

const ticksOver = <Name extends string>(typed: Name[], before: Name[], now: Name[]) => [
  ...now.filter((name) => typed.includes(name) || !before.includes(name)),
  ...typed.filter((name) => !before.includes(name) && !now.includes(name)),
];

/** Of the templates that were ticked, those that {@link overMeanwhile} leaves out: they were not ticked before, or none of all that are ticked stands. */
function leftOut(typed: string[], before: string[], now: string[]): string[] {
  if (textOf(typed) === textOf(before)) return [];
  const over = templatesOver(typed, before, now);
  const isWhole = !over.some((id) => typed.includes(id));
  return typed.filter((id) => !over.includes(id) && (isWhole || !before.includes(id)));
}

/** Ids of templates, by the field in which they were ticked; of a field of which none is left out, nothing. */
export type LeftOut = { templates?: string[]; "issuer.templates"?: string[] };

/** What was ticked, and {@link overMeanwhile} leaves out. */
export function leftOutIn(typed: ChangeKeyForm, before: ChangeKeyForm, now: ChangeKeyForm): LeftOut {
  const ofAll = leftOut(typed.templates, before.templates, now.templates);
  const ofIssuers = typed.issuersLess
    ? leftOut(typed.issuer.templates, before.issuer.templates, now.issuer.templates)
    : [];
  return {
    ...(ofAll.length > 0 ? { templates: ofAll } : {}),
    ...(ofIssuers.length > 0 ? { "issuer.templates": ofIssuers } : {}),
  };
}

/** What was typed into a form while somebody else changed the key: whatever was not touched is what it is now, each tick for itself. @param before what the form began with */
export function overMeanwhile(typed: ChangeKeyForm, before: ChangeKeyForm, now: ChangeKeyForm): ChangeKeyForm {
  const one = <Value>(typed: Value, before: Value, now: Value) => (typed === before ? now : typed);
  // What was saved stands there as the desk writes it.
  const lifetime = (typed: string, before: string, now: string) =>
    secondsOf(typed) !== undefined && secondsOf(typed) === secondsOf(now) ? now : one(typed, before, now);
  const limits = (typed: LimitsForm, before: LimitsForm, now: LimitsForm): LimitsForm => ({
    maxLifetime: lifetime(typed.maxLifetime, before.maxLifetime, now.maxLifetime),
    defaultLifetime: lifetime(typed.defaultLifetime, before.defaultLifetime, now.defaultLifetime),
    permissions: ticksOver(typed.permissions, before.permissions, now.permissions),
    roles: ticksOver(typed.roles, before.roles, now.roles),
    require: ticksOver(typed.require, before.require, now.require),
    templates: templatesOver(typed.templates, before.templates, now.templates),
  });
  // What was said of issuers stands, also where nothing is said of them any more.
  const saysOfIssuers = typed.issuersLess && Object.keys(changedIn(typed.issuer, before.issuer)).length > 0;
  return {
    keyId: now.keyId,
    label: one(typed.label.trim(), before.label, now.label),
    ...limits(typed, before, now),
    issuersLess: one(typed.issuersLess, before.issuersLess, now.issuersLess) || saysOfIssuers,
    issuer: limits(typed.issuer, before.issuer, now.issuer),
  };
}

/** What was typed, as far as it can be chosen still. @param templates those that there are @param began what the form begins with now */
export function withoutGone(
  form: ChangeKeyForm,
  templates: readonly Pick<PolicyTemplate, "id">[],
  began: ChangeKeyForm,
): ChangeKeyForm {
  /** @param otherwise where all of them are gone: none ticked would be any */
  const still = (typed: LimitsForm, before: LimitsForm, otherwise: string[]) => {
    const can = (id: string) => templates.some((each) => each.id === id) || before.templates.includes(id);
    const kept = typed.templates.filter(can);
    return kept.length > 0 || typed.templates.length === 0 ? kept : otherwise;
  };
  // Of issuers, any are those that everybody may use.
  const ofIssuers = textOf(began.issuer.templates) === textOf(began.templates) ? [] : began.issuer.templates;
  return {
    ...form,
    templates: still(form, began, began.templates),
    issuer: { ...form.issuer, templates: still(form.issuer, began.issuer, ofIssuers) },
  };
}

/** What the form asks the verb for: what was changed in it, and nothing that somebody else may have changed meanwhile; beside a max lifetime that was, the one to begin with, which must not be longer. @param key as the form began with it */
export function changeAsked(
  { issuersLess, issuer, ...form }: ChangeKeyForm,
  vendor: Profile,
  key: { id: string; label: string; policy: Policy },
): ChangeKeyInput {
  const { issuersLess: _, issuer: __, ...began } = changeKeyForm(vendor, key);
  const stood = key.policy.issuer;
  // Also where nothing was said of them when the form began: somebody may have said it since.
  const goesBeyond = issuer.require.some((each) => !form.require.includes(each));
  const issuerBegan = stood
    ? formOfLimits(vendor, stood)
    : { ...formOfLimits(vendor, noLimits), require: goesBeyond ? [] : issuer.require };
  // What is shown unticked, as nobody was to have it, is asked for where everybody comes to have it.
  const ofIssuers = issuersLess ? changedIn(within(form, issuer), within(form, issuerBegan)) : null;
  const isSame = ofIssuers ? stood !== undefined && Object.keys(ofIssuers).length === 0 : stood === undefined;
  return { ...changedIn(form, began), ...(isSame ? {} : { issuer: ofIssuers }), keyId: form.keyId };
}

/** A list in another order is the same. */
const textOf = (value: unknown) => JSON.stringify(Array.isArray(value) ? value.toSorted() : value);

function changedIn<Form extends LimitsForm>(form: Form, began: Form): Partial<Form> {
  const before = new Map<string, unknown>(Object.entries(began));
  const isChanged = (name: string, value: unknown) => textOf(value) !== textOf(before.get(name));
  const isMaxChanged = isChanged("maxLifetime", form.maxLifetime);
  const changed = Object.entries(form).filter(
    ([name, value]) => isChanged(name, value) || (name === "defaultLifetime" && isMaxChanged),
  );
  // Of its own names and values.
  return Object.fromEntries(changed) as Partial<Form>;
}

const LIFETIMES = ["maxLifetime", "defaultLifetime"];

/** What cannot be read hides no other mistake: the rest is judged without it, and without what is judged by it. */
function without(
  { issuer, ...asked }: ChangeKeyInput,
  illegible: readonly { path: readonly PropertyKey[] }[],
): ChangeKeyInput {
  const withJudged = (names: readonly string[]) =>
    names.some((name) => LIFETIMES.includes(name)) ? [...names, ...LIFETIMES] : names;
  const named = illegible.map(({ path }) => path.map(String));
  const ofAll = withJudged(named.flatMap(([name = ""]) => (name === "issuer" ? [] : [name])));
  const ofIssuers = withJudged(named.flatMap(([part, name = ""]) => (part === "issuer" ? [name] : [])));
  const rest = <Part extends object>(part: Part, names: readonly string[]) =>
    Object.fromEntries(Object.entries(part).filter(([name]) => !names.includes(name)));
  return {
    ...(issuer === undefined ? {} : { issuer: issuer && rest(issuer, [...ofAll, ...ofIssuers]) }),
    ...rest(asked, ofAll),
    keyId: asked.keyId,
  };
}

/** @param templates those that there are @param key as the form began with it */
export function changeKeySchema(
  vendor: Profile,
  templates: readonly PolicyTemplate[],
  key: { id: string; label: string; policy: Policy },
) {
  return z.custom<ChangeKeyForm>().superRefine((typed, context) => {
    const asked = changeAsked(typed, vendor, key);
    const { data, error } = ChangeKeyInput.safeParse(asked);
    for (const { path, message } of error?.issues ?? []) context.addIssue({ code: "custom", path, message });
    const legible = data ?? ChangeKeyInput.safeParse(without(asked, error?.issues ?? [])).data;
    if (!legible) return;
    const { refused } = policyFrom(vendor, templates, key.policy, legible);
    for (const [field, message] of Object.entries(refused))
      context.addIssue({ code: "custom", path: field.split("."), message });
  });
}
