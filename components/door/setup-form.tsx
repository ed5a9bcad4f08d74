"use client";
/** The first admin's name, email and password. */
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { NewPasswordField } from "@/components/ui/new-password-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { SetupInput } from "@/lib/auth/schema";
import { useLinkCode } from "./use-link-code";

export function SetupForm({
  action,
  code,
}: {
  action: (input: SetupInput) => Promise<ActionResult<unknown>>;
  code: string;
}) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: SetupInput,
    action: useLinkCode("setup", code, action),
  });
  return (
    <form {...formProps}>
      <input type="hidden" value={code} {...form.register("code")} />
      <Field id="name" label="Name" help="Stands beside everything you do in the audit log." error={errorOf("name")}>
        {(control) => <Input {...control} autoComplete="name" {...form.register("name")} />}
      </Field>
      <Field id="email" label="Email" error={errorOf("email")}>
        {(control) => <Input {...control} type="email" autoComplete="username" {...form.register("email")} />}
      </Field>
      <NewPasswordField error={errorOf("password")} input={() => form.register("password")} />
      <FormFailure failure={failure} />
      <Button variant="primary" className="w-full" {...submitProps}>
        Create admin
      </Button>
    </form>
  );
}
