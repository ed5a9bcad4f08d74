/** `GET /api/v1/audit`: the audit log, newest first, page by page, by the filters of its page. Refuses a parameter that it does not know. */

import { listEvents } from "@/lib/audit/list";
import { AuditFilters } from "@/lib/audit/schema";
import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { AppError } from "@/lib/errors";
import * as z from "@/lib/zod";
import { CURSOR, type EventPage } from "./schema";

/** As the page's address has them; a page's place is the cursor's. */
const parameters = Object.keys(AuditFilters.shape).filter((name) => name !== "before" && name !== "after");

/** For its reference: what each may be says the page's own schema. */
export const ListEventsQuery = z.strictObject({
  ...Object.fromEntries(
    parameters.map((name) => [name, z.string().optional().describe("As the address of the audit page has it.")]),
  ),
  cursor: z.string().optional().describe("`next` of the page before."),
});

export async function listAuditForService(
  actor: Service,
  query: Readonly<Record<string, string>>,
): Promise<z.output<typeof EventPage>> {
  await authorize(actor, "audit.read");
  const { cursor, ...filters } = query;
  const unknown = Object.keys(filters).find((name) => !parameters.includes(name));
  if (unknown !== undefined)
    throw new AppError("invalid", "There is no such parameter.", {
      fields: { [unknown]: "There is no such parameter." },
    });
  const read: Readonly<Record<string, unknown>> = AuditFilters.parse(filters);
  const unread = Object.keys(filters).find((name) => read[name] === undefined);
  if (unread !== undefined)
    throw new AppError("invalid", "A parameter cannot be read.", {
      fields: { [unread]: "This cannot be read, or is too long." },
    });
  if (cursor !== undefined && !CURSOR.test(cursor))
    throw new AppError("invalid", "The cursor cannot be read.", {
      fields: { cursor: "Send the `next` of the page before." },
    });
  const { events, next } = await listEvents(actor, { ...filters, ...(cursor === undefined ? {} : { before: cursor }) });
  return {
    events: events.map((event) => ({
      ...{ sequence: event.sequence, at: event.at.toISOString(), action: event.action, outcome: event.outcome },
      actor: { kind: event.actorKind, id: event.actorId, name: event.actorName },
      ...{ via: event.via, address: event.address, keyLabel: event.keyLabel, token: event.tokenNumber },
      ...{ room: event.room, participant: event.subject, detail: event.detail },
    })),
    next: next === undefined ? null : String(next),
  };
}
