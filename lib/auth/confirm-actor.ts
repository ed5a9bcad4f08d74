/** Asks inside the transaction, or before more is handed out, whether an actor is still who they were when their request came. Refuses what was under way when they were disabled, signed out or given another role. */
import { placeholders, type Statements, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Actor, Member } from "./actor";
import { findSession } from "./find-session";

/** @throws AppError `unauthenticated` */
export async function confirmActor(tx: Tx, actor: Actor): Promise<void> {
  const asked = memberOf(actor);
  if (!asked) return;
  const { id, sessionId, role } = asked;
  const session = await tx.session.findFirst({
    where: { id: sessionId, memberId: id, endedAt: null, member: { disabledAt: null, role } },
    select: { id: true },
  });
  if (!session) throw sessionEnded();
}

/** For what takes long to be read, outside any transaction: also what its limits ended is over. @throws AppError `unauthenticated` */
export async function confirmSession(actor: Actor): Promise<void> {
  const asked = memberOf(actor);
  if (!asked) return;
  const session = await findSession(asked.sessionId);
  if (session?.member.id !== asked.id || session.member.role !== asked.role) throw sessionEnded();
}

/** Who has a session to be asked about. What ends a credential or an endpoint is looked at where one is used. */
function memberOf(actor: Actor): Member | undefined {
  switch (actor.kind) {
    case "member":
      return actor;
    case "service":
    case "endpoint":
    case "system":
      return undefined;
    default:
      return actor satisfies never;
  }
}

/** The same for many, as the ledger asks: with one statement. @returns whether an actor is still who they were */
export function confirmActors(statements: Statements, actors: readonly Actor[]): (actor: Actor) => boolean {
  const asked = new Set(actors.flatMap((actor) => memberOf(actor)?.sessionId ?? []));
  if (asked.size === 0) return () => true;
  const held = statements.rows<{ id: string; memberId: string; role: string }>(
    `SELECT "Session"."id", "memberId", "role" FROM "Session" JOIN "Member" ON "Member"."id" = "memberId"
     WHERE "Session"."id" IN (${placeholders(asked.size)}) AND "endedAt" IS NULL AND "disabledAt" IS NULL`,
    ...asked,
  );
  const sessions = new Map(held.map((session) => [session.id, session]));
  return (actor) => {
    const member = memberOf(actor);
    const session = sessions.get(member?.sessionId ?? "");
    return !member || (session?.memberId === member.id && session.role === member.role);
  };
}

export const sessionEnded = () =>
  new AppError("unauthenticated", "Your session ended while this was under way. Nothing was changed; sign in again.");
