/** Lists what a member did last, and what was done to them: how they joined, were changed, disabled and enabled. */
import type { AuditAction } from "@/lib/audit/actions";
import { type AuditEventView, viewSequences } from "@/lib/audit/view";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { findEvents, reader } from "@/lib/db";

const SHOWN = 8;
/** Their sign-ins name them too: of so many that do, those below are picked. */
const LOOKED_AT = 400;

const DONE_TO = new Set<string>([
  "team.admin_created",
  "member.joined",
  "member.changed",
  "member.disabled",
  "member.enabled",
  "member.reset",
  "member.password_changed",
  "session.ended",
] satisfies AuditAction[]);

export type MemberHistory = {
  /** Newest first, as the log has them. */
  did: AuditEventView[];
  doneTo: AuditEventView[];
};

export async function listMemberHistory(actor: Actor, memberId: string): Promise<MemberHistory> {
  await authorize(actor, "team.manage");
  const [did, named] = await Promise.all([
    findEvents({ anyOf: [{ actorId: memberId }], order: "newest", take: SHOWN }),
    findEvents({ anyOf: [{ words: [memberId] }], order: "newest", take: LOOKED_AT }),
  ]);
  const where = { sequence: { in: named.sequences } };
  const rows =
    named.sequences.length === 0
      ? []
      : await reader().auditEvent.findMany({ where, select: { sequence: true, action: true } });
  const doneTo = rows
    .filter(({ action }) => DONE_TO.has(action))
    .map(({ sequence }) => sequence)
    .sort((one, other) => other - one);
  return {
    did: await viewSequences(did.sequences),
    doneTo: await viewSequences(doneTo.slice(0, SHOWN)),
  };
}
