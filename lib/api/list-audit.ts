/** `GET /api/v1/audit`: the audit log, newest first, page by page, by the filters of its page. Refuses a parameter that it does not know or cannot read. */
import { auditActions } from "@/lib/audit/actions";
import { listEvents } from "@/lib/audit/list";
import { type AuditFilters, endings, powers } from "@/lib/audit/schema";
import { readSearch } from "@/lib/audit/search";
import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { parseInput } from "@/lib/parse-input";
import * as z from "@/lib/zod";
import { cursor, named, readCursor, refuseUnread, unreadable, writeCursor, yes } from "./lists";
import { type EventPage, unknownParameter } from "./schema";

const LONGEST = 200;
const text = named(LONGEST);
const day = z.iso.date("Write a day, such as 2026-11-28.").optional();

/** As the page's address has them; a page's place is the cursor's. */
const filters = {
  q: text.describe(
    "What the search box of the audit page takes: a number, a range such as `No. 3 to 40`, a batch such as `Batch 7`, the id of a token, a room, a participant, a purpose, an email, or a token's SHA-256 in hexadecimal; no words of one or two characters, and no address that an event came from.",
  ),
  tokens: yes.describe("Issued tokens alone."),
  member: text.describe("What this one did, by the id of a member, a credential or an endpoint."),
  key: text.describe("What was done with this key, by its id (`GET /api/v1/keys`)."),
  notKey: text.describe("What was done with any other key than these, by their ids, with commas between them."),
  room: text.describe("What is about this room."),
  participant: text.describe("What is about this participant."),
  action: z.enum(auditActions, "There is no such action.").optional().describe("What was done."),
  active: yes.describe("Issued tokens that have not expired."),
  ends: z.enum(endings).optional().describe("Active tokens by when they end: within a span from now, or between two."),
  can: z.enum(powers).optional().describe("Issued tokens with power over others, or that the vendor's HTTP API takes."),
  long: yes.describe("Tokens that were issued for longer than 7 days."),
  outcome: z
    .literal("refused", "Write refused, or leave it out.")
    .optional()
    .describe("Refusals, denials and attempts that failed; no alarms: these are `action=token.signed_elsewhere`."),
  elsewhere: yes.describe("Tokens that were signed elsewhere."),
  from: day.describe("The first day, in UTC."),
  to: day.describe("The last day, in UTC; it is included."),
} satisfies Record<Exclude<keyof AuditFilters, "before" | "after">, z.ZodType>;

export const ListEventsQuery = z.strictObject({ ...filters, cursor }, { error: unknownParameter });

export async function listAuditForService(actor: Service, query: unknown): Promise<z.output<typeof EventPage>> {
  await authorize(actor, "audit.read");
  const { cursor, ...asked } = parseInput(ListEventsQuery, query, "Nothing was read.");
  refuseUnread(asked);
  const { words, further, number } = readSearch(asked.q ?? "");
  if (asked.q !== undefined && words.length === 0) throw unreadable("q", "There is no word in it.");
  if (further > 0) throw unreadable("q", `These are too many words: write at most ${words.length}.`);
  const before = readCursor("audit", asked, cursor);
  const { events, next, shortWords } = await listEvents(actor, { ...asked, before });
  // A number that no token has yet.
  if (shortWords && number !== undefined) return { events: [], next: null };
  // The page says that it has looked through the newest alone; a program would take that for all there is.
  if (shortWords)
    throw unreadable(
      "q",
      "Words of one or two characters are in no index. Use `room`, `participant`, `member` or `key`.",
    );
  return {
    events: events.map((event) => ({
      ...{ sequence: event.sequence, at: event.at.toISOString(), action: event.action, outcome: event.outcome },
      actor: { kind: event.actorKind, id: event.actorId, name: event.actorName },
      ...{ via: event.via, address: event.address, keyLabel: event.keyLabel, token: event.tokenNumber },
      ...{ room: event.room, participant: event.subject, detail: event.detail },
    })),
    next: writeCursor("audit", asked, next),
  };
}
