/** Reads the audit log, newest first, in keyset pages. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import type { Prisma } from "@/prisma/generated/client";
import type { AuditAction } from "./actions";
import { jtiBytes } from "./bytes";
import { dayOf } from "./day";
import { AuditFilters } from "./schema";
import { type AuditEventView, viewEvents } from "./view";

export const AUDIT_PAGE_SIZE = 50;

/** Without what only a single event's page shows. */
export type AuditListItem = Omit<AuditEventView, "userAgent" | "requestId">;

export type AuditPage = {
  events: AuditListItem[];
  /** Where the next page begins (`before`), if there is one. */
  next: number | undefined;
};

/** @param input the filters as they stand in the URL */
export async function listEvents(actor: Actor, input: unknown): Promise<AuditPage> {
  await authorize(actor, "audit.read");
  const filters = parseInput(AuditFilters, input);
  const range = await sequencesOf(filters);
  const tokenNumber = await tokenNumberOf(filters.token);
  if (!range || tokenNumber === null) return { events: [], next: undefined };
  const rows = await reader().auditEvent.findMany({
    where: { ...where(filters), ...(tokenNumber === undefined ? {} : { tokenNumber }), sequence: range },
    orderBy: { sequence: "desc" },
    take: AUDIT_PAGE_SIZE + 1,
  });
  const page = rows.slice(0, AUDIT_PAGE_SIZE);
  return {
    events: (await viewEvents(page)).map(({ userAgent: _, requestId: __, ...event }) => event),
    next: rows.length > page.length ? page.at(-1)?.sequence : undefined,
  };
}

/**
 * Between which events those of the days lie. In a log whose clock was never set back there are no others between them;
 * otherwise `where` leaves those out.
 * @returns undefined when there are none on these days
 */
async function sequencesOf({
  from,
  to,
  before,
}: Pick<AuditFilters, "from" | "to" | "before">): Promise<Prisma.IntFilter | undefined> {
  const older = before ? { lt: before } : {};
  if (!from && !to) return older;
  const { _min, _max } = await reader().auditDay.aggregate({
    where: { day: { ...(from ? { gte: from } : {}), ...(to ? { lte: to } : {}) } },
    _min: { firstSequence: true },
    _max: { lastSequence: true },
  });
  if (_min.firstSequence === null || _max.lastSequence === null) return undefined;
  return { ...older, gte: _min.firstSequence, lte: _max.lastSequence };
}

function where(filters: AuditFilters): Prisma.AuditEventWhereInput {
  const { member, action, key, room, participant, from, to } = filters;
  return {
    ...(member ? { actorId: member } : {}),
    ...(action ? { action } : {}),
    ...(key ? { keyId: key } : {}),
    ...(room ? { room } : {}),
    ...(participant ? { subject: participant } : {}),
    ...(from || to ? { at: { ...(from ? { gte: startOf(from) } : {}), ...(to ? { lte: endOf(to) } : {}) } } : {}),
  };
}

/** @param text a ledger number, or a token id @returns null for an id that no token has; undefined when nothing is asked for */
async function tokenNumberOf(text: string | undefined): Promise<number | null | undefined> {
  if (!text) return undefined;
  const number = ledgerNumber(text);
  if (number !== undefined) return number;
  const jti = jtiBytes(text.toLowerCase());
  const row = jti && (await reader().issuedToken.findUnique({ where: { jti }, select: { number: true } }));
  return row?.number ?? null;
}

/** As tickets print it (No. 2,900), and as people write it. */
function ledgerNumber(text = ""): number | undefined {
  const [, digits = ""] = /^(?:no\.?|nr\.?|#|\u2116)?\s*([\d,.'\u2019\s]+)$/i.exec(text) ?? [];
  const plain = digits.replace(/\D/g, "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined;
}

/** @returns how many of at most `COUNTED_AT_MOST` */
export async function countEventsSince(at: Date, action: AuditAction): Promise<number> {
  const sequence = await sequencesOf({ from: dayOf(at) });
  if (!sequence) return 0;
  return reader().auditEvent.count({ where: { action, sequence, at: { gt: at } }, take: COUNTED_AT_MOST });
}

const startOf = (day: string) => new Date(`${day}T00:00:00Z`);
// Not the start of the next day: after 9999-12-31 that is no date that the database could compare.
const endOf = (day: string) => new Date(`${day}T23:59:59.999Z`);

/** What the filters can be set to: members and keys that occur, by id and name. */
export async function auditFilterChoices(actor: Actor) {
  await authorize(actor, "audit.read");
  const [members, keys] = await Promise.all([
    reader().member.findMany({ select: { id: true, name: true }, orderBy: { name: "asc" } }),
    reader().signingKey.findMany({ select: { id: true, label: true }, orderBy: { label: "asc" } }),
  ]);
  return { members, keys };
}
