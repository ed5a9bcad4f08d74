"use client";
/** The name and the password of whoever joins. */
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { NewPasswordField } from "@/components/ui/new-password-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { JoinInput } from "@/lib/auth/schema";
import { KnownEmail } from "./known-email";
import { useLinkCode } from "./use-link-code";

export function JoinForm({
  action,
  code,
  email,
}: {
  action: (input: JoinInput) => Promise<ActionResult<unknown>>;
  code: string;
  email: string;
}) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: JoinInput,
    action: useLinkCode("join", code, action),
  });
  return (
    <form {...formProps}>
      <input type="hidden" value={code} {...form.register("code")} />
      <KnownEmail email={email} />
      <Field id="name" label="Name" help="Stands beside everything you do in the audit log." error={errorOf("name")}>
        {(control) => <Input {...control} autoComplete="name" {...form.register("name")} />}
      </Field>
      <NewPasswordField error={errorOf("password")} input={() => form.register("password")} />
      <FormFailure failure={failure} />
      <Button variant="primary" className="w-full" {...submitProps}>
        Join
      </Button>
    </form>
  );
}
