/** The audit log's filters as they stand in the URL; browser-safe. What cannot be read is left out rather than refused: a link must always show something. */
import * as z from "@/lib/zod";
import { isAuditAction } from "./actions";

const text = z
  .string()
  .trim()
  .max(200)
  .optional()
  .catch(undefined)
  // As it is stored; what could not be stored finds nothing.
  .transform((value) => value?.normalize("NFC") || undefined);
const day = z.iso.date().optional().catch(undefined);

export const AuditFilters = z.object({
  member: text,
  action: text.transform((value) => (value && isAuditAction(value) ? value : undefined)),
  key: text,
  room: text,
  participant: text,
  /** A `jti`, or a ledger number. */
  token: text,
  /** First and last day, UTC, both included: YYYY-MM-DD. */
  from: day,
  to: day,
  /** Keyset page: events with a smaller sequence number. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
});
export type AuditFilters = z.output<typeof AuditFilters>;
