"use client";
/** Closes a case with a note. Says first what that does and what it does not. */
import { useKeptForm } from "@/components/issue/use-kept-form";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { AcknowledgeCaseInput } from "@/lib/cases/schema";

export function AcknowledgeForm({
  number,
  memberId,
  action,
}: {
  number: number;
  /** Who would close it. */
  memberId: string;
  action: (input: AcknowledgeCaseInput) => Promise<ActionResult<unknown>>;
}) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: AcknowledgeCaseInput,
    action,
    defaultValues: { number, note: "" },
    onDone: (_, sent) => forgetSent(sent),
  });
  const { forgetSent } = useKeptForm(form, { beganWith: `case=${number}`, memberId });
  return (
    <form {...formProps} className="max-w-[52rem]">
      <Field
        id="note"
        label="Note"
        help="It stays in the audit log; the next such token opens a new case."
        error={errorOf("note")}
      >
        {(control) => <Textarea {...control} rows={3} {...form.register("note")} />}
      </Field>
      <FormFailure failure={failure} />
      <Button variant="primary" shortcut="Ctrl ↵" {...submitProps}>
        Acknowledge
      </Button>
    </form>
  );
}
