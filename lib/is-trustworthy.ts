/** Whether a browser trusts the address at which it has the desk: by https, or on this machine (W3C Secure Contexts, "potentially trustworthy origin"). At another one it withholds what works with secrets, and whatever is sent can be read on the way. */
import type { Settings } from "./env";

/** @param host as the browser sent it; PUBLIC_URL counts more, since a proxy may have written another */
export function isTrustworthy(host: string, { PUBLIC_URL }: Pick<Settings, "PUBLIC_URL">): boolean {
  const url = PUBLIC_URL ?? (URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined);
  if (!url) return false;
  return url.protocol === "https:" || /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost\.?)$/.test(url.hostname);
}
