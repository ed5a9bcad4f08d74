"use client";
/** Email and password. */
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { SignInInput } from "@/lib/auth/schema";

export function SignInForm({ action }: { action: (input: SignInInput) => Promise<ActionResult<unknown>> }) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({ schema: SignInInput, action });
  return (
    <form {...formProps}>
      <Field id="email" label="Email" error={errorOf("email")}>
        {(control) => <Input {...control} type="email" autoComplete="username" {...form.register("email")} />}
      </Field>
      <Field id="password" label="Password" error={errorOf("password")}>
        {(control) => (
          <Input {...control} type="password" autoComplete="current-password" {...form.register("password")} />
        )}
      </Field>
      {failure ? (
        <Notice tone="bad" role="alert" className="mb-4.5">
          {failure.message}
        </Notice>
      ) : null}
      <Button variant="primary" className="w-full" {...submitProps}>
        Sign in
      </Button>
    </form>
  );
}
