/** What the filters ask of the log, as the database finds it: which events, which of them this actor may see, between which numbers. */
import type { Actor } from "@/lib/auth/actor";
import { extentFor } from "@/lib/auth/roles";
import { type Branch, type EventSearch, reader, type TokenFacts } from "@/lib/db";
import { boundsOfDay } from "@/lib/text/zone";
import type { Prisma } from "@/prisma/generated/client";
import { refusals } from "./actions";
import { dayOf } from "./day";
import type { AuditQuery, Ending } from "./schema";
import { type Meaning, meaningOf } from "./search";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const LONG_SECONDS = 7 * 86_400;

/** From now: after the first, up to the second. */
const spans: Record<Ending, [from: number, to?: number]> = {
  "1h": [0, HOUR_MS],
  "24h": [0, DAY_MS],
  "1h-24h": [HOUR_MS, DAY_MS],
  "24h-7d": [DAY_MS, 7 * DAY_MS],
  "7d-": [7 * DAY_MS],
};

export type Conditions = Omit<EventSearch, "order" | "take"> & { meaning: Meaning | undefined };

/** @returns undefined when nothing can be found */
export async function conditionsOf(query: AuditQuery, actor: Actor): Promise<Conditions | undefined> {
  const meaning = query.q === undefined ? undefined : await meaningOf(query.q);
  const range = await rangeOf(query);
  const sought: Branch[] = meaning && meaning.anyOf.length > 0 ? meaning.anyOf : [{}];
  const asked = columnsOf(query, actor);
  const keys = query.notKey === undefined ? [{}] : await keysBesides(query.notKey.split(","));
  const outcomes: Branch[] = query.outcome === "refused" ? refusals.map((action) => ({ action })) : [{}];
  const anyOf = [visibleTo(actor), sought, keys, outcomes]
    .reduce<Branch[]>((some, others) => some.flatMap((one) => others.flatMap((other) => both(one, other))), asked)
    .filter(({ action, notAction }) => action === undefined || action !== notAction);
  if (!range || anyOf.length === 0) return undefined;
  return { ...range, ...within(range, meaning?.between), anyOf, token: factsOf(query), meaning };
}

function within({ above, below }: Pick<EventSearch, "above" | "below">, between: Meaning["between"]) {
  if (!between) return {};
  return {
    above: Math.max(above ?? 0, between.above),
    below: Math.min(below ?? Number.POSITIVE_INFINITY, between.below),
  };
}

/** What whoever may read the log may see of it: all, or the ledger and what they did themselves. */
export function visibleTo(who: Actor): Branch[] {
  // A credential of certain keys sees what was done with them.
  if (who.kind === "service" && who.keyIds) return who.keyIds.map((keyId) => ({ keyId }));
  if (seesAll(who)) return [{}];
  const own = "id" in who ? [{ actorId: who.id, notAction: "token.issued" }] : [];
  return [{ action: "token.issued" }, ...own];
}

function seesAll(who: Actor): boolean {
  switch (who.kind) {
    case "member":
      return extentFor(who.role, "audit.read") === "any";
    case "service":
    case "system":
      return true;
    case "endpoint":
      return false;
  }
}

type Seen = { action: string; actorId: string | null; keyId: string | null };

export const isVisible = (branches: readonly Branch[], event: Seen): boolean =>
  branches.some(
    ({ action, actorId, keyId }) =>
      (action === undefined || action === event.action) &&
      (actorId === undefined || actorId === event.actorId) &&
      (keyId === undefined || keyId === event.keyId),
  );

/** @returns none where they exclude each other */
function both(one: Branch, other: Branch): Branch[] {
  const { words = [], notAction, ...columns } = one;
  const { words: moreWords = [], notAction: alsoNot, ...moreColumns } = other;
  const asked = new Map<string, unknown>(Object.entries(columns));
  const clash = Object.entries(moreColumns).some(([column, value]) => asked.has(column) && asked.get(column) !== value);
  if (clash) return [];
  const all = [...words, ...moreWords];
  const not = notAction ?? alsoNot;
  return [
    {
      ...columns,
      ...moreColumns,
      ...(all.length > 0 ? { words: all } : {}),
      ...(not === undefined ? {} : { notAction: not }),
    },
  ];
}

function columnsOf(query: AuditQuery, actor: Actor): Branch[] {
  const { action, key, room, participant, tokens, elsewhere } = query;
  const member = query.member === "me" && "id" in actor ? actor.id : query.member;
  const one = {
    ...(member ? { actorId: member } : {}),
    ...(key ? { keyId: key } : {}),
    ...(room ? { room } : {}),
    ...(participant ? { subject: participant } : {}),
  };
  const actions: Branch[] = [
    ...(action ? [{ action }] : []),
    ...(tokens || factsOf(query) ? [{ action: "token.issued" }] : []),
    ...(elsewhere ? [{ action: "token.signed_elsewhere" }] : []),
  ];
  return actions.reduce<Branch[]>((some, other) => some.flatMap((each) => both(each, other)), [one]);
}

/** Each by itself: an index leads to its events, and none to those of all keys but some. */
async function keysBesides(ids: string[]): Promise<Branch[]> {
  const keys = await reader().signingKey.findMany({ where: { id: { notIn: ids } }, select: { id: true } });
  return keys.map(({ id }) => ({ keyId: id }));
}

/** @returns undefined when nothing is asked of a token */
function factsOf({ active, ends, can, long }: AuditQuery): TokenFacts | undefined {
  const now = Date.now();
  const [after, until] = ends ? spans[ends] : active ? [0] : [];
  const facts: TokenFacts = {
    ...(after === undefined ? {} : { expiresAfter: now + after }),
    ...(until === undefined ? {} : { expiresUntil: now + until }),
    ...(can === "moderate" ? { moderates: true } : {}),
    ...(can === "rest" ? { callsRest: true } : {}),
    ...(long ? { longerThanSeconds: LONG_SECONDS } : {}),
  };
  return Object.keys(facts).length > 0 ? facts : undefined;
}

/**
 * Between which events those of the days lie. In a log whose clock was never set back there are no others between them
 * but at the ends of a day, which is UTC's there; otherwise `at` leaves those out.
 * @returns undefined when there are none on these days
 */
async function rangeOf({
  from,
  to,
  zone,
  before,
  after,
}: AuditQuery): Promise<Pick<EventSearch, "above" | "below" | "at"> | undefined> {
  const page = { above: after, below: before };
  if (!from && !to) return page;
  const at: { from?: number; to?: number } = {
    ...(from ? given("from", boundsOfDay(from, zone).from * 1000) : {}),
    ...(to ? given("to", boundsOfDay(to, zone).to * 1000) : {}),
  };
  const { _min, _max } = await reader().auditDay.aggregate({
    where: { day: daysOf(at) },
    _min: { firstSequence: true },
    _max: { lastSequence: true },
  });
  if (_min.firstSequence === null || _max.lastSequence === null) return undefined;
  return {
    above: Math.max(after ?? 0, _min.firstSequence - 1),
    below: Math.min(before ?? Number.POSITIVE_INFINITY, _max.lastSequence + 1),
    at,
  };
}

/** After the last day that a calendar holds there is none, and so no end. */
const given = (name: "from" | "to", ms: number) => (Number.isNaN(ms) ? {} : { [name]: ms });

/** Those of UTC, which the log knows. */
function daysOf({ from, to }: { from?: number; to?: number }): Prisma.StringFilter {
  return {
    ...(from === undefined ? {} : { gte: dayOf(new Date(from)) }),
    ...(to === undefined ? {} : { lte: dayOf(new Date(to - 1)) }),
  };
}
