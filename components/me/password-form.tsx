"use client";
/** A new password for oneself, by the current one. */
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { NewPasswordField } from "@/components/ui/new-password-field";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { ChangePasswordInput } from "@/lib/me/schema";

type Done = { ended: number };

const others = ({ ended }: Done) =>
  ended === 0
    ? "You were signed in nowhere else."
    : ended === 1
      ? "1 other session ended."
      : `${ended} other sessions ended.`;

export function PasswordForm({
  email,
  action,
}: {
  /** For whoever keeps passwords. */
  email: string;
  action: (input: ChangePasswordInput) => Promise<ActionResult<Done>>;
}) {
  const [done, setDone] = useState<Done>();
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: ChangePasswordInput,
    unreachable:
      "Your password may have been changed all the same: reload the page, and sign in with the new one if you are asked.",
    defaultValues: { current: "", password: "" },
    action: (input: ChangePasswordInput) => {
      setDone(undefined);
      return action(input);
    },
    onDone: (result: Done) => {
      form.reset();
      setDone(result);
    },
  });
  return (
    <form {...formProps}>
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field id="current" label="Current password" error={errorOf("current")}>
        {(control) => <PasswordInput {...control} autoComplete="current-password" {...form.register("current")} />}
      </Field>
      <NewPasswordField
        label="New password"
        help="Your other sessions end with the old one."
        error={errorOf("password")}
        input={() => form.register("password")}
      />
      <FormFailure failure={failure} />
      <Button {...submitProps}>Change password</Button>
      <div role="status" className="not-empty:mt-3">
        {done ? (
          <Notice tone="ok" title="Your password is changed.">
            {others(done)}
          </Notice>
        ) : null}
      </div>
    </form>
  );
}
