/** Reads the audit log, newest first, in keyset pages both ways; says where it stopped looking, and how much of it is of which kind. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { countEvents, findEvents, reader } from "@/lib/db";
import { namesOf } from "@/lib/names-of";
import { parseInput } from "@/lib/parse-input";
import { conditionsOf } from "./conditions";
import { AuditQuery, type Chip, chipAsks, isOffered } from "./schema";
import { type Issued, meaningOf } from "./search";
import { type AuditEventView, viewSequences } from "./view";

export const AUDIT_PAGE_SIZE = 50;

/** Without what only a single event's page shows. */
export type AuditListItem = Omit<AuditEventView, "userAgent" | "requestId" | "recorded">;

export type AuditPage = {
  events: AuditListItem[];
  /** Where the next page begins (`before`), if there is one, or may be one. */
  next: number | undefined;
  /** Where the page before it ends (`after`), if there is one. */
  previous: number | undefined;
  /** That no index led: looked at was everything down to this event, or up to it. */
  lookedTo: number | undefined;
  /** What the search box's text meant: a token's number, several or a batch's, or words too short for the index. */
  number: number | undefined;
  issued: Issued | undefined;
  shortWords: boolean;
};

/** Where nothing is looked for. */
export const nothing: AuditPage = {
  events: [],
  next: undefined,
  previous: undefined,
  lookedTo: undefined,
  number: undefined,
  issued: undefined,
  shortWords: false,
};

/** @param input the filters as they stand in the URL, and the reader's zone */
export async function listEvents(actor: Actor, input: unknown): Promise<AuditPage> {
  await authorize(actor, "audit.read");
  const query = parseInput(AuditQuery, input);
  const conditions = await conditionsOf(query, actor);
  if (!conditions) return nothing;
  const { meaning, ...search } = conditions;
  const backwards = query.after !== undefined && query.before === undefined;
  const { sequences, lookedTo } = await findEvents({
    ...search,
    order: backwards ? "oldest" : "newest",
    take: AUDIT_PAGE_SIZE + 1,
  });
  const page = sequences.slice(0, AUDIT_PAGE_SIZE);
  const more = sequences.length > page.length || lookedTo !== undefined;
  if (backwards) page.reverse();
  const [first, last] = [page[0], page.at(-1)];
  const edge = lookedTo ?? (backwards ? first : last);
  const events = (await viewSequences(page)).map(({ userAgent: _, requestId: __, recorded: ___, ...event }) => event);
  return {
    events,
    next: backwards ? (last ?? (query.after ?? 0) + 1) : more ? edge : undefined,
    previous: backwards
      ? more
        ? edge
        : undefined
      : query.before === undefined
        ? undefined
        : (first ?? query.before - 1),
    lookedTo,
    number: meaning?.number,
    issued: meaning?.issued,
    shortWords: meaning?.shortWords ?? false,
  };
}

/** @param input the filters, and in `after` the newest event that is shown @returns how many more there are, at most a page and one */
export async function countNewer(actor: Actor, input: unknown): Promise<number> {
  await authorize(actor, "audit.read");
  const { before: _, ...query } = parseInput(AuditQuery, input);
  const conditions = await conditionsOf({ ...query, before: undefined }, actor);
  if (!conditions) return 0;
  const { meaning: __, ...search } = conditions;
  return (await findEvents({ ...search, order: "oldest", take: AUDIT_PAGE_SIZE + 1 })).sequences.length;
}

/** What a chip leads to: exactly so many, or `COUNTED_AT_MOST` and maybe more. Undefined: no index knows, and reading on would take too long. */
export type ChipCounts = Partial<Record<Chip, number>> & { openCases: boolean };

/** Of what is asked for and each chip's own, as far as the actor sees it. @param input the filters as they stand in the URL, and the reader's zone */
export async function countChips(actor: Actor, input: unknown): Promise<ChipCounts> {
  await authorize(actor, "audit.read");
  const query = { ...parseInput(AuditQuery, input), before: undefined, after: undefined };
  const offered = namesOf(chipAsks).filter((chip) => isOffered(chip, query));
  const [searched, openCase] = await Promise.all([
    query.q === undefined ? undefined : foundWith(query.q),
    reader().case.findFirst({ where: { acknowledgedAt: null }, select: { number: true } }),
  ]);
  /** Whether somebody has yet to look at one. */
  const openCases = openCase !== null;
  if (searched === "too many to read") return { openCases };
  const counts = offered.map(async (chip): Promise<[Chip, number | undefined]> => {
    const conditions = await conditionsOf({ ...query, ...chipAsks[chip], q: undefined }, actor);
    if (!conditions) return [chip, 0];
    const { meaning: _, ...search } = conditions;
    const { count, more } = await countEvents({ ...search, among: searched }, COUNTED_AT_MOST);
    const all = !more && (searched?.length ?? 0) < COUNTED_AT_MOST;
    return [chip, all || count >= COUNTED_AT_MOST ? count : undefined];
  });
  return { ...Object.fromEntries(await Promise.all(counts)), openCases };
}

/** What a text in the search box finds, looked for once for all chips: as many as a count tells, the oldest, to which the full text leads in less time. */
async function foundWith(text: string): Promise<number[] | "too many to read" | undefined> {
  const { anyOf, between, shortWords } = await meaningOf(text);
  if (shortWords) return "too many to read";
  // A quote alone asks for nothing, and the list has it all.
  if (anyOf.length === 0) return undefined;
  return (await findEvents({ anyOf, ...between, order: "oldest", take: COUNTED_AT_MOST })).sequences;
}

/** What the filters can be set to: members, programs and keys that occur, by id and name. */
export async function auditFilterChoices(actor: Actor) {
  await authorize(actor, "audit.read");
  const named = { select: { id: true, name: true }, orderBy: { name: "asc" } } as const;
  const [members, endpoints, credentials, keys] = await Promise.all([
    reader().member.findMany(named),
    reader().endpoint.findMany(named),
    reader().credential.findMany(named),
    reader().signingKey.findMany({ select: { id: true, label: true }, orderBy: { label: "asc" } }),
  ]);
  return { members: [...members, ...endpoints, ...credentials], keys };
}
