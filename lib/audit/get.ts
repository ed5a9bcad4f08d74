/** Reads one audit event whole, with those before and after it, and what the members in it are called today. The ledger row of the token that it is about: lib/ledger/find.ts. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { findEvents, reader } from "@/lib/db";
import { isVisible, visibleTo } from "./conditions";
import { type AuditEventView, viewEvents } from "./view";

export type AuditEventPage = AuditEventView & {
  /** The nearest that the actor may see; undefined: none. */
  newer: number | undefined;
  older: number | undefined;
  /** Where they are called otherwise now. */
  nowCalled: string | undefined;
  /** Whether its key has a page: one that was removed has none. */
  keyExists: boolean;
  /** Another member than who acted: to whom it was done, or whose email a visitor gave. */
  member: { id: string; name: string } | undefined;
};

/** @returns undefined when there is no such event @throws AppError `forbidden` for another's event that is not of the ledger */
export async function getEvent(actor: Actor, sequence: number): Promise<AuditEventPage | undefined> {
  await authorize(actor, "audit.read");
  if (!Number.isSafeInteger(sequence) || sequence < 1 || sequence > 2_147_483_647) return undefined;
  const event = await reader().auditEvent.findUnique({ where: { sequence } });
  if (!event) return undefined;
  const visible = visibleTo(actor);
  if (!isVisible(visible, event)) await authorize(actor, "audit.read", { ownerId: event.actorId });
  const [view] = await viewEvents([event]);
  if (!view) return undefined;
  const { actorId, memberId, actorKind, keyId, detail } = view;
  const email = actorKind === "visitor" && typeof detail.email === "string" ? detail.email : undefined;
  const [newer, older, key, members] = await Promise.all([
    findEvents({ anyOf: visible, above: sequence, order: "oldest", take: 1 }),
    findEvents({ anyOf: visible, below: sequence, order: "newest", take: 1 }),
    keyId === null ? null : reader().signingKey.findUnique({ where: { id: keyId }, select: { id: true } }),
    reader().member.findMany({
      where: {
        OR: [
          { id: { in: [actorId, memberId].filter((id) => id !== null) } },
          ...(email === undefined ? [] : [{ email }]),
        ],
      },
      select: { id: true, name: true, email: true },
    }),
  ]);
  const other = members.find((each) => each.id !== actorId && (each.id === memberId || each.email === email));
  const called = members.find(({ id }) => id === actorId)?.name;
  return {
    ...view,
    newer: newer.sequences[0],
    older: older.sequences[0],
    nowCalled: called === view.actorName ? undefined : called,
    keyExists: key !== null,
    member: other && { id: other.id, name: other.name },
  };
}
