"use client";
/** Email and password. Tells this browser's other tabs when somebody is in: theirs may go on. */
import { tellOtherTabs } from "@/components/shell/session-news";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { isRedirect } from "@/components/ui/is-redirect";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { SignInInput } from "@/lib/auth/schema";

export function SignInForm({ action }: { action: (input: SignInInput) => Promise<ActionResult<unknown>> }) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: SignInInput,
    action: async (input: SignInInput) => {
      try {
        return await action(input);
      } catch (error) {
        if (isRedirect(error)) tellOtherTabs("signed in");
        throw error;
      }
    },
  });
  return (
    <form {...formProps}>
      <Field id="email" label="Email" error={errorOf("email")}>
        {(control) => <Input {...control} type="email" autoComplete="username" {...form.register("email")} />}
      </Field>
      <Field id="password" label="Password" error={errorOf("password")}>
        {(control) => <PasswordInput {...control} autoComplete="current-password" {...form.register("password")} />}
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
