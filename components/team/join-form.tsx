"use client";
/** The name and the password of whoever joins. Tells this browser's other tabs when they are in. */
import { useEffect } from "react";
import { forgetCode, keepCode } from "@/components/door/link-code";
import { tellOtherTabs } from "@/components/shell/session-news";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { isRedirect } from "@/components/ui/is-redirect";
import { NewPasswordField } from "@/components/ui/new-password-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { JoinInput } from "@/lib/team/schema";

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
    action: async (input: JoinInput) => {
      try {
        const result = await action(input);
        // Used, or worth nothing: it would only be refused again.
        if (result?.ok !== false || result.error.code === "forbidden") forgetCode("join");
        return result;
      } catch (error) {
        if (isRedirect(error)) {
          forgetCode("join");
          tellOtherTabs("signed in");
        }
        throw error;
      }
    },
  });
  // The code is a secret: it is kept in this tab, and not in the address bar and the history.
  useEffect(() => {
    keepCode("join", code);
    window.history.replaceState(null, "", window.location.pathname);
  }, [code]);
  return (
    <form {...formProps}>
      <input type="hidden" value={code} {...form.register("code")} />
      <Field id="email" label="Email" help="You sign in with it.">
        {(control) => <Input {...control} type="email" autoComplete="username" readOnly value={email} />}
      </Field>
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
