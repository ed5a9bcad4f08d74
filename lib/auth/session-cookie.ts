/** What the session's cookie is called: over https with the prefix that lets no other host and no plain answer set it. */
export function sessionCookieName(https: boolean): string {
  return https ? "__Host-claimcheck" : "claimcheck";
}
