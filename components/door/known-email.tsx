/** The email of whoever opened a link made for them: to be read, and for the browser to keep with the password. */
import { Field, Input } from "@/components/ui/field";

export function KnownEmail({ email }: { email: string }) {
  return (
    <Field id="email" label="Email" help="You sign in with it.">
      {(control) => (
        <Input
          {...control}
          type="email"
          autoComplete="username"
          readOnly
          value={email}
          className="bg-sunken! text-soft"
        />
      )}
    </Field>
  );
}
