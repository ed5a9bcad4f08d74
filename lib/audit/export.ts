/** Exports what the filters show, newest first, as CSV or JSON lines: in portions, so that a million events take no more memory than a page. Records what is taken, and how much, before the first byte; hands out no more of it once the session has ended. Never a token or a secret: the log has none. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor, confirmSession } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { findEvents, reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { CSV_MARK, csvLines } from "@/lib/text/csv";
import { wordsFor } from "./actions";
import { type Conditions, conditionsOf } from "./conditions";
import { heldInText } from "./confirm-no-secret";
import { recordEvent } from "./record";
import { askedFor, asksTooLong, ExportInput, isHash, TOO_LONG_SAID } from "./schema";
import { type AuditEventView, viewSequences } from "./view";

/** Read and written at once. */
const PORTION = 500;
/** Of numbers alone. */
const COUNTED_AT_ONCE = 10_000;

export type Export = {
  fileName: string;
  type: string;
  /** How many events will come. */
  events: number;
  /** Throws `unauthenticated` when the session ends before all of it was read. */
  text: AsyncGenerator<string>;
};

/** @param input the filters as they stand in the URL, the reader's zone, and the format */
export async function exportEvents(actor: Actor, input: unknown): Promise<Export> {
  await authorize(actor, "audit.export");
  const { format, ...query } = parseInput(ExportInput, input);
  // Left out, it would not narrow what is taken.
  if (asksTooLong(Object(input))) throw new AppError("invalid", `${TOO_LONG_SAID} Nothing was exported.`);
  await countAgainst(actor, "exports");
  const { zone: _, ...filters } = query;
  const conditions = await conditionsOf({ ...query, before: undefined, after: undefined }, actor);
  const newest = await reader().auditEvent.findFirst({ orderBy: { sequence: "desc" }, select: { sequence: true } });
  // What comes in meanwhile, this export's own event among it, is not in it.
  const ended = conditions && {
    ...conditions,
    below: Math.min(conditions.below ?? Number.POSITIVE_INFINITY, (newest?.sequence ?? 0) + 1),
  };
  let events = 0;
  if (ended) for await (const portion of sequencesOf(ended, COUNTED_AT_ONCE)) events += portion.length;
  const asked: string[] = [];
  for (const [name, value] of Object.entries(askedFor({ ...filters, before: undefined, after: undefined })))
    asked.push(`${name}=${await tellable(String(value))}`);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    await recordEvent(tx, actor, {
      action: "audit.exported",
      outcome: "ok",
      detail: {
        format,
        events,
        filters: asked,
      },
    });
  });
  const day = new Date().toISOString().slice(0, 10);
  return {
    fileName: `audit-${day}.${format}`,
    type: format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
    events,
    text: whileSignedIn(actor, format === "csv" ? csvOf(ended) : linesOf(ended)),
  };
}

/** Whoever reads slowly would read on for hours after they were disabled. */
async function* whileSignedIn(actor: Actor, portions: AsyncGenerator<string>): AsyncGenerator<string> {
  for await (const portion of portions) {
    await confirmSession(actor);
    yield portion;
  }
}

/** The record is for everybody; a hash, which has the looks of a secret, is a token's. */
async function tellable(value: string): Promise<string> {
  const held = await heldInText(value);
  return !held || (held.what === "secret" && isHash(value)) ? value : "(a secret)";
}

async function* sequencesOf({ meaning: _, ...search }: Conditions, take: number): AsyncGenerator<number[]> {
  let below = search.below;
  for (;;) {
    const { sequences, lookedTo } = await findEvents({ ...search, below, order: "newest", take });
    if (sequences.length > 0) yield sequences;
    const last = lookedTo ?? (sequences.length === take ? sequences.at(-1) : undefined);
    if (last === undefined) return;
    below = last;
    // Each portion blocks the process: between two of them it answers others.
    await breathe();
  }
}

async function* eventsOf(conditions: Conditions | undefined): AsyncGenerator<AuditEventView[]> {
  if (!conditions) return;
  for await (const sequences of sequencesOf(conditions, PORTION)) yield viewSequences(sequences);
}

type Cell = string | number | null;

/** Column → what stands in it. */
const columns: Record<string, (event: AuditEventView) => Cell> = {
  event: ({ sequence }) => sequence,
  time: ({ at }) => at.toISOString(),
  who: ({ actorName }) => actorName,
  what: ({ action }) => wordsFor(action),
  action: ({ action }) => action,
  outcome: ({ outcome }) => outcome,
  token: ({ tokenNumber }) => tokenNumber,
  kind: ({ token }) => token?.kind ?? null,
  key: ({ keyLabel }) => keyLabel,
  room: ({ room }) => room,
  participant: ({ subject }) => subject,
  purpose: ({ token }) => token?.purpose ?? null,
  expires: ({ token }) => (token ? new Date(token.expiresAt * 1000).toISOString() : null),
  revoked: ({ token }) => (token ? (token.revoked ? "yes" : "no") : null),
  "token id": ({ jti }) => jti,
  "token sha256": ({ sha256 }) => sha256,
  via: ({ via }) => via,
  address: ({ address }) => address,
  "user agent": ({ userAgent }) => userAgent,
  request: ({ requestId }) => requestId,
  detail: ({ detail }) => (Object.keys(detail).length > 0 ? JSON.stringify(detail) : null),
};

async function* csvOf(conditions: Conditions | undefined): AsyncGenerator<string> {
  yield CSV_MARK + csvLines([Object.keys(columns)]);
  for await (const events of eventsOf(conditions))
    yield csvLines(events.map((event) => Object.values(columns).map((cell) => cell(event) ?? "")));
}

async function* linesOf(conditions: Conditions | undefined): AsyncGenerator<string> {
  for await (const events of eventsOf(conditions))
    yield events
      .map((event) => {
        const row = Object.fromEntries(Object.entries(columns).map(([name, cell]) => [name, cell(event)]));
        return `${JSON.stringify({ ...row, detail: event.detail })}\n`;
      })
      .join("");
}
