/**
 * Finds events by their columns, by their text, and by what the ledger says of their token: the newest ones first, or
 * the oldest. Chooses the index itself, since SQLite without statistics cannot know that few tokens are active; looks
 * through a bounded part of the log where no index leads, and says where it stopped.
 */
import { allOf, type Condition } from "./condition";
import { hasWords, readsWords, SHORTEST_INDEXED } from "./event-text";
import type { Read } from "./prepared-statements";
import { countBy, factsOf, fewBy, indexesFor, type TokenFacts } from "./token-facts";

/** One of several ways to be found; what it says must all be so. */
export type Branch = {
  action?: string;
  /** One of several, of events that a rare word finds, such as an id. */
  actions?: readonly string[];
  /** What is of this action another one finds: this one need not leave it out, for which it would walk past all of it. */
  notAction?: string;
  actorId?: string;
  keyId?: string;
  room?: string;
  subject?: string;
  sha256?: Uint8Array;
  tokenNumber?: number;
  /** Each of them is in its text. */
  words?: readonly string[];
};

export type EventSearch = {
  /** Found is what one of them finds. */
  anyOf: readonly Branch[];
  /** Then it is the issue of such a token. */
  token?: TokenFacts | undefined;
  /** Sequence numbers, neither of them included. */
  above?: number | undefined;
  below?: number | undefined;
  /** Milliseconds since 1970: from the first on, before the second. */
  at?: { from?: number; to?: number } | undefined;
  /** Of these few alone. */
  among?: readonly number[] | undefined;
  /** Where no index leads, to look through as little as for a count. */
  brief?: boolean;
  order: "newest" | "oldest";
  take: number;
};

/** `lookedTo`: where it stopped before its end, though it has not found `take`; that event is looked at too. */
export type FoundEvents = { sequences: number[]; lookedTo?: number | undefined };

/** So many tokens are found by the index of what is asked of them, and then put in order; of more, every few events show one. */
const FEW = 4_000;
/** So many events are looked through at once where no index leads. */
const MOST_LOOKED_THROUGH = 100_000;
/** The same for a count, of which a page has many: it then says that there may be more. */
const MOST_LOOKED_THROUGH_TO_COUNT = 1_500;
/** Words without an index are looked for in so many of the newest. */
const NEWEST_READ = 10_000;

/** In characters, as the index counts them. */
export const isShort = (word: string) => [...word].length < SHORTEST_INDEXED;

export async function findEvents(read: Read, search: EventSearch): Promise<FoundEvents> {
  const lookThrough = search.brief ? MOST_LOOKED_THROUGH_TO_COUNT : MOST_LOOKED_THROUGH;
  const [newest] = await read<{ last: number }>(
    `SELECT "sequence" AS last FROM "AuditEvent" ORDER BY "sequence" DESC LIMIT ?`,
    1,
  );
  const end = (newest?.last ?? 0) + 1;
  const short = search.anyOf.some(({ words = [] }) => words.some(isShort));
  const range = {
    above: Math.max(search.above ?? 0, short ? end - 1 - NEWEST_READ : 0),
    below: Math.min(search.below ?? end, end),
  };
  const few = search.token && !search.among ? await fewBy(read, search.token, Math.min(FEW, lookThrough)) : undefined;
  const bounded = !search.among && search.anyOf.some((branch) => !isLed(branch, search, few !== undefined));
  const window = bounded ? windowOf(range, search.order, lookThrough) : range;
  const found = new Set<number>();
  for (const branch of search.anyOf)
    for (const each of await findBy(read, branch, search, window, few)) found.add(each);
  const sign = search.order === "newest" ? -1 : 1;
  const sequences = [...found].sort((a, b) => sign * (a - b)).slice(0, search.take);
  const stopped = sequences.length < search.take && (window.above > range.above || window.below < range.below);
  if (!stopped) return { sequences };
  return { sequences, lookedTo: search.order === "newest" ? window.above + 1 : window.below - 1 };
}

type Range = { above: number; below: number };

function windowOf({ above, below }: Range, order: EventSearch["order"], lookThrough: number): Range {
  return order === "newest"
    ? { above: Math.max(above, below - 1 - lookThrough), below }
    : { above, below: Math.min(below, above + 1 + lookThrough) };
}

/** Whether an index leads from one event that is found to the next, past few others. */
function isLed(branch: Branch, { token, at }: EventSearch, few: boolean): boolean {
  const { words = [], sha256, tokenNumber, notAction: _, ...columns } = branch;
  if (sha256 !== undefined || tokenNumber !== undefined) return true;
  if (few && words.length === 0) return true;
  if (token) return false;
  const asked = Object.keys(columns).sort().join(" ");
  if (words.length > 0) return (asked === "" || asked === "actions") && !at;
  return [
    "",
    "action",
    "actorId",
    "keyId",
    "room",
    "subject",
    "action actorId",
    "action keyId",
    "actorId keyId",
  ].includes(asked);
}

/** Of at most `most`. `more`: it stopped before it had looked at all. */
export type EventCount = { count: number; more: boolean };

