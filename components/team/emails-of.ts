/** The emails of invitations within a sentence: a few of them, and how many more. */
const MOST = 8;

export function emailsOf(invitations: readonly { email: string }[]): string {
  const named = invitations
    .slice(0, MOST)
    .map(({ email }) => email)
    .join(", ");
  return invitations.length > MOST ? `${named} and ${invitations.length - MOST} more` : named;
}
