/** Prepares a request for Next: the address that every record and throttle uses is the socket's, unless a trusted proxy says otherwise; what a client claims about itself is taken away. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import proxyAddr from "proxy-addr";
import { ADDRESS_HEADER, REQUEST_ID_HEADER } from "@/lib/auth/origin";
import type { Settings } from "@/lib/env";

const CLAIMS_OF_PROXIES = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Changes the request's headers in place. */
export function prepareRequestHeaders(
  request: IncomingMessage,
  { TRUSTED_PROXIES, PUBLIC_URL }: Pick<Settings, "TRUSTED_PROXIES" | "PUBLIC_URL">,
): void {
  // A client that has hung up while it waited (for the build, say) has no address any more.
  const given = request.socket.remoteAddress ? proxyAddr(request, TRUSTED_PROXIES.trusts) : "unknown";
  // An IPv4 client of a dual-stack socket is the same client.
  const address = given.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, "");
  for (const name of CLAIMS_OF_PROXIES) delete request.headers[name];
  request.headers[ADDRESS_HEADER] = address;
  request.headers[REQUEST_ID_HEADER] = randomUUID();
  // Next compares an action's Origin with this, and next-auth builds its addresses from it.
  request.headers["x-forwarded-proto"] = PUBLIC_URL?.protocol.slice(0, -1) ?? "http";
  if (PUBLIC_URL) request.headers["x-forwarded-host"] = PUBLIC_URL.host;
}
