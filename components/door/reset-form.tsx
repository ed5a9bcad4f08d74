"use client";
/** A new password by a reset link. */
import { Button } from "@/components/ui/button";
import { FormFailure } from "@/components/ui/form-failure";
import { NewPasswordField } from "@/components/ui/new-password-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { ResetPasswordInput } from "@/lib/auth/schema";
import { KnownEmail } from "./known-email";
import { useLinkCode } from "./use-link-code";

export function ResetForm({
  action,
  code,
  email,
}: {
  action: (input: ResetPasswordInput) => Promise<ActionResult<unknown>>;
  code: string;
  email: string;
}) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: ResetPasswordInput,
    defaultValues: { code, password: "" },
    action: useLinkCode("reset", code, action),
  });
  return (
    <form {...formProps}>
      <KnownEmail email={email} />
      <NewPasswordField label="New password" error={errorOf("password")} input={() => form.register("password")} />
      <FormFailure failure={failure} />
      <Button variant="primary" className="w-full" {...submitProps}>
        Set password and sign in
      </Button>
    </form>
  );
}
