/** Looks at a request's head before anything else does: refuses what no page of this desk sends (other methods, malformed paths, names that are not ours, posts from elsewhere) and what its route (http-routes.ts) does not take. */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { Settings } from "@/lib/env";
import { NOT_ACCEPTED } from "@/lib/refusal";
import type { HttpRoute, Posts } from "./http-routes";
import { type Received, SMALL_BODY_BYTES } from "./receive-body";

/** What is answered instead of a page. */
export type PlainAnswer = {
  status: number;
  /** For whoever sees it: a sentence or two, ASCII. */
  text: string;
  /** For the log. */
  kind: string;
  allow?: string;
};

type GuardSettings = Pick<Settings, "HOST" | "PUBLIC_URL" | "ALLOWED_HOSTS">;

const ONLY_SIGNED_IN =
  "more than 64 kB is taken only from somebody who has signed in. Sign in in another tab, then try again here.";

const refusal = (status: number, kind: string, why: string): PlainAnswer => ({
  status,
  kind,
  text: `${NOT_ACCEPTED}${why}`,
});

/** @param host a host and perhaps a port, as a client writes it @returns as `new URL` writes it; undefined for what is none */
function readHost(host: string): URL | undefined {
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
function isOurs({ hostname }: URL, { HOST, PUBLIC_URL, ALLOWED_HOSTS }: GuardSettings): boolean {
  const name = bare(hostname);
  return (
    isIP(name.replace(/^\[|\]$/g, "")) !== 0 ||
    ["localhost", HOST, PUBLIC_URL?.hostname ?? HOST, ...ALLOWED_HOSTS].map(bare).includes(name)
  );
}

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
  const { origin, "sec-fetch-site": site, "next-action": action } = request.headers;
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
  const allow = [...route.methods, "OPTIONS"].join(", ");
  if (method === "OPTIONS") return { status: 204, kind: "options", text: "", allow };
  if (!route.methods.some((each) => each === method)) {
    return { ...refusal(405, "method", "this address takes no such method."), allow };
  }
  if (!url.startsWith("/") || !isWellFormedPath(url)) {
    return refusal(400, "malformed path", "the address is malformed.");
  }
  // HTTP/1.0 needs none, and health checks still use it; a browser always sends one.
  if (headers.host === undefined) headers.host = "localhost";
  const host = request.headersDistinct.host?.length === 2 ? undefined : readHost(headers.host);
  if (!host) return refusal(400, "malformed host", "its Host is malformed.");
  if (!isOurs(host, settings)) {
    return refusal(
      421,
      "host that is not ours",
      "the desk is not known by the name in this address. Whoever runs the server can add it to ALLOWED_HOSTS.",
    );
  }
  // Next compares an action's Origin with it as text.
  headers.host = host.host;
  if (/websocket/i.test(headers.upgrade ?? "")) return refusal(400, "websocket", "no WebSocket is served here.");

  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (method !== "POST" || !route.posts) {
    return hasBody ? refusal(400, "body where none belongs", "only a POST may have a body.") : undefined;
  }
  if (Number(headers["content-length"] ?? 0) > mostBodyBytes(request, route)) return tooLarge(request, route);
  return refusePost(request, route.posts, host, settings);
}

/** Looks for a cookie's name only; see `mayPostLargeBody` in server.ts. */
const hasSessionCookie = ({ headers }: IncomingMessage) =>
  /(?:^|; *)(?:__Host-)?claimcheck(?:\.\d+)?=/.test(headers.cookie ?? "");

export function mostBodyBytes(request: IncomingMessage, { posts }: HttpRoute): number {
  const most = posts?.mostBytes ?? 0;
  return hasSessionCookie(request) ? (posts?.mostBytesSignedIn ?? most) : most;
}

function tooLarge(request: IncomingMessage, route: HttpRoute): PlainAnswer {
  const bytes = mostBodyBytes(request, route);
  const most = bytes > SMALL_BODY_BYTES ? `${bytes / 1024 ** 2} MB` : `${bytes / 1024} kB`;
  const wouldTakeMore = (route.posts?.mostBytesSignedIn ?? 0) > bytes;
  return refusal(
    413,
    "body too large",
    wouldTakeMore ? ONLY_SIGNED_IN : `it is more than the ${most} that are taken here.`,
  );
}

/**
 * @param signedIn whether a large one may be handed on
 * @returns undefined for a body that may be parsed
 */
export async function refusalOfBody(
  request: IncomingMessage,
  route: HttpRoute,
  body: Received,
  signedIn: boolean,
): Promise<PlainAnswer | undefined> {
  if (body.state === "too large") return tooLarge(request, route);
  if (body.state === "too slow") return refusal(408, "body too slow", "it did not arrive in time. Try again.");
  if (body.state === "too many")
    return refusal(503, "too many large bodies", "too much is being sent. Try again in a minute.");
  if (body.state === "not allowed" || (body.state === "whole" && !signedIn))
    return refusal(413, "body too large", ONLY_SIGNED_IN);
  if (body.state !== "whole" || route.posts?.what === "anything") return undefined;
  if (await isWellFormed(request, body.chunks)) return undefined;
  return refusal(400, "malformed body", "what was sent is malformed.");
}

/** React's own notation for what is no JSON: `"$F1"`, `"$Q0"`. A text that begins with the sign has it doubled. */
const REFERENCE = /"(?:\$|\\u0024)(?!\$|\\u0024|undefined")/i;

/** What a form holds is a few levels deep; React walks what it gets by calling itself, and runs out of stack. */
const MOST_LEVELS = 64;

/** The longest list is a look-up's, of some two thousand. React takes two seconds for a million values, however short. */
const MOST_VALUES = 10_000;

/** Next refuses a thousand with 500; no action here has more than a few. */
const MOST_ARGUMENTS = 16;

/** @param text JSON, or anything else @returns whether it holds more values, or brackets further within brackets, than any form's */
function isBeyondForms(text: string): boolean {
  let level = 0;
  let values = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (quoted) {
      if (char === "\\") index++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "]" || char === "}") level--;
    else if (char === "," || char === "[" || char === "{") {
      if (char !== ",") level++;
      if (level > MOST_LEVELS || ++values > MOST_VALUES) return true;
    }
  }
  return false;
}

/** The actions here take a list of plain JSON values; what Next cannot make one of, it answers with 500. */
function isPlainArguments(text: string): boolean {
  if (isBeyondForms(text)) return false;
  const given: unknown = JSON.parse(text);
  return Array.isArray(given) && given.length <= MOST_ARGUMENTS && !REFERENCE.test(text);
}

/** Next answers a body that it cannot parse with 500. */
async function isWellFormed({ headers }: IncomingMessage, chunks: readonly Buffer[]): Promise<boolean> {
  const type = (headers["content-type"] ?? "").replace(/^[^;]*/, (name) => name.toLowerCase());
  // Next compares it as it stands.
  if (headers["content-type"] !== undefined) headers["content-type"] = type;
  const body = Buffer.concat(chunks);
  try {
    if (!/^multipart\/form-data/i.test(type)) return isPlainArguments(body.toString());
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    const parts = [...form.values()];
    return parts.length <= MOST_VALUES && !parts.some((part) => typeof part === "string" && isBeyondForms(part));
  } catch {
    return false;
  }
}
