/** What the text in the search box means: a token's number or a range of them, a batch, an id or its beginning, a hash, a member's email, a key, or words; asks the books which of them it is, and refuses nothing. */
import { type Branch, isShort, reader, readRows } from "@/lib/db";
import { batchNumberIn, tokenNumberIn, tokenRangeIn, withoutSigns } from "@/lib/text/token-number";
import { bytesOf } from "./bytes";

/** What can be seen from the text alone. */
export type SearchedFor = {
  /** Of the ledger. */
  number?: number;
  /** Of the ledger, too. */
  range?: { first: number; last: number };
  batch?: number;
  /** In hexadecimal. */
  sha256?: string;
  /** The first hexadecimal digits of an id, at least four, at most all 32. */
  idPrefix?: string;
  email?: string;
  words: string[];
  /** How many more there were than are looked for. */
  further: number;
  /** Of the words, those that may be a token's number. */
  numbers: { number: number; word: string }[];
};

/** Tokens that follow one another in the ledger, and so do the events of their issue in the log; all of a batch, or some. */
export type Issued = { first: number; last: number; batch?: number };

/** What it turned out to mean. `number`: that of one token; `between`: sequence numbers of the log, neither of them included; `shortWords`: some are in no index. */
export type Meaning = {
  anyOf: Branch[];
  number?: number;
  issued?: Issued;
  between?: { above: number; below: number };
  shortWords: boolean;
};

/** Of ids that begin the same, so many are looked at: with two digits more there is one. */
const MOST_PREFIXED = 50;
const MOST_WORDS = 12;
/** Of the words that may be a token's number, so many are looked up. */
const MOST_NUMBERS = 3;

/** Of a UUID, in any case, with its dashes or without. */
function idPrefix(text: string): string | undefined {
  if (!/^[0-9a-f-]{4,36}$/i.test(text) || text.startsWith("-")) return undefined;
  const digits = text.replaceAll("-", "").toLowerCase();
  const written = text.toLowerCase().replace(/-$/, "");
  const isId = written === digits || written === dashed(digits);
  return digits.length >= 4 && digits.length <= 32 && isId ? digits : undefined;
}

/** @param digits of a UUID, or its first ones */
function dashed(digits: string): string {
  return digits.replace(/^(.{8})(.{0,4})(.{0,4})(.{0,4})(.*)$/, "$1-$2-$3-$4-$5").replace(/-+$/, "");
}

