/** The door of token endpoints: an address that cannot be guessed → its endpoint → a token, as the vendor's example servers answer. Sets no cookie and takes none; pages of other origins than the endpoint's may not read an answer. */

import { keepable, keepableOrigin } from "./audit/keepable";
import type { Endpoint } from "./auth/actor";
import { now as clock } from "./clock";
import { countRefused } from "./endpoints/count-refused";
import { type FoundEndpoint, findEndpoint } from "./endpoints/find";
import { giveToken } from "./endpoints/give-token";
import { fieldFor } from "./endpoints/judge";
import { type Asked, readAsked } from "./endpoints/read-asked";
import { readOrigins } from "./endpoints/row";
import { ANY_ORIGIN } from "./endpoints/schema";
import { isAppError } from "./errors";
import { ANSWER_HEADERS, answerError, answerProblem } from "./http/answer-problem";
import type { HttpAnswer, HttpCall } from "./http/call";
import { profiles } from "./profiles/registry";
import type { TokenServer } from "./profiles/token-server";
import { tokenServers } from "./profiles/token-servers";
import { listed } from "./text/listed";

const MOST_AGE_SECONDS = "600";

/** `/t/<path>/<name>`; the name may be missing, or go on, as an example server's `validate-meeting/<room>` does. */
const ADDRESS = /^\/t\/([\w-]{1,64})(?:\/(.*?))?\/?$/;

export async function runEndpoint(call: HttpCall): Promise<HttpAnswer> {
  try {
    return await run({ ...call, origin: await keepableOrigin(call.origin) });
  } catch (error) {
    return answerError(error, call.origin.requestId);
  }
}

async function run(call: HttpCall): Promise<HttpAnswer> {
  const [, path = "", name = ""] = ADDRESS.exec(call.path) ?? [];
  const endpoint = path === "" ? undefined : await findEndpoint(path, clock().getTime());
  // Whose pages might have asked nobody knows any more, and it tells them nothing but that: but only to what may ask.
  if (!endpoint)
    return call.method === "OPTIONS"
      ? answerPreflight(["GET", "POST"], { "access-control-allow-origin": ANY_ORIGIN })
      : answerProblem("not-found", "There is no such endpoint. Its address may have been renewed.", {
          headers: { "access-control-allow-origin": ANY_ORIGIN },
        });
  const page = call.header("origin") ?? null;
  const cors = corsHeaders(endpoint, page);
  const answer = await answerAt(call, endpoint, name, page, cors !== undefined);
  return { ...answer, headers: { ...answer.headers, vary: "Origin", ...cors } };
}

function answerPreflight(methods: readonly string[], more: Record<string, string>): HttpAnswer {
  const headers = {
    ...{ allow: [...methods, "OPTIONS"].join(", "), "access-control-allow-methods": methods.join(", ") },
    "access-control-allow-headers": "Content-Type",
  };
  return { status: 204, headers: { ...ANSWER_HEADERS, ...headers, ...more }, body: "" };
}

const NO_PAGE = "null";
/** What the header holds is the caller's to write; only an origin goes into the log, where it stays. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[\w.:[\]-]{1,253}$/i;

const pageOf = async (page: string) => (ORIGIN.test(page) ? await keepable(page, NO_PAGE) : NO_PAGE);

/** @returns undefined for a page that may not read the answer; nothing where no page asks */
function corsHeaders({ origins }: FoundEndpoint, page: string | null): Record<string, string> | undefined {
  if (page === null) return {};
  const allowed = readOrigins(origins);
  const origin = allowed.includes(ANY_ORIGIN) ? ANY_ORIGIN : page;
  if (!allowed.includes(origin)) return undefined;
  return { "access-control-allow-origin": origin, "access-control-expose-headers": "Retry-After" };
}

