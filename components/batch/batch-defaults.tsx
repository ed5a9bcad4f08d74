"use client";
/** What every row of a batch has that says nothing else: the key with its limits, a template, a lifetime, a purpose; rights and room are folded, since the template fills them in. Knows no vendor. */
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { KeyLimits } from "@/components/issue/key-limits";
import { VendorFields } from "@/components/issue/vendor-fields";
import { Field, Input, Select } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { registerField } from "@/components/ui/register-field";
import { beginWith } from "@/lib/composer/begin";
import type { Composed, KeyChoice } from "@/lib/composer/compose";
import { boundTo, isRequired, limitsInWords, lockOfTemplate } from "@/lib/composer/locks";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { fieldsOf, lifetimeOf } from "@/lib/composer/template";
import type { FieldErrors } from "@/lib/errors";
import { askedAs } from "@/lib/profiles/given";
import type { Profile, Template } from "@/lib/profiles/profile";
import { lifetimeWords } from "@/lib/text/lifetime";
import { bareNumberSaid, secondsOf } from "@/lib/text/parse-duration";

const NOTHING_WRONG: Pick<Composed, "errors" | "warnings"> = { errors: {}, warnings: {} };

export function BatchDefaults({
  form,
  keys,
  keyChoice,
  profile,
  chosen,
  composed,
  refused,
  isTaken,
  onTemplate,
}: {
  form: UseFormReturn<IssueTokenInput>;
  keys: readonly KeyChoice[];
  keyChoice: KeyChoice | undefined;
  profile: Profile;
  chosen: Template | undefined;
  composed: Pick<Composed, "errors" | "warnings">;
  /** By the server, and not yet changed. */
  refused: FieldErrors;
  /** Whether what stands in a field holds for some row. */
  isTaken: (name: string) => boolean;
  /** One was chosen, or none. */
  onTemplate: () => void;
}) {
  const values = form.watch();
  const policy = keyChoice?.policy;
  const bound = boundTo(policy, keyChoice?.templates ?? [], values.template);
  // Whom a token is for is each row's own to say.
  const shared = { ...profile, fields: profile.fields.filter(({ limits }) => limits !== "subject") };
  // What the key asks for may stand in each row.
  const isDue = (name: string) => policy !== undefined && !values[name] && isRequired(profile, policy, name);
  const says = (name: string) => {
    // Where every row says something else, it stops none of them.
    const { errors, warnings } = isTaken(name) ? composed : NOTHING_WRONG;
    const error = refused[name] ?? (isDue(name) ? undefined : errors[name]);
    return { error, warning: error ? undefined : warnings[name] };
  };
  const fill = (some: Partial<IssueTokenInput>) => form.reset({ ...form.getValues(), ...some });

  function changeKey(keyId: string) {
    const next = keys.find(({ id }) => id === keyId);
    if (!next) return;
    if (keyChoice && next.profile !== keyChoice.profile) fill({ ...beginWith(next), purpose: values.purpose });
    else if (chosen) fill({ keyId, expiresIn: lifetimeOf(chosen, next.policy) });
  }

  const lockOf = (template: Template) => policy && lockOfTemplate(profile, policy, template);
  // Where it is refused it is said why.
  const chosenLock = chosen && !says("template").error ? lockOf(chosen) : undefined;
  const limits = keyChoice ? limitsInWords(profile, keyChoice.policy, keyChoice.templates) : [];
  const wrongInside = shared.fields.some(({ name }) => says(name).error);
  const [asked, setUnfolded] = useState(false);
  const unfolded = asked || wrongInside;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">For every row that says nothing else</legend>
      <div className="batch-defaults">
        <Field
          id="keyId"
          label="Signing key"
          help={limits.length > 0 ? <KeyLimits limits={limits} /> : undefined}
          {...says("keyId")}
          className="mb-3!"
        >
          {(control) => (
            <Select
              {...control}
              {...registerField(form, "keyId", { onChange: ({ target }) => changeKey(target.value) })}
            >
              {keys.map(({ id, label, disabled }) => (
                <option key={id} value={id}>
                  {label}
                  {disabled ? ", disabled" : ""}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="batch-two">
          <Field id="template" label="Template" help={chosenLock} {...says("template")}>
            {(control) => (
              <Select
                {...control}
                value={chosen?.id ?? ""}
                onChange={({ target }) => {
                  onTemplate();
                  const template = keyChoice?.templates.find(({ id }) => id === target.value);
                  if (template && policy) fill(fieldsOf(template, policy));
                  else fill({ template: "" });
                }}
              >
                <option value="">None</option>
                {keyChoice?.templates.map((template) => {
                  const lock = lockOf(template);
                  const lifetime = policy ? lifetimeWords(secondsOf(lifetimeOf(template, policy)) ?? 0) : "";
                  // The closed list has no room for the reason: of the chosen one it stands below.
                  const isSaidBelow = lock !== undefined && template.id === chosen?.id;
                  return (
                    <option key={template.id} value={template.id} disabled={lock !== undefined}>
                      {isSaidBelow ? template.name : `${template.name} (${lock ?? lifetime})`}
                    </option>
                  );
                })}
              </Select>
            )}
          </Field>
          <Field id="expiresIn" label="Expires in" help={bareNumberSaid(values.expiresIn ?? "")} {...says("expiresIn")}>
            {(control) => <Input {...control} mono {...registerField(form, "expiresIn")} />}
          </Field>
        </div>
        <Field id="purpose" label="Purpose" hint="counts for each" {...says("purpose")} className="mb-3!">
          {(control) => <Input {...control} {...registerField(form, "purpose")} />}
        </Field>
      </div>
      <button
        type="button"
        className="batch-rights"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
        disabled={wrongInside}
      >
        <Icon name="chevron" size={14} className={unfolded ? "" : "-rotate-90"} />
        {shared.fields.map(askedAs).join(", ")}
      </button>
      {unfolded ? (
        <div className="pt-3">
          <VendorFields
            profile={shared}
            policy={policy}
            bound={bound}
            values={values}
            register={form.register}
            control={form.control}
            says={says}
          />
        </div>
      ) : null}
    </fieldset>
  );
}