/** @param text as it was typed; quotes around it, or around some of it, make words of it */
export function readSearch(text: string): SearchedFor {
  // SQLite's search reads no further than a zero; nothing that is stored has one, and nothing has what stands for it here.
  const plain = text.trim().normalize("NFC").replaceAll("\0", "\uffff");
  // What stands in quotes stays as it is: each second part.
  const written = plain
    .split(/"([^"]+)"/)
    .flatMap((part, index) => (index % 2 === 1 ? [part.trim()] : withoutSigns(part).split(/[\s"]+/)))
    .filter((word) => word !== "");
  const words = written.slice(0, MOST_WORDS);
  const number = tokenNumberIn(plain);
  const range = tokenRangeIn(plain);
  const batch = batchNumberIn(plain);
  const prefix = idPrefix(plain);
  return {
    ...(number === undefined ? {} : { number }),
    ...(range === undefined ? {} : { range }),
    ...(batch === undefined ? {} : { batch }),
    ...(/^[0-9a-f]{64}$/i.test(plain) ? { sha256: plain.toLowerCase() } : {}),
    ...(prefix === undefined ? {} : { idPrefix: prefix }),
    ...(/^[^\s@"]+@[^\s@"]+$/.test(plain) ? { email: plain.toLowerCase() } : {}),
    words,
    further: written.length - words.length,
    numbers: words
      .flatMap((word) => {
        const each = tokenNumberIn(word);
        return each === undefined ? [] : [{ number: each, word }];
      })
      .slice(0, MOST_NUMBERS),
  };
}

/** A number is of a token, if there is one, and so is a range of them, or a batch's; all else is looked for in every way that it can mean. */
export async function meaningOf(text: string): Promise<Meaning> {
  const { number, range, batch, sha256, idPrefix: prefix, email, words, numbers } = readSearch(text);
  if (number !== undefined && (await isIssued(number)))
    return { anyOf: [{ tokenNumber: number }], number, shortWords: false };
  const issued = batch === undefined ? range && (await issuedOf(range)) : await tokensOf(batch);
  const between = issued && (await eventsOf(issued));
  if (between)
    // Of a batch's commit it is all that was recorded.
    return { anyOf: [batch === undefined ? { action: "token.issued" } : {}], issued, between, shortWords: false };
  if (sha256 !== undefined) {
    const bytes = bytesOf(sha256);
    const token = await reader().issuedToken.findUnique({ where: { sha256: bytes }, select: { number: true } });
    const anyOf: Branch[] = [{ sha256: bytes }, ...(token ? [{ tokenNumber: token.number }] : [])];
    return { anyOf, shortWords: false, ...(token ? { number: token.number } : {}) };
  }
  const [tokens, member, keys] = await Promise.all([
    prefix === undefined ? [] : tokensWith(prefix),
    email === undefined ? null : reader().member.findUnique({ where: { email }, select: { id: true } }),
    prefix === undefined ? [] : keysWith(prefix),
  ]);
  return {
    anyOf: [
      ...tokens.map((tokenNumber) => ({ tokenNumber })),
      ...(member ? [{ actorId: member.id }] : []),
      ...keys.map(({ id }) => ({ keyId: id })),
      ...(words.length > 0 ? [{ words }] : []),
      // "3,062 Tomás": that token's events that have the other words.
      ...(words.length > 1
        ? numbers.map(({ number: tokenNumber, word }) => ({
            tokenNumber,
            words: words.filter((each) => each !== word),
          }))
        : []),
    ],
    shortWords: words.some(isShort),
  };
}

async function isIssued(number: number): Promise<boolean> {
  return (await reader().issuedToken.findUnique({ where: { number }, select: { number: true } })) !== null;
}

/** Without those that are still to come. */
async function issuedOf({ first, last }: Issued): Promise<Issued | undefined> {
  const newest = await reader().issuedToken.findFirst({ orderBy: { number: "desc" }, select: { number: true } });
  return newest && first <= newest.number ? { first, last: Math.min(last, newest.number) } : undefined;
}

async function tokensOf(batch: number): Promise<Issued | undefined> {
  const found = await reader().batch.findUnique({ where: { number: batch } });
  return found ? { batch, first: found.firstNumber, last: found.firstNumber + found.tokens - 1 } : undefined;
}

/** @returns between which events those of their issue lie, and of a batch its own, which is the one behind; undefined where the first or the last has not been issued */
async function eventsOf({ first, last, batch }: Issued): Promise<Meaning["between"]> {
  const [from, to] = await Promise.all(
    [first, last].map((tokenNumber) =>
      // A token's first event is that of its issue.
      reader().auditEvent.findFirst({
        where: { tokenNumber },
        orderBy: { sequence: "asc" },
        select: { sequence: true },
      }),
    ),
  );
  return from && to ? { above: from.sequence - 1, below: to.sequence + (batch === undefined ? 1 : 2) } : undefined;
}

/** @param prefix hexadecimal digits @returns ledger numbers of tokens whose id begins so */
async function tokensWith(prefix: string): Promise<number[]> {
  const rows = await readRows<{ number: number }>(
    `SELECT "number" FROM "IssuedToken" WHERE "jti" >= ? AND "jti" <= ? ORDER BY "jti" LIMIT ?`,
    bytesOf(prefix.padEnd(32, "0")),
    bytesOf(prefix.padEnd(32, "f")),
    MOST_PREFIXED,
  );
  return rows.map(({ number }) => number);
}

/** @param prefix hexadecimal digits @returns the keys whose API key begins so, as pages clip it: `835c4457…` */
function keysWith(prefix: string): Promise<{ id: string }[]> {
  const apiKey = dashed(prefix);
  // What begins so is followed by digits or a dash, and they all stand before a "g".
  return reader().signingKey.findMany({
    where: { apiKey: { gte: apiKey, lt: `${apiKey}g` } },
    orderBy: { apiKey: "asc" },
    take: MOST_PREFIXED,
    select: { id: true },
  });
}
