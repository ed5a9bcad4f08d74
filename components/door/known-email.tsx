/** The email of whoever opened a link made for them: to be read whole, and for the browser to keep with the password. */
import { Field } from "@/components/ui/field";

export function KnownEmail({ email }: { email: string }) {
  return (
    <>
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field id="email" label="Email" help="You sign in with it.">
        {(control) => (
          <output
            {...control}
            className="block min-h-9.5 w-full rounded-lg border border-edge bg-sunken px-2.5 py-1.5 text-soft [overflow-wrap:anywhere]"
          >
            {email}
          </output>
        )}
      </Field>
    </>
  );
}
