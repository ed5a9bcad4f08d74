/** What the audit log is asked for, as it stands in the URL; browser-safe. What cannot be read is left out rather than refused: a link must always show something. */
import { namesOf } from "@/lib/names-of";
import { holdsNoSecret } from "@/lib/profiles/no-secret";
import { UTC, zoneOf } from "@/lib/text/zone";
import * as z from "@/lib/zod";
import { isAuditAction } from "./actions";

/** Characters. */
const MOST_SEARCHED = 200;

export const TOO_LONG_SAID = `At most ${MOST_SEARCHED} characters are looked for.`;

export const isTooLong = (text: unknown): boolean => typeof text === "string" && text.trim().length > MOST_SEARCHED;

/** Whether something is left out of what is asked for, because it is too long to be looked for. */
export const asksTooLong = (query: Readonly<Record<string, unknown>>): boolean =>
  [query.q, query.room, query.participant].some(isTooLong);

const text = z
  .string()
  .trim()
  .max(MOST_SEARCHED)
  .optional()
  .catch(undefined)
  // As it is stored; what could not be stored finds nothing.
  .transform((value) => value?.normalize("NFC") || undefined);

/** SHA-256, in hexadecimal: what a pasted token becomes. It has the looks of a secret. */
export const isHash = (q: string | undefined) => q !== undefined && /^[0-9a-f]{64}$/i.test(q);

/** Of a machine or a network, as events say where they came from. Made where it is asked: no page's script needs it. */
export const isAddress = (q: string | undefined) =>
  z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).safeParse(q).success;

/** No address may hold a token, or a secret: of one that does nothing is kept, shown or linked. */
const searched = text.transform((value) => (value && holdsNoSecret(value) ? value : undefined));
const day = z.iso.date().optional().catch(undefined);
const flag = z.literal("1").optional().catch(undefined);
const sequence = z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined);

/** Active tokens by when they end: within an hour or a day from now, or between two spans. */
export const endings = ["1h", "24h", "1h-24h", "24h-7d", "7d-"] as const;
export type Ending = (typeof endings)[number];

/** Of tokens. */
export const powers = ["moderate", "rest"] as const;

export const AuditFilters = z.object({
  /** What the search box says. */
  q: text.transform((value) => (value && (isHash(value) || holdsNoSecret(value)) ? value : undefined)),
  /** Issued tokens alone. */
  tokens: flag,
  /** A member's id, or `me`. */
  member: searched,
  key: searched,
  /** Ids of keys, with commas between them: what was done with any other key. */
  notKey: searched,
  room: searched,
  participant: searched,
  action: text.transform((value) => (value && isAuditAction(value) ? value : undefined)),
  /** Tokens that have not expired. */
  active: flag,
  ends: z.enum(endings).optional().catch(undefined),
  /** Tokens with power over others, or that the vendor's HTTP API takes. */
  can: z.enum(powers).optional().catch(undefined),
  /** Tokens that were issued for longer than 7 days. */
  long: flag,
  /** All that was refused, denied or failed. */
  outcome: z.literal("refused").optional().catch(undefined),
  elsewhere: flag,
  /** First and last day in the reader's zone, both included: YYYY-MM-DD. */
  from: day,
  to: day,
  /** Keyset page: events with a smaller sequence number, or the nearest with a greater one. */
  before: sequence,
  after: sequence,
});
export type AuditFilters = z.output<typeof AuditFilters>;

/** What is asked most, each of it by one chip. */
export const chipAsks = {
  tokens: { tokens: "1" },
  mine: { member: "me" },
  active: { active: "1" },
  expiring: { ends: "24h" },
  moderators: { can: "moderate" },
  long: { long: "1" },
  refused: { outcome: "refused" },
  elsewhere: { elsewhere: "1" },
} as const satisfies Record<string, Partial<AuditFilters>>;
export type Chip = keyof typeof chipAsks;

/** A chip is offered while what it asks for is not asked for in any way. */
export function isOffered(chip: Chip, filters: Partial<AuditFilters>): boolean {
  const asks: Partial<AuditFilters> = chipAsks[chip];
  return namesOf(asks).every((name) => filters[name] === undefined);
}

/** With what a URL does not say: in which zone the days begin. */
export const AuditQuery = AuditFilters.extend({
  zone: z
    .string()
    .optional()
    .catch(undefined)
    .transform((name) => zoneOf(name) ?? UTC),
});
export type AuditQuery = z.output<typeof AuditQuery>;

export const exportFormats = ["csv", "jsonl"] as const;

/** What is exported is what the filters show, on all pages. */
export const ExportInput = AuditQuery.omit({ before: true, after: true }).extend({ format: z.enum(exportFormats) });
export type ExportInput = z.output<typeof ExportInput>;

/** Without the page, and nothing that is not given. */
export function askedFor({ before: _, after: __, ...filters }: AuditFilters): Partial<AuditFilters> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

/** The address that shows it, so that a link shares exactly the view. */
export function auditAddress(filters: Partial<AuditFilters>): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query ? `/audit?${query}` : "/audit";
}
