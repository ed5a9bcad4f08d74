"use client";
/** One's own name. */
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { registerField } from "@/components/ui/register-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { ChangeNameInput } from "@/lib/me/schema";

export function NameForm({
  name,
  action,
}: {
  name: string;
  action: (input: ChangeNameInput) => Promise<ActionResult<{ name: string }>>;
}) {
  const [saved, setSaved] = useState<string>();
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: ChangeNameInput,
    defaultValues: { name },
    action,
    onDone: (done: { name: string }) => setSaved(done.name),
  });
  return (
    <form {...formProps}>
      <Field
        id="name"
        label="Name"
        help="Stands beside everything you do from now on; what is recorded keeps the name of then."
        error={errorOf("name")}
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="name"
            {...registerField(form, "name", { onChange: () => setSaved(undefined) })}
          />
        )}
      </Field>
      <FormFailure failure={failure} />
      <div className="flex flex-wrap items-center gap-3">
        <Button {...submitProps}>Save name</Button>
        <span role="status" className="text-ok text-small">
          {saved === undefined ? null : "Saved."}
        </span>
      </div>
    </form>
  );
}
