/** The form in which an admin changes a key: what it begins with, what it sends, and what is wrong with it while one types, as the verb will see it. Browser-safe. */
import type { Profile } from "@/lib/profiles/profile";
import * as z from "@/lib/zod";
import type { Policy } from "./policy";
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

const whole = ({ issuersLess, issuer, ...form }: ChangeKeyForm) => ({
  ...form,
  issuer: issuersLess ? within(form, issuer) : null,
});

/** What was typed before the page was loaded again, as far as it can be chosen still. @param templates those that there are @param began what the form begins with now */
export function withoutGone(
  form: ChangeKeyForm,
  templates: readonly Pick<PolicyTemplate, "id">[],
  began: ChangeKeyForm,
): ChangeKeyForm {
  const still = (typed: LimitsForm, before: LimitsForm) =>
    typed.templates.filter((id) => templates.some((each) => each.id === id) || before.templates.includes(id));
  return {
    ...form,
    templates: still(form, began),
    issuer: { ...form.issuer, templates: still(form.issuer, began.issuer) },
  };
}

/** What the form asks the verb for: what was changed in it, and nothing that somebody else may have changed meanwhile. @param began what the form began with */
export function changeAsked(form: ChangeKeyForm, began: ChangeKeyForm): ChangeKeyInput {
  const [{ issuer, ...asked }, { issuer: issuerBefore, ...before }] = [whole(form), whole(began)];
  const ofIssuers = issuer && issuerBefore ? changedIn(issuer, issuerBefore) : issuer;
  const isSame = issuerBefore ? ofIssuers !== null && Object.keys(ofIssuers).length === 0 : ofIssuers === null;
  return { ...changedIn(asked, before), ...(isSame ? {} : { issuer: ofIssuers }), keyId: form.keyId };
}

function changedIn<Form extends object>(form: Form, began: Form): Partial<Form> {
  const before = new Map<string, unknown>(Object.entries(began));
  const changed = Object.entries(form).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
  );
  // Of its own names and values.
  return Object.fromEntries(changed) as Partial<Form>;
}

/** What cannot be read hides no other mistake: the rest is judged without it, and lifetimes all together, as each is judged by the others. */
function without(
  { issuer, ...asked }: ChangeKeyInput,
  illegible: readonly { path: readonly PropertyKey[] }[],
): ChangeKeyInput {
  const named = illegible.map(({ path }) => path.map(String));
  const lifetimes = ["maxLifetime", "defaultLifetime"];
  const left = named.some((path) => lifetimes.includes(path.at(-1) ?? "")) ? lifetimes : [];
  const rest = <Part extends object>(part: Part, names: readonly (string | undefined)[]) =>
    Object.fromEntries(Object.entries(part).filter(([name]) => ![...names, ...left].includes(name)));
  return {
    ...(issuer === undefined
      ? {}
      : {
          issuer:
            issuer &&
            rest(
              issuer,
              named.map(([, name]) => name),
            ),
        }),
    ...rest(
      asked,
      named.map(([name]) => name),
    ),
    keyId: asked.keyId,
  };
}

/** @param templates those that there are @param key as the form began with it */
export function changeKeySchema(
  vendor: Profile,
  templates: readonly PolicyTemplate[],
  key: { id: string; label: string; policy: Policy },
) {
  const began = changeKeyForm(vendor, key);
  return z.custom<ChangeKeyForm>().superRefine((typed, context) => {
    const asked = changeAsked(typed, began);
    const { data, error } = ChangeKeyInput.safeParse(asked);
    for (const { path, message } of error?.issues ?? []) context.addIssue({ code: "custom", path, message });
    const legible = data ?? ChangeKeyInput.safeParse(without(asked, error?.issues ?? [])).data;
    if (!legible) return;
    const { refused } = policyFrom(vendor, templates, key.policy, legible);
    for (const [field, message] of Object.entries(refused))
      context.addIssue({ code: "custom", path: field.split("."), message });
  });
}
