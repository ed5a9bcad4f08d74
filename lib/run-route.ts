/** The door of the API: bearer credential → actor → verb → answer. Knows no Next, takes no cookie and demands no Origin. Counts the calls of each credential, and says how many are left. */
import { openApi } from "./api/openapi";
import { type ApiRoute, type Asked, apiRoutes } from "./api/routes";
import { keepableOrigin } from "./audit/keepable";
import { recordEvent } from "./audit/record";
import type { Service } from "./auth/actor";
import { authorize } from "./auth/authorize";
import { type CallCount, countCall } from "./auth/call-limits";
import { recordFailures } from "./auth/record-failures";
import { recordFlood } from "./auth/record-flood";
import { isWithin } from "./credentials/addresses";
import { type FoundCredential, findCredential, noteUsed } from "./credentials/find";
import { transaction } from "./db";
import { ANSWER_HEADERS, answerError, answerProblem } from "./http/answer-problem";
import type { HttpAnswer, HttpCall } from "./http/call";
import { readBody } from "./http/read-body";
import { counted } from "./text/counted";
import * as z from "./zod";

export const OPEN_API_PATH = "/api/openapi.json";

const MINUTE = 60;
const BEARER = /^Bearer +(\S+)$/i;

export async function runRoute(call: HttpCall): Promise<HttpAnswer> {
  try {
    return await run({ ...call, origin: await keepableOrigin(call.origin) });
  } catch (error) {
    return answerError(error, call.origin.requestId);
  }
}

async function run(call: HttpCall): Promise<HttpAnswer> {
  if (call.path === OPEN_API_PATH && call.method === "OPTIONS")
    return { status: 204, headers: { ...ANSWER_HEADERS, allow: "GET, HEAD, OPTIONS" }, body: "" };
  if (call.path === OPEN_API_PATH)
    return { status: 200, headers: { ...ANSWER_HEADERS, "content-type": "application/json" }, body: openApi() };
  const here = apiRoutes.filter(({ path }) => path === call.path);
  if (here.length === 0)
    return answerProblem("not-found", `There is no such address. ${OPEN_API_PATH} lists all there are.`);
  const methods = here.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  const allow = { allow: [...methods, "OPTIONS"].join(", ") };
  if (call.method === "OPTIONS") return { status: 204, headers: { ...ANSWER_HEADERS, ...allow }, body: "" };
  const method = call.method === "HEAD" ? "GET" : call.method;
  const route = here.find((each) => each.method === method);
  if (!route) return answerProblem("method-not-allowed", `Use ${methods.join(" or ")}.`, { headers: allow });
  const credential = await credentialOf(call);
  if ("status" in credential) return credential;
  const actor: Service = { ...credential.actor, origin: { via: "api", ...call.origin } };
  const counted = await count(actor, credential.perMinute);
  if ("status" in counted) return counted;
  noteUsed(actor.credentialId, call.origin.address);
  const answer = await answerAt(route, actor, call);
  return { ...answer, headers: { ...answer.headers, ...counted.headers } };
}

async function answerAt(route: ApiRoute, actor: Service, call: HttpCall): Promise<HttpAnswer> {
  try {
    // Of who may not, nothing is read: whoever reads four megabytes keeps everybody waiting.
    await authorize(actor, route.verb);
    const asked = askedIn(call, route);
    if ("status" in asked) return asked;
    const answer = await route.answer(actor, asked);
    return {
      status: route.status,
      headers: { ...ANSWER_HEADERS, "content-type": "application/json" },
      body: JSON.stringify(answer),
    };
  } catch (error) {
    return answerError(error, actor.origin.requestId);
  }
}

const SEND_ONE =
  "Send one `Authorization` header, `Bearer cc_…`: there are several. Is one of a proxy between the two?";

/** @returns whose it is; else a problem, which is recorded: at most one event a minute and address */
async function credentialOf(call: Pick<HttpCall, "header" | "origin">): Promise<FoundCredential | HttpAnswer> {
  const sent = call.header("authorization") ?? "";
  const [, value] = BEARER.exec(sent) ?? [];
  if (value === undefined)
    // Of several headers one is made, with commas: a proxy may have added its own.
    return answerProblem(
      "unauthenticated",
      sent.includes(",") ? SEND_ONE : "Send a credential: `Authorization: Bearer cc_…`.",
      {
        headers: { "www-authenticate": "Bearer" },
      },
    );
  const found = await findCredential(value);
  if (!found) {
    await recordRefused(call, "no credential that works");
    return answerProblem(
      "unauthenticated",
      "This is no credential that works here: it is misspelt, its time is over, it was ended, or nobody of the team answers for it.",
      {
        headers: { "www-authenticate": 'Bearer error="invalid_token"' },
      },
    );
  }
  if (found.addresses && !isWithin(call.origin.address, found.addresses)) {
    await recordRefused(call, "another address", found);
    return answerProblem("forbidden", "This credential may not be used from this address.");
  }
  return found;
}

