/** Looks at a request's head before anything else does: refuses what no page of this desk sends (other methods, malformed paths, names that are not ours, posts from elsewhere) and what its route (http-routes.ts) does not take. */
import type { IncomingMessage } from "node:http";
import type { Settings } from "@/lib/env";
import { mostBodyBytes, tooLarge } from "./guard-body";
import type { HttpRoute, Posts } from "./http-routes";
import { isOurs, readHost } from "./own-names";
import { type PlainAnswer, refusal } from "./plain-answer";
import { isRouterState } from "./router-state";

type GuardSettings = Pick<Settings, "HOST" | "PUBLIC_URL" | "ALLOWED_HOSTS">;

function isWellFormedPath(target: string): boolean {
  try {
    decodeURIComponent(target.split(/[?#]/, 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** A browser says where a post comes from: in `Origin` always, in `Sec-Fetch-Site` over https and on loopback. */
function refusePost(
  request: IncomingMessage,
  { what }: Posts,
  host: URL,
  { PUBLIC_URL }: GuardSettings,
): PlainAnswer | undefined {
  const { origin, "sec-fetch-site": site, "next-action": action, "x-action-forwarded": passedOn } = request.headers;
  // An action that is sent to a page without it Next sends on, to this server: from then on it would be the server's
  // own, counted and recorded as from its address. So it is told what any action is told that is not there.
  if (passedOn !== undefined)
    return {
      ...refusal(409, "action of another page", "this page has no such action. Reload it, and try again."),
      headers: { "x-nextjs-action-not-found": "1" },
    };
  if (site !== undefined && site !== "same-origin") {
    return refusal(403, "post from another site", "it was sent from another site.");
  }
  const ours = PUBLIC_URL?.origin ?? host.origin;
  if (origin === undefined) {
    if (site === undefined)
      return refusal(403, "post without an origin", "it does not say from which site it is sent.");
  } else if (origin !== "null" && !(URL.canParse(origin) && new URL(origin).origin === origin)) {
    return refusal(400, "post with a malformed origin", "its Origin is malformed.");
  } else if (origin !== ours) {
    return refusal(
      403,
      "post from another origin",
      "it was sent from another address than the desk's own. Behind a proxy, PUBLIC_URL must be the address that people type.",
    );
  }
  if (what === "anything") return undefined;
  // Next answers a post that is no action as if it had been a GET.
  if (typeof action !== "string" || !/^[\da-f]{42}$/.test(action)) {
    return refusal(400, "post that is no action", "nothing here takes such a post.");
  }
  return undefined;
}

/** @param route the one of its target @returns undefined for a request that may come in */
export function guardRequest(
  request: IncomingMessage,
  route: HttpRoute,
  settings: GuardSettings,
): PlainAnswer | undefined {
  const { method = "", url = "", headers } = request;
  // HTTP/1.0 needs none, and health checks still use it; a browser always sends one.
  if (headers.host === undefined) headers.host = "localhost";
  const host = (request.headersDistinct.host?.length ?? 1) === 1 ? readHost(headers.host) : undefined;
  if (!host) return refusal(400, "malformed host", "its Host is malformed.");
  if (!isOurs(host, settings)) {
    return refusal(
      421,
      "host that is not ours",
      "the desk is not known by the name in this address. Whoever runs the server can add it to ALLOWED_HOSTS.",
    );
  }
  const allow = [...route.methods, "OPTIONS"].join(", ");
  if (method === "OPTIONS" && !route.programs) return { status: 204, kind: "options", text: "", allow };
  const isTaken = method === "OPTIONS" || route.methods.some((each) => each === method);
  if (!isTaken && !route.knowsMethods) {
    return { ...refusal(405, "method", "this address takes no such method."), allow };
  }
  if (!url.startsWith("/") || !isWellFormedPath(url)) {
    return refusal(400, "malformed path", "the address is malformed.");
  }
  // Next compares an action's Origin with it as text.
  headers.host = host.host;
  if (/websocket/i.test(headers.upgrade ?? "")) return refusal(400, "websocket", "no WebSocket is served here.");
  if (!isRouterState(headers["next-router-state-tree"]))
    return refusal(400, "malformed router state", "its Next-Router-State-Tree is malformed.");

  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  // Whose method is refused anyway is told of that, and its body is read by nobody.
  if (!isTaken) return undefined;
  if (method !== "POST" || !route.posts) {
    return hasBody ? refusal(400, "body where none belongs", "only a POST may have a body.") : undefined;
  }
  if (Number(headers["content-length"] ?? 0) > mostBodyBytes(request, route)) return tooLarge(request, route);
  return route.posts.from === "own pages" ? refusePost(request, route.posts, host, settings) : undefined;
}
