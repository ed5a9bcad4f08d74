/** Lists what a member did last, and what was done to them: how they joined, were changed, disabled and enabled. */
import type { AuditAction } from "@/lib/audit/actions";
import { type AuditEventView, viewSequences } from "@/lib/audit/view";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { findEvents } from "@/lib/db";

const SHOWN = 8;

/** Others name them too, such as each of their sign-ins. */
const DONE_TO = [
  "team.admin_created",
  "member.joined",
  "member.changed",
  "member.disabled",
  "member.enabled",
  "member.reset",
  "member.password_changed",
  "session.ended",
  // All of theirs.
  "token.revoked",
] satisfies AuditAction[];

export type MemberHistory = {
  /** Newest first, as the log has them. */
  did: AuditEventView[];
  doneTo: AuditEventView[];
};

export async function listMemberHistory(actor: Actor, memberId: string): Promise<MemberHistory> {
  await authorize(actor, "team.manage");
  const [did, doneTo] = await Promise.all([
    findEvents({ anyOf: [{ actorId: memberId }], order: "newest", take: SHOWN }),
    findEvents({ anyOf: [{ words: [memberId], actions: DONE_TO }], order: "newest", take: SHOWN }),
  ]);
  return { did: await viewSequences(did.sequences), doneTo: await viewSequences(doneTo.sequences) };
}
