/** What this desk's cookies are called: over https with the prefix that makes a browser refuse one from a neighbour's subdomain or a plain page. */
export function cookieName(name: "claimcheck" | "device-claimcheck", https: boolean): string {
  return https ? `__Host-${name}` : name;
}
