/** Lists what was done to an endpoint last, newest first: how it was made, changed, given another address, switched off and on, taken over and ended; not the tokens that it gave. */
import type { AuditAction } from "@/lib/audit/actions";
import { type AuditEventView, viewSequences } from "@/lib/audit/view";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { findEvents } from "@/lib/db";

/** The page is about what it gives. */
const SHOWN = 3;

const DONE_TO = [
  "endpoint.created",
  "endpoint.changed",
  "endpoint.renewed",
  "endpoint.disabled",
  "endpoint.enabled",
  "endpoint.taken_over",
  "endpoint.ended",
] satisfies AuditAction[];

export async function listEndpointHistory(actor: Actor, endpointId: string): Promise<AuditEventView[]> {
  await authorize(actor, "endpoint.manage");
  const { sequences } = await findEvents({
    anyOf: [{ words: [endpointId], actions: DONE_TO }],
    order: "newest",
    take: SHOWN,
  });
  return viewSequences(sequences);
}