/** Counts in the newest ones first. */
export async function countEvents(
  read: Read,
  search: Omit<EventSearch, "order" | "take">,
  most: number,
): Promise<EventCount> {
  const [only, ...others] = search.anyOf;
  const ofAllTokens =
    only && others.length === 0 && Object.keys(only).join() === "action" && !search.at && !search.among;
  // Each token has one event of its issue, and one index may know all that is asked.
  if (ofAllTokens && search.token && search.above === undefined && search.below === undefined) {
    const asked = Object.keys(search.token).length;
    const index = indexesFor(search.token).find(([, facts]) => Object.keys(facts).length === asked);
    if (index) return { count: await countBy(read, index[0], search.token, most), more: false };
  }
  const { sequences, lookedTo } = await findEvents(read, { ...search, brief: true, order: "newest", take: most });
  return { count: sequences.length, more: lookedTo !== undefined };
}

function columnsOf(
  { action, actions, actorId, keyId, room, subject, sha256, tokenNumber }: Branch,
  among: EventSearch["among"],
): Condition[] {
  const rare = { sha256, tokenNumber };
  // Behind a plus, a column offers its index no more: of an index over two columns SQLite expects less than of these.
  const plus = sha256 === undefined && tokenNumber === undefined && !among ? "" : "+";
  return [
    ...Object.entries({ ...rare, action, actorId, keyId, room, subject }).flatMap(([column, value]) =>
      value === undefined ? [] : [{ sql: `${column in rare ? "" : plus}e."${column}" = ?`, values: [value] }],
    ),
    ...(actions
      ? [{ sql: `+e."action" IN (SELECT "value" FROM json_each(?))`, values: [JSON.stringify(actions)] }]
      : []),
    ...(among ? [{ sql: `e."sequence" IN (SELECT "value" FROM json_each(?))`, values: [JSON.stringify(among)] }] : []),
  ];
}

async function findBy(
  read: Read,
  branch: Branch,
  { token, at, among, order, take }: EventSearch,
  { above, below }: Range,
  few: string | undefined,
): Promise<number[]> {
  const { words = [] } = branch;
  const [long, short] = [words.filter((word) => !isShort(word)), words.filter(isShort)];
  const columns = columnsOf(token ? { action: "token.issued", ...branch } : branch, among);
  const times: Condition[] = [
    ...(at?.from === undefined ? [] : [{ sql: `e."at" >= ?`, values: [at.from] }]),
    ...(at?.to === undefined ? [] : [{ sql: `e."at" < ?`, values: [at.to] }]),
  ];
  const text = short.length > 0 ? [readsWords(short)] : [];
  const facts = token ? factsOf(token) : [];
  // What is bound is no integer to SQLite, and the full text skips to nothing else.
  const between = (sequence: string): Condition => ({
    sql: `${sequence} > CAST(? AS INTEGER) AND ${sequence} < CAST(? AS INTEGER)`,
    values: [above, below],
  });
  const select = async (from: string, sequence: string, conditions: Condition[], ordered = true) => {
    const { sql, values } = allOf([...conditions, between(sequence)]);
    const end = ordered ? ` ORDER BY ${sequence} ${order === "newest" ? "DESC" : "ASC"} LIMIT ?` : "";
    const rows = await read<{ sequence: number }>(
      `SELECT ${sequence} AS sequence FROM ${from} WHERE ${sql}${end}`,
      ...values,
      ...(ordered ? [take] : []),
    );
    return rows.map((row) => row.sequence);
  };
  const row = facts.length + text.length > 0;
  // Of one token there are few events: each is asked whether the words are in it.
  if (long.length > 0 && branch.tokenNumber !== undefined)
    return select(
      [
        `"AuditEvent" e INDEXED BY "AuditEvent_tokenNumber_idx"`,
        `CROSS JOIN "EventText" ON "EventText"."rowid" = e."sequence"`,
        row ? `LEFT JOIN "IssuedToken" i ON i."number" = e."tokenNumber"` : "",
      ].join(" "),
      `e."sequence"`,
      [...columns, hasWords(long), ...times, ...facts, ...text],
      false,
    );
  // From left to right, as it is written: CROSS JOIN leaves SQLite no other order.
  if (long.length > 0) {
    const event = columns.length + times.length > 0 || row;
    return select(
      [
        `"EventText"`,
        event ? `CROSS JOIN "AuditEvent" e ON e."sequence" = "EventText"."rowid"` : "",
        row ? `${facts.length > 0 ? "CROSS" : "LEFT"} JOIN "IssuedToken" i ON i."number" = e."tokenNumber"` : "",
      ].join(" "),
      `"EventText"."rowid"`,
      [hasWords(long), ...columns, ...times, ...facts, ...text],
    );
  }
  if (few !== undefined)
    return select(
      `"IssuedToken" i INDEXED BY "${few}"
       CROSS JOIN "AuditEvent" e INDEXED BY "AuditEvent_tokenNumber_idx" ON e."tokenNumber" = i."number"`,
      `e."sequence"`,
      [...facts, ...columns, ...times, ...text],
      false,
    );
  const join = facts.length > 0 ? "CROSS JOIN" : "LEFT JOIN";
  return select(
    `"AuditEvent" e${row ? ` ${join} "IssuedToken" i ON i."number" = e."tokenNumber"` : ""}`,
    `e."sequence"`,
    [...columns, ...times, ...facts, ...text],
  );
}
