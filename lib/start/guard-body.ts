/** Looks at a request's body before Next does: refuses what is more than its route takes, and what no form of this desk sends. */
import type { IncomingMessage } from "node:http";
import { edgeLimits } from "@/lib/limits";
import type { HttpRoute, Posts } from "./http-routes";
import { type PlainAnswer, refusal } from "./plain-answer";
import type { Received } from "./receive-body";

const ONLY_SIGNED_IN = refusal(
  413,
  "body too large",
  "more than 64 kB is taken only from somebody who has signed in. Sign in in another tab, then try again here.",
);

const ONLY_WITH_CREDENTIAL: PlainAnswer = {
  ...refusal(
    401,
    "large body without a credential",
    "more than 64 kB is taken only with a credential that works from here.",
  ),
  headers: { "www-authenticate": "Bearer" },
};

/** Looks for a cookie's name only, or for a credential: whose it is matters once it is more than anybody may send. */
const saysWho = ({ headers }: IncomingMessage, { from }: Posts) =>
  from === "programs"
    ? headers.authorization !== undefined
    : /(?:^|; *)(?:__Host-)?claimcheck=/.test(headers.cookie ?? "");

const MEGABYTE = 1024 * 1024;

export function mostBodyBytes(request: IncomingMessage, { posts }: HttpRoute): number {
  if (!posts) return 0;
  return saysWho(request, posts) ? (posts.mostBytesSignedIn ?? posts.mostBytes) : posts.mostBytes;
}

const onlyFor = ({ posts }: HttpRoute) => (posts?.from === "programs" ? ONLY_WITH_CREDENTIAL : ONLY_SIGNED_IN);

export function tooLarge(request: IncomingMessage, route: HttpRoute): PlainAnswer {
  const bytes = mostBodyBytes(request, route);
  const wouldTakeMore = (route.posts?.mostBytesSignedIn ?? 0) > bytes;
  if (wouldTakeMore) return onlyFor(route);
  const size = bytes < MEGABYTE ? `${bytes / 1024} kB` : `${bytes / MEGABYTE} MB`;
  return refusal(413, "body too large", `it is more than the ${size} that are taken here.`);
}

/** None takes longer than two of these. */
const inAMinute = { headers: { "retry-after": "60" } };
/** One's own have mostly arrived by then. */
const soon = { headers: { "retry-after": "2" } };

/** @returns undefined for a body that may be parsed */
export function refusalOfBody(request: IncomingMessage, route: HttpRoute, body: Received): PlainAnswer | undefined {
  if (body.state === "too large") return tooLarge(request, route);
  if (body.state === "too slow") return refusal(408, "body too slow", "it did not arrive in time. Try again.");
  if (body.state === "too many")
    return {
      ...refusal(503, "too many large bodies", "too much is being sent. Try again in a minute."),
      ...inAMinute,
    };
  if (body.state === "too many of one member")
    return {
      ...refusal(
        429,
        "too many large bodies of one member",
        `${edgeLimits.largeBodiesOfMember} large texts of yours are still on their way. Try again when they have arrived.`,
      ),
      ...soon,
    };
  if (body.state === "not allowed") return onlyFor(route);
  if (body.state !== "whole" || route.posts?.what === "anything") return undefined;
  if (isWellFormed(request, body.chunks)) return undefined;
  return refusal(400, "malformed body", "what was sent is malformed.");
}

/** React's own notation for what is no JSON: `"$F1"`, `"$Q0"`. A text that begins with the sign has it doubled; behind a backslash stands a quote within a text, such as of typed JSON, where it means nothing. */
const REFERENCE = /(?<!\\)"(?:\$|\\u0024)(?!\$|\\u0024|undefined")/i;

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

/**
 * Next answers a body that it cannot parse with 500. No action here is sent a form's parts, which Next would read in
 * another way, and whose references to one another React follows.
 */
function isWellFormed({ headers }: IncomingMessage, chunks: readonly Buffer[]): boolean {
  if (/^\s*multipart\//i.test(headers["content-type"] ?? "")) return false;
  try {
    return isPlainArguments(Buffer.concat(chunks).toString());
  } catch {
    return false;
  }
}
