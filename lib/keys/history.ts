/** Lists what happened to a key itself, newest first: how it was added, changed, rotated, disabled and enabled, and its cases; not the tokens that were issued with it. To an issuer only what they did themselves. */
import type { AuditAction } from "@/lib/audit/actions";
import { isVisible, visibleTo } from "@/lib/audit/conditions";
import { type AuditEventView, viewEvents } from "@/lib/audit/view";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";

const SHOWN = 6;

const ACTIONS = [
  "key.created",
  "key.changed",
  "key.disabled",
  "key.enabled",
  "key.rotated",
  "case.opened",
  "case.acknowledged",
] as const satisfies AuditAction[];

export type KeyEvent = Pick<AuditEventView, "sequence" | "at" | "action" | "actorName" | "detail">;

export async function listKeyHistory(actor: Actor, keyId: string): Promise<KeyEvent[]> {
  await authorize(actor, "audit.read");
  // Each by the index of key and action: together they would be put in order anew.
  const found = await Promise.all(
    ACTIONS.map((action) =>
      reader().auditEvent.findMany({ where: { keyId, action }, orderBy: { sequence: "desc" }, take: SHOWN }),
    ),
  );
  const visible = visibleTo(actor);
  const newest = found
    .flat()
    .filter((event) => isVisible(visible, event))
    .sort((a, b) => b.sequence - a.sequence);
  const events = await viewEvents(newest.slice(0, SHOWN));
  return events.map(({ sequence, at, action, actorName, detail }) => ({ sequence, at, action, actorName, detail }));
}
