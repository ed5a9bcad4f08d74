/** The field for a password that is being chosen, with what makes a good one. */
import type { UseFormRegisterReturn } from "react-hook-form";
import { MIN_PASSWORD_LENGTH } from "@/lib/auth/schema";
import { Field } from "./field";
import { PasswordInput } from "./password-input";

export function NewPasswordField({
  label = "Password",
  help = "A repeated one counts once.",
  error,
  input,
}: {
  label?: string;
  /** What is said behind the length and the words: a sentence. */
  help?: string;
  error: string | undefined;
  /** Registers it in its turn: of several that are wrong, the first registered takes the focus. */
  input: () => UseFormRegisterReturn;
}) {
  return (
    <Field
      id="password"
      label={label}
      help={`At least ${MIN_PASSWORD_LENGTH} characters; three or four unrelated words do well. ${help}`}
      error={error}
    >
      {(control) => <PasswordInput {...control} autoComplete="new-password" {...input()} />}
    </Field>
  );
}
