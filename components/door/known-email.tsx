/** The email of whoever opened a link made for them: to be read whole, and for the browser to keep with the password. */

export function KnownEmail({ email }: { email: string }) {
  return (
    <>
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <dl className="mb-4.5">
        <dt className="mb-1.5 font-medium">Email</dt>
        <dd className="min-h-9.5 w-full rounded-lg border border-edge bg-sunken px-2.5 py-1.5 text-soft [overflow-wrap:anywhere]">
          {email}
        </dd>
        <dd className="mt-1.5 text-faint text-small">You sign in with it.</dd>
      </dl>
    </>
  );
}
