/** Writes a kind of log line once a minute, with the number of those it left out: what strangers send can't fill the log. */
import { log } from "@/lib/log";

type Level = "error" | "warn" | "info";

const WINDOW_MS = 60_000;
/** More kinds than the product has. Beyond it all count as one. */
const MOST_KINDS = 100;

/** By kind, how many were left out in its minute. */
const leftOut = new Map<string, number>();

/**
 * @param kind the line's message; never anything that a client sent
 * @param fields of the first of its minute
 */
export function logSparingly(level: Level, kind: string, fields: Record<string, unknown> = {}): void {
  const known = leftOut.has(kind) || leftOut.size < MOST_KINDS ? kind : "more kinds of lines";
  const count = leftOut.get(known);
  if (count !== undefined) {
    leftOut.set(known, count + 1);
    return;
  }
  leftOut.set(known, 0);
  log()[level](fields, known);
  setTimeout(() => {
    const more = leftOut.get(known) ?? 0;
    leftOut.delete(known);
    if (more > 0) log()[level]({ more }, known);
  }, WINDOW_MS).unref();
}
