/** Prepares a request for Next: the address that every record and throttle uses is the socket's, unless a trusted proxy says otherwise; what a client claims about itself is taken away. */

import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import proxyAddr from "proxy-addr";
import { ADDRESS_HEADER, REQUEST_ID_HEADER } from "@/lib/auth/origin";
import { PATH_HEADER } from "@/lib/auth/path-after-sign-in";
import type { Settings } from "@/lib/env";
import { newId } from "@/lib/new-id";

const CLAIMS_OF_PROXIES = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/** An IPv4 client of a dual-stack socket is the same client. */
const plain = (address: string) => (ipaddr.IPv6.isValid(address) ? ipaddr.process(address).toString() : address);

/** Some proxies add the client's port, which is another one for each connection. */
const withoutPort = (entry: string) =>
  /^\[([^\]]*)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry;

/** A chain as far back as it consists of addresses: what stands before anything else (`unknown`, a name) is nobody's word. */
function addressesIn(header: string | string[] | undefined): string[] {
  const entries = String(header ?? "")
    .split(",")
    .map((entry) => withoutPort(entry.trim()))
    .filter(Boolean);
  return entries.slice(entries.findLastIndex((entry) => isIP(entry) === 0) + 1);
}

/** Whether many people come from a socket's address: a trusted proxy, or this machine itself, where one may stand. */
export function isSharedAddress(address: string, { TRUSTED_PROXIES }: Pick<Settings, "TRUSTED_PROXIES">): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === "loopback" || TRUSTED_PROXIES.trusts(plain(address), 0);
}

/**
 * Next asks this server itself for the page that an action leads to, with the headers that the action's request has
 * here. By this one, which nobody else is told, such a request is known; whom it is for stands in the others.
 */
const OWN_HEADER = "x-claimcheck-own";
/** Under which name the browser has the desk: of its own, this server would ask as 127.0.0.1, which every browser trusts. */
const HOST_HEADER = "x-claimcheck-host";
const OWN = randomBytes(24).toString("base64url");

/** Changes the request's headers in place. */
export function prepareRequestHeaders(
  request: IncomingMessage,
  { TRUSTED_PROXIES, PUBLIC_URL }: Pick<Settings, "TRUSTED_PROXIES" | "PUBLIC_URL">,
): void {
  request.headers["x-forwarded-for"] = addressesIn(request.headers["x-forwarded-for"]).join(",");
  // A client that has hung up while it waited (for the build, say) has no address any more.
  const address = request.socket.remoteAddress ? plain(proxyAddr(request, TRUSTED_PROXIES.trusts)) : "unknown";
  for (const name of CLAIMS_OF_PROXIES) delete request.headers[name];
  // Nothing here is read in parts or changed in place, and Next answers what a file cannot keep of these with 500.
  for (const name of ["range", "if-range", "if-match", "if-unmodified-since"]) delete request.headers[name];
  if (request.headers[OWN_HEADER] === OWN) {
    request.headers.host = String(request.headers[HOST_HEADER]);
  } else {
    request.headers[ADDRESS_HEADER] = address;
    request.headers[REQUEST_ID_HEADER] = newId();
    request.headers[HOST_HEADER] = request.headers.host;
  }
  request.headers[OWN_HEADER] = OWN;
  // Next does not tell a page its own address. Its router asks for a page's data with a parameter of its own.
  request.headers[PATH_HEADER] = (request.url ?? "/")
    .replace(/([?&])_rsc(?:=[^&]*)?(?:&|$)/, "$1")
    .replace(/[?&]$/, "");
  // Next compares an action's Origin with this, and next-auth builds its addresses from it.
  request.headers["x-forwarded-proto"] = PUBLIC_URL?.protocol.slice(0, -1) ?? "http";
  if (PUBLIC_URL) request.headers["x-forwarded-host"] = PUBLIC_URL.host;
}
