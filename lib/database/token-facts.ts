/** What can be asked of the ledger's row of a token: as SQL, by which of its indexes, and how many there are. */
import { allOf, type Condition } from "./condition";
import type { Read } from "./prepared-statements";

/** Of the ledger's row of the token that an event issued. */
export type TokenFacts = {
  /** Milliseconds since 1970: after the first, up to the second. */
  expiresAfter?: number;
  expiresUntil?: number;
  moderates?: true;
  callsRest?: true;
  longerThanSeconds?: number;
};

export function factsOf({
  expiresAfter,
  expiresUntil,
  moderates,
  callsRest,
  longerThanSeconds,
}: TokenFacts): Condition[] {
  return [
    ...(expiresAfter === undefined ? [] : [{ sql: `i."expiresAt" > ?`, values: [expiresAfter] }]),
    ...(expiresUntil === undefined ? [] : [{ sql: `i."expiresAt" <= ?`, values: [expiresUntil] }]),
    ...(moderates ? [{ sql: `i."moderates" = ?`, values: [true] }] : []),
    ...(callsRest ? [{ sql: `i."callsRest" = ?`, values: [true] }] : []),
    ...(longerThanSeconds === undefined ? [] : [{ sql: `i."ttlSeconds" > ?`, values: [longerThanSeconds] }]),
  ];
}

/** @returns the index by which few tokens are found, or undefined */
export async function fewBy(read: Read, token: TokenFacts, most: number): Promise<string | undefined> {
  for (const [index, facts] of indexesFor(token))
    if ((await countBy(read, index, facts, most + 1)) <= most) return index;
  return undefined;
}

/** Those that lead to what is asked for, with the part of it that they know. */
export function indexesFor({
  moderates,
  callsRest,
  longerThanSeconds,
  ...expires
}: TokenFacts): [string, TokenFacts][] {
  const dated = Object.values(expires).some((each) => each !== undefined);
  return [
    ...(moderates ? ([["IssuedToken_moderates_expiresAt_idx", { moderates, ...expires }]] as const) : []),
    ...(callsRest ? ([["IssuedToken_callsRest_expiresAt_idx", { callsRest, ...expires }]] as const) : []),
    ...(dated && !moderates && !callsRest ? ([["IssuedToken_expiresAt_idx", expires]] as const) : []),
    ...(longerThanSeconds === undefined ? [] : ([["IssuedToken_ttlSeconds_idx", { longerThanSeconds }]] as const)),
  ].map(([index, facts]) => [index, facts]);
}

export async function countBy(read: Read, index: string, facts: TokenFacts, most: number): Promise<number> {
  const { sql, values } = allOf(factsOf(facts));
  const [row] = await read<{ tokens: number }>(
    `SELECT count(*) AS tokens FROM (SELECT 1 FROM "IssuedToken" i INDEXED BY "${index}" WHERE ${sql} LIMIT ?)`,
    ...values,
    most,
  );
  return row?.tokens ?? 0;
}