async function recordRefused(
  { origin }: Pick<HttpCall, "origin">,
  reason: "no credential that works" | "another address",
  found?: FoundCredential,
): Promise<void> {
  const told = { via: "api", ...origin } as const;
  const who = found ? { ...found.actor, origin: told } : ({ kind: "visitor", origin: told } as const);
  await recordFailures(`credential ${reason}`, origin.address, found?.actor.id ?? "", (attempts) =>
    transaction((tx) =>
      recordEvent(tx, who, {
        action: "credential.refused",
        outcome: "denied",
        detail: { reason, ...(attempts > 1 ? { attempts } : {}) },
      }),
    ),
  );
}

/** @returns the headers that say how many calls are left; or that there is none */
async function count(
  actor: Service,
  perMinute: number | null,
): Promise<HttpAnswer | { headers: Record<string, string> }> {
  if (perMinute === null) return { headers: {} };
  const limit = { name: "credential", key: actor.id, most: perMinute, seconds: MINUTE };
  const [count] = await countCall([limit]);
  if (!count) return { headers: {} };
  const headers = rateLimitHeaders(count);
  if (!count.exceeded) return { headers };
  await recordFlood(actor, "calls of the credential per minute", limit);
  return answerProblem("throttled", `This credential may make ${counted(perMinute, "call")} a minute.`, {
    headers: { ...headers, "retry-after": String(count.reset) },
  });
}

/** draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4. */
function rateLimitHeaders({ limit, remaining, reset }: CallCount): Record<string, string> {
  return {
    "ratelimit-policy": `"${limit.name}";q=${limit.most};w=${limit.seconds}`,
    ratelimit: `"${limit.name}";r=${remaining};t=${reset}`,
  };
}

/** A UUID whose digits are all alike is what a program sends that has drawn none, each time (RFC 9562 §5.9, §5.10). */
const IdempotencyKey = z.uuid().refine((uuid) => !/^([0f])\1{7}-/i.test(uuid));

function askedIn(call: HttpCall, route: ApiRoute): Asked | HttpAnswer {
  const idempotencyKey = call.header("idempotency-key");
  if (route.idempotent && idempotencyKey !== undefined && !IdempotencyKey.safeParse(idempotencyKey).success)
    return answerProblem("invalid", "The `Idempotency-Key` is no UUID.", {
      fields: {
        "Idempotency-Key": "Send a UUID drawn for this request: it becomes the token's `jti`, or the batch's id.",
      },
    });
  const asked = { text: "", idempotencyKey: route.idempotent ? idempotencyKey?.toLowerCase() : undefined };
  // Left out in silence, `?expiresIn=5m` behind a POST would give a token of another lifetime.
  if (!route.query && call.query.size > 0)
    return answerProblem(
      "invalid",
      `This address takes no parameters${route.body ? ": write them into the body" : ""}.`,
    );
  if (!route.body) return uniqueFields([...call.query], asked);
  const read = readBody(call, [route.body.type]);
  if (!read.ok) return read.answer;
  const { fields, text, kind } = read;
  return kind === "form"
    ? uniqueFields(fields, { ...asked, text })
    : { ...asked, text, fields: Object.fromEntries(fields) };
}

/** RFC 6749 §3.2 and RFC 7662: no parameter more than once; and each in UTF-8. */
function uniqueFields(fields: readonly [string, unknown][], asked: Omit<Asked, "fields">): Asked | HttpAnswer {
  const seen = new Set<string>();
  for (const [name, value] of fields) {
    if (seen.has(name)) return answerProblem("malformed-request", `${name} is given more than once.`);
    // What is no UTF-8 in an address or a form becomes this sign, which nobody meant to look for.
    if (typeof value === "string" && value.includes("\uFFFD"))
      return answerProblem("malformed-request", `${name} is not UTF-8.`);
    seen.add(name);
  }
  return { ...asked, fields: Object.fromEntries(fields) };
}

/** For a body that is larger than anybody may send: a refusal is recorded, as of any call. @returns the credential's id, if it works from there */
export async function credentialOfRequest(head: Pick<HttpCall, "header" | "origin">): Promise<string | undefined> {
  const credential = await credentialOf({ ...head, origin: await keepableOrigin(head.origin) });
  return "status" in credential ? undefined : credential.actor.id;
}
