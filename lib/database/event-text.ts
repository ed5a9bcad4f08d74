/** The full text that events are found by: SQLite's FTS5 over trigrams, so that parts of words and ids are found from three characters on, in any case, with or without accents. The one place that knows how; another database has another way. */
import type { Prisma } from "@/prisma/generated/client";
import type { Statements } from "./prepared-statements";

/** `sequence`: the event's. */
export type EventText = { sequence: number; text: string };

/** In the transaction that records the event. */
export async function indexText(tx: Prisma.TransactionClient, { sequence, text }: EventText): Promise<void> {
  await tx.$executeRaw`INSERT INTO "EventText" ("rowid", "text") VALUES (${sequence}, ${text})`;
}

/** The same for many, in one statement. */
export function indexTexts(statements: Statements, texts: readonly EventText[]): void {
  statements.insert(
    "EventText",
    texts.map(({ sequence, text }) => ({ rowid: sequence, text })),
  );
}
