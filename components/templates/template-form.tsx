"use client";
/** The form of a template: its name, its note, and the fields of the issue form that it fills in. An id that is left empty is left to whoever issues. */
import { useState } from "react";
import { ExpiresInField } from "@/components/issue/expires-in-field";
import { useKeptForm } from "@/components/issue/use-kept-form";
import { VendorFields } from "@/components/issue/vendor-fields";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field, Input } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { registerField } from "@/components/ui/register-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { profileOf } from "@/lib/profiles/registry";
import { type TemplateFields, templateFields } from "@/lib/templates/schema";
import { secondsOf } from "@/lib/text/parse-duration";

export type TemplateAction = (input: Readonly<Record<string, unknown>>) => Promise<ActionResult<unknown>>;

export function TemplateForm({
  profile: profileId,
  values: given,
  named,
  memberId,
  submit,
  action,
}: {
  profile: string;
  values: TemplateFields;
  /** What else is sent: which one, and what was seen of it. */
  named: Record<string, string | number>;
  /** Who fills it in. */
  memberId: string;
  /** The button's words. */
  submit: string;
  action: TemplateAction;
}) {
  const profile = profileOf(profileId);
  const [schema] = useState(() => templateFields(profile));
  const { form, formProps, submitProps, failure, errorOf } = useActionForm<TemplateFields, unknown>({
    schema,
    defaultValues: given,
    action: (input) => action({ ...input, ...named }),
    onDone: (_, sent) => forgetSent(sent),
    leadTo: () => "/templates",
  });
  // What was typed for another version than this one is not put over it; an answer to a proposal changes nothing in it.
  const { state: _, ...which } = named;
  const { forget, forgetSent } = useKeptForm(form, {
    beganWith: `template-form=${Object.values(which).join(":")}`,
    memberId,
  });
  const values = form.watch();
  return (
    <form {...formProps} autoComplete="off" className="max-w-[38rem]">
      <Field id="name" label="Name" help="What was issued keeps the name of then." error={errorOf("name")}>
        {(control) => <Input {...control} {...registerField(form, "name")} />}
      </Field>
      <Field
        id="note"
        label="Note"
        help="One short line: what it is good for. It stands on its card."
        error={errorOf("note")}
      >
        {(control) => <Input {...control} {...registerField(form, "note")} />}
      </Field>
      <VendorFields
        profile={profile}
        bound={undefined}
        policy={undefined}
        values={values}
        register={form.register}
        control={form.control}
        says={(name) => ({ error: errorOf(name) })}
      />
      <ExpiresInField
        value={values.expiresIn}
        ttlSeconds={secondsOf(values.expiresIn)}
        startsAt={undefined}
        maxSeconds={null}
        help="Counted from when it is issued."
        error={errorOf("expiresIn")}
        input={registerField(form, "expiresIn")}
        onPick={(preset) => form.setValue("expiresIn", preset, { shouldValidate: true, shouldDirty: true })}
      />
      <FormFailure failure={failure} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" {...submitProps}>
          {submit}
        </Button>
        <ButtonLink href="/templates" onClick={forget}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
