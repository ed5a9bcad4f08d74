/** Reads the name in a Host, and says whether the desk is known by it. */
import { isIP } from "node:net";
import type { Settings } from "@/lib/env";

/** @param host a host and perhaps a port, as a client writes it @returns as `new URL` writes it; undefined for what is none */
export function readHost(host: string): URL | undefined {
  if (!/^(\[[\da-f:.]+\]|[a-z\d._-]+)(:\d{1,5})?$/i.test(host)) return undefined;
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** A name without the dot of the root, which a person may type. */
const bare = (name: string) => name.replace(/\.$/, "").toLowerCase();

/**
 * Against DNS rebinding: a name that somebody else points here is not ours, an address can't be pointed.
 * The port is not compared: a proxy may leave it out, and it protects nothing.
 */
export function isOurs(
  { hostname }: URL,
  { HOST, PUBLIC_URL, ALLOWED_HOSTS }: Pick<Settings, "HOST" | "PUBLIC_URL" | "ALLOWED_HOSTS">,
): boolean {
  const name = bare(hostname);
  return (
    isIP(name.replace(/^\[|\]$/g, "")) !== 0 ||
    ["localhost", HOST, PUBLIC_URL?.hostname ?? HOST, ...ALLOWED_HOSTS].map(bare).includes(name)
  );
}
