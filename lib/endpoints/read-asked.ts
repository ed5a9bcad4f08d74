/** Reads out of a call what it asks an endpoint for: the room and the participant, by the names that apps have for them; and what it names besides that an endpoint does not take from a caller. */
import { answerProblem } from "@/lib/http/answer-problem";
import type { HttpAnswer, HttpCall } from "@/lib/http/call";
import { readBody } from "@/lib/http/read-body";
import type { TokenServer } from "@/lib/profiles/token-server";
import type { FoundEndpoint } from "./find";

type Limits = "room" | "subject";

export type Asked = {
  room?: string;
  subject?: string;
  /** Names under which something came that nobody reads: perhaps the participant, where nothing else names one; what the endpoint alone says. */
  unread: { subject: string[]; saidByEndpoint: string[] };
};

/** Without capitals and signs, as in `room_id`, and as one of a list, as in `roomId[0]`. */
const bare = (name: string) =>
  name
    .replace(/\[\d*\]$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** Of as many names as a caller sends, each is looked up once. */
function among(names: readonly string[]): (name: string) => boolean {
  const known = new Set(names.map(bare));
  return (name) => known.has(bare(name));
}

type Named = readonly (readonly [name: string, value: unknown])[];

/** By parameter: the first text for it, and as what the caller has named it. */
type Given = Map<string, { name: string; value: string }>;

/** @returns what is asked for, out of query and body; or why it cannot be taken */
export function readAsked(
  call: HttpCall,
  server: TokenServer,
  { roomFrom }: Pick<FoundEndpoint, "roomFrom">,
): Asked | HttpAnswer {
  const { parameters, alsoCalled, perhapsCalled } = server;
  const sent =
    call.method === "POST" && call.body.length > 0
      ? readBody(call, ["json", "form"])
      : { ok: true as const, fields: [] };
  if (!sent.ok) return sent.answer;
  const named: Named = [...call.query, ...sent.fields];
  const given: Given = new Map();
  for (const limits of ["room", "subject"] as const) {
    const perhaps = limits === "room" && roomFrom !== "fixed" ? perhapsCalled.room : [];
    const wrong = readInto(given, named, parameters[limits], alsoCalled[limits], perhaps, {
      isOpen: limits === "subject" || roomFrom !== "fixed",
    });
    if (wrong) return wrong;
  }
  // What is not asked for otherwise, and would be any.
  for (const limits of ["room", "subject"] as const) {
    if (given.has(parameters[limits]) || (limits === "room" && roomFrom === "fixed")) continue;
    const isOwn = among([parameters[limits], ...alsoCalled[limits]]);
    // A query that was escaped as a whole, or behind another one: what should limit the token stands within what names it.
    const within = [...given.values()].find(({ value }) =>
      [...value.matchAll(/(?:^|[&?;,#])([^=&?;,#]{1,60})=/g)].some(([, inner = ""]) => isOwn(inner)),
    );
    if (within) return notRead(within.name, parameters[limits]);
  }
  const textOf = (limits: Limits) => given.get(parameters[limits])?.value;
  const [room, subject] = [textOf("room"), textOf("subject")];
  const unreadOf = (names: readonly string[]) => {
    const isOne = among(names);
    return [...new Set(named.flatMap(([name, value]) => (isOne(name) && !isNothing(value) ? [name] : [])))];
  };
  return {
    ...(room === undefined ? {} : { room }),
    ...(subject === undefined ? {} : { subject }),
    unread: {
      subject: subject === undefined ? unreadOf(perhapsCalled.subject) : [],
      saidByEndpoint: unreadOf(server.saidByEndpoint),
    },
  };
}

const isNothing = (value: unknown) => value === null || value === "";

/**
 * @param perhaps what names it where nothing else does
 * @param isOpen whether what is read over would be any: then it is refused, also where it is no text
 * @returns why it cannot be taken; undefined: it is in `given`, if anything names it
 */
function readInto(
  given: Given,
  named: Named,
  parameter: string,
  also: readonly string[],
  perhaps: readonly string[],
  { isOpen }: { isOpen: boolean },
): HttpAnswer | undefined {
  const isOwn = among([parameter, ...also]);
  const isPerhaps = among([parameter, ...also, ...perhaps]);
  // What else an app sends its server, such as a name, is not asked for here; and under another name, what is no text may mean anything.
  const meant = named.filter(([name, value]) => isOwn(name) && (name === parameter || typeof value === "string"));
  const wrong = keepTexts(given, parameter, meant);
  if (wrong || given.has(parameter) || !isOpen) return wrong;
  const unclear = keepTexts(
    given,
    parameter,
    named.filter(([name]) => isPerhaps(name)),
  );
  if (unclear || given.has(parameter)) return unclear;
  const within = named.find(([name, value]) => namesWithin(name, value).some(isOwn));
  if (within) return notRead(within[0], parameter);
  // A variable that was never set is null in JSON where it is an empty text elsewhere.
  const unset = named.find(([name, value]) => value === null && isOwn(name));
  if (unset) given.set(parameter, { name: unset[0], value: "" });
  return undefined;
}

/** As in `{"params": {"roomId": "x"}}`, however deep, in a form's `params[roomId]`, `room[id]` and `data.roomId`, and in `amp;roomId` and `roomId=x`, as an address escaped once too often has them. */
function namesWithin(name: string, value: unknown): string[] {
  const parts = name.split(/[[\].;=&?:]+/).filter((part) => part !== "");
  const names = parts.length > 1 ? parts : [];
  // Not by calling itself: whoever asks says how deep it goes.
  const inner = [value];
  while (inner.length > 0) {
    const each = inner.pop();
    if (typeof each !== "object" || each === null) continue;
    for (const [key, held] of Object.entries(each)) {
      if (!Array.isArray(each)) names.push(key);
      inner.push(held);
    }
  }
  return names;
}

function notRead(name: string, parameter: string): HttpAnswer {
  const outer = name.replace(/[[.].*$/s, "").slice(0, 60);
  return answerProblem("malformed-request", `What stands within ${outer} is not read. Send ${parameter} by itself.`);
}

/** @returns why one of them cannot be taken; undefined: they are in `given` */
function keepTexts(given: Given, parameter: string, named: Named): HttpAnswer | undefined {
  for (const [name, value] of named) {
    if (value === null || value === undefined) continue;
    if (typeof value !== "string")
      return answerProblem("invalid", `Nothing was issued: ${name} is a text.`, {
        fields: { [name]: "Write a text." },
      });
    // What is no UTF-8 in an address or a form becomes this sign: it names no room that anybody meant.
    if (value.includes("\uFFFD")) return answerProblem("malformed-request", `${name} is not UTF-8.`);
    const first = given.get(parameter);
    if (first && first.value !== value) return answerProblem("malformed-request", twice(parameter, first.name, name));
    if (!first) given.set(parameter, { name, value });
  }
  return undefined;
}

const twice = (parameter: string, first: string, second: string) =>
  first === second
    ? `${first} is given twice, and not the same.`
    : `${first} and ${second} both stand for ${parameter}, and are not the same. Send one of them.`;
