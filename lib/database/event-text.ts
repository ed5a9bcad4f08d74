/** The full text that events are found by: SQLite's FTS5 over trigrams, so that parts of words and ids are found from three characters on, in any case, with or without accents. The one place that knows how; another database has another way. */
import type { Prisma } from "@/prisma/generated/client";
import type { Condition } from "./condition";
import type { Inserts } from "./prepared-statements";
import type { Blank } from "./writing-thread";

/** `sequence`: the event's. */
export type EventText = { sequence: number; text: string };

/** Shorter ones have no trigram, and are in no index. */
export const SHORTEST_INDEXED = 3;

/** In the transaction that records the event. */
export async function indexText(tx: Prisma.TransactionClient, { sequence, text }: EventText): Promise<void> {
  await tx.$executeRaw`INSERT INTO "EventText" ("rowid", "text") VALUES (${sequence}, ${text})`;
}

/** The same for many, in one statement. */
export function indexTexts<Sequence extends number | Blank>(
  statements: Inserts<NoInfer<Sequence> | string>,
  texts: readonly { sequence: Sequence; text: string }[],
): void {
  statements.insert(
    "EventText",
    texts.map(({ sequence, text }) => ({ rowid: sequence, text })),
  );
}

/** So many of a word's last characters are looked for first. */
const END = 5;

/**
 * Of the table "EventText": each of the words stands in it, each of three characters or more. A long word's end is
 * asked for by itself as well, which changes nothing but the time: names and ids begin alike and differ at their ends,
 * and the index then passes over most of what has the beginning.
 */
export function hasWords(words: readonly string[]): Condition {
  const ends = words.flatMap((word) => {
    const characters = [...word];
    const end = characters.slice(-END).join("");
    // Marks are no characters to the index: too little might be left to look for.
    return characters.length > END + 2 && !/\p{M}/u.test(end) ? [end] : [];
  });
  const phrases = [...ends, ...words].map((text) => `"${text.replaceAll('"', '""')}"`);
  return { sql: `"EventText" MATCH ?`, values: [phrases.join(" AND ")] };
}

/**
 * What an event is found by, as far as it still stands somewhere: the index keeps no text. Of event `e` and its ledger
 * row `i`, in SQL; to be read of few events.
 */
const TEXT = `concat_ws(char(10),
  json_extract(e."body", '$.actor.name'), json_extract(e."body", '$.key.label'),
  i."room", i."subject", i."keyLabel",
  CASE WHEN e."action" = 'token.issued' THEN concat_ws(char(10), i."actorName", i."templateName", i."purpose") END,
  (SELECT group_concat("value", char(10)) FROM json_tree(e."body", '$.detail') WHERE "type" = 'text'))`;

/** Of event `e` and its ledger row `i`: each of the words stands in the text, however short it is. Case counts but in A to Z. */
export function readsWords(words: readonly string[]): Condition {
  return {
    sql: words.map(() => `${TEXT} LIKE ? ESCAPE '\\'`).join(" AND "),
    values: words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`),
  };
}