async function answerAt(
  call: HttpCall,
  endpoint: FoundEndpoint,
  name: string,
  page: string | null,
  readable: boolean,
): Promise<HttpAnswer> {
  const servers = [...tokenServers.values()];
  const server = servers.find(({ paths }) => paths.some((each) => each.name === name));
  const at = server?.paths.find((each) => each.name === name);
  if (!server || !at) {
    // Whose app asks at a wrong place looks here first; the base alone is what people open to see whether it answers.
    if (name !== "" && call.method !== "OPTIONS") countRefused(endpoint.id, "request");
    const [first] = servers;
    const below = first?.paths[0]?.name ?? "";
    return answerProblem(
      "not-found",
      name === ""
        ? `This is the base of a token endpoint. Ask ${below} below it.`
        : `A token endpoint has no such address. Ask ${below} below its base.`,
    );
  }
  const methods = [...at.methods, "OPTIONS"];
  if (call.method === "OPTIONS")
    return readable && page !== null
      ? answerPreflight(at.methods, { "access-control-max-age": MOST_AGE_SECONDS })
      : { status: 204, headers: { ...ANSWER_HEADERS, allow: methods.join(", ") }, body: "" };
  if (!at.methods.some((method) => method === call.method)) {
    countRefused(endpoint.id, "request");
    return answerProblem("method-not-allowed", `Use ${at.methods.join(" or ")}.`, {
      headers: { allow: methods.join(", ") },
    });
  }
  if (!readable) {
    countRefused(endpoint.id, "origin");
    return answerProblem(
      "forbidden",
      "Pages of this origin may not ask this endpoint. Whoever made it can allow them.",
    );
  }
  const actor: Endpoint = {
    ...{ kind: "endpoint", id: endpoint.id, name: endpoint.name, keyId: endpoint.keyId, version: endpoint.version },
    ...{ page: page === null ? null : await pageOf(page), origin: { via: "endpoint", ...call.origin } },
  };
  const asked = readAsked(call, server, endpoint);
  if ("status" in asked) {
    countRefused(endpoint.id, "request");
    return asked;
  }
  try {
    const { unread: _, ...named } = asked;
    const given = await giveToken(actor, endpoint, named);
    const warnings = warningsOf(server, asked, given);
    return {
      status: 200,
      headers: { ...ANSWER_HEADERS, "content-type": "application/json" },
      body: JSON.stringify({ token: given.token, ...(warnings.length > 0 ? { warnings } : {}) }),
    };
  } catch (error) {
    // An endpoint has no credential that could be wrong: it was changed under way, and its next call knows.
    if (isAppError(error) && error.code === "unauthenticated")
      return answerProblem("conflict", error.message, { headers: { "retry-after": "1" } });
    return answerError(inNamesOf(server, error), call.origin.requestId);
  }
}

/** An app gets its token all the same: its developer reads here what it has sent in vain. */
function warningsOf(
  { parameters }: TokenServer,
  { unread }: Asked,
  { isForAnyone }: { isForAnyone: boolean },
): string[] {
  const said = (names: readonly string[], why: string) =>
    names.length === 0 ? [] : [`${listed(names)}: not read here. ${why}`];
  return [
    // Whom a template names itself, no caller has to.
    ...(isForAnyone
      ? said(unread.subject, `Name the participant as ${parameters.subject}, or the token is good for any.`)
      : []),
    ...said(unread.saidByEndpoint, "The endpoint says that itself."),
  ];
}

/** As the caller calls its fields. */
function inNamesOf({ parameters }: TokenServer, error: unknown): unknown {
  if (!isAppError(error) || !error.extra.fields) return error;
  const { room, subject } = error.extra.fields;
  const vendor = [...profiles.values()].find(({ id }) => tokenServers.get(id)?.parameters === parameters);
  const said = (message: string, limits: "room" | "subject") => {
    const name = vendor && fieldFor(vendor, limits);
    // Not within quotes, where what was sent stands.
    return message.replace(/"[^"]*"|\w+/g, (word) => (word === name ? parameters[limits] : word));
  };
  error.extra.fields = {
    ...(room === undefined ? {} : { [parameters.room]: said(room, "room") }),
    ...(subject === undefined ? {} : { [parameters.subject]: said(subject, "subject") }),
  };
  return error;
}
