/** Asks inside the transaction, or before more is handed out, whether an actor is still who they were when their request came. Refuses what was under way when a member was disabled, signed out or given another role, and when a credential or an endpoint was ended or changed. */
import { now } from "@/lib/clock";
import { placeholders, reader, type Statements, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Actor, Endpoint, Member, Service } from "./actor";
import { findSession } from "./find-session";
import { OWNER_ANSWERS, ownerGone } from "./owner";

/** @throws AppError `unauthenticated` */
export async function confirmActor(
  tx: Pick<Tx, "session" | "credentialValue" | "endpoint" | "member">,
  actor: Actor,
): Promise<void> {
  if (!(await isHeld(tx, actor))) throw noLonger(actor);
}

async function isHeld(
  tx: Pick<Tx, "session" | "credentialValue" | "endpoint" | "member">,
  actor: Actor,
): Promise<boolean> {
  switch (actor.kind) {
    case "member": {
      const { id, sessionId, role } = actor;
      const session = await tx.session.findFirst({
        where: { id: sessionId, memberId: id, endedAt: null, member: { disabledAt: null, role } },
        select: { id: true },
      });
      return session !== null;
    }
    case "service": {
      const open = [{ endsAt: null }, { endsAt: { gt: now() } }];
      const value = await tx.credentialValue.findFirst({
        where: {
          ...{ id: actor.credentialId, OR: open },
          credential: { id: actor.id, version: actor.version, endedAt: null, OR: open },
        },
        select: { credential: { select: { ownerId: true } } },
      });
      return value !== null && (await answers(tx, value.credential.ownerId));
    }
    case "endpoint": {
      const { id, version } = actor;
      const endpoint = await tx.endpoint.findFirst({
        where: { id, version, disabledAt: null, endedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: now() } }] },
        select: { ownerId: true },
      });
      return endpoint !== null && (await answers(tx, endpoint.ownerId));
    }
    case "system":
      return true;
    default:
      return actor satisfies never;
  }
}

const answers = async (tx: Pick<Tx, "member">, ownerId: string) =>
  ownerGone(await tx.member.findUnique({ where: { id: ownerId }, select: { role: true, disabledAt: true } })) === null;

/** For what takes long to be read, outside any transaction: also what its limits ended is over. @throws AppError `unauthenticated` */
export async function confirmSession(actor: Actor): Promise<void> {
  if (actor.kind !== "member") return confirmActor(reader(), actor);
  const session = await findSession(actor.sessionId);
  if (session?.member.id !== actor.id || session.member.role !== actor.role) throw noLonger(actor);
}

/** The same for many, as the ledger asks: with one statement for each kind. @returns whether an actor is still who they were */
export function confirmActors(statements: Statements, actors: readonly Actor[]): (actor: Actor) => boolean {
  const members = new Set<string>();
  const services = new Set<string>();
  const endpoints = new Set<string>();
  for (const actor of actors) {
    if (actor.kind === "member") members.add(actor.sessionId);
    if (actor.kind === "service") services.add(actor.credentialId);
    if (actor.kind === "endpoint") endpoints.add(actor.id);
  }
  const sessions = sessionsHeld(statements, members);
  const values = valuesHeld(statements, services);
  const open = endpointsHeld(statements, endpoints);
  return (actor) => {
    switch (actor.kind) {
      case "member":
        return sessions(actor);
      case "service":
        return values(actor);
      case "endpoint":
        return open(actor);
      case "system":
        return true;
      default:
        return actor satisfies never;
    }
  };
}

function sessionsHeld(statements: Statements, ids: ReadonlySet<string>): (member: Member) => boolean {
  if (ids.size === 0) return () => false;
  const held = statements.rows<{ id: string; memberId: string; role: string }>(
    `SELECT "Session"."id", "memberId", "role" FROM "Session" JOIN "Member" ON "Member"."id" = "memberId"
     WHERE "Session"."id" IN (${placeholders(ids.size)}) AND "endedAt" IS NULL AND "disabledAt" IS NULL`,
    ...ids,
  );
  const sessions = new Map(held.map((session) => [session.id, session]));
  return ({ id, role, sessionId }) => {
    const session = sessions.get(sessionId);
    return session?.memberId === id && session.role === role;
  };
}

function valuesHeld(statements: Statements, ids: ReadonlySet<string>): (service: Service) => boolean {
  if (ids.size === 0) return () => false;
  const at = now();
  const held = statements.rows<{ id: string; credentialId: string; version: number }>(
    `SELECT v."id", c."id" AS "credentialId", c."version"
     FROM "CredentialValue" v JOIN "Credential" c ON c."id" = v."credentialId" JOIN "Member" m ON m."id" = c."ownerId"
     WHERE v."id" IN (${placeholders(ids.size)}) AND c."endedAt" IS NULL AND ${OWNER_ANSWERS}
       AND (c."endsAt" IS NULL OR c."endsAt" > ?) AND (v."endsAt" IS NULL OR v."endsAt" > ?)`,
    ...ids,
    at,
    at,
  );
  const values = new Map(held.map((value) => [value.id, value]));
  return ({ id, credentialId, version }) => {
    const value = values.get(credentialId);
    return value?.credentialId === id && value.version === version;
  };
}

function endpointsHeld(statements: Statements, ids: ReadonlySet<string>): (endpoint: Endpoint) => boolean {
  if (ids.size === 0) return () => false;
  const held = statements.rows<{ id: string; version: number }>(
    `SELECT e."id", e."version" FROM "Endpoint" e JOIN "Member" m ON m."id" = e."ownerId"
     WHERE e."id" IN (${placeholders(ids.size)}) AND e."disabledAt" IS NULL AND e."endedAt" IS NULL
       AND ${OWNER_ANSWERS} AND (e."endsAt" IS NULL OR e."endsAt" > ?)`,
    ...ids,
    now(),
  );
  const versions = new Map(held.map(({ id, version }) => [id, version]));
  return ({ id, version }) => versions.get(id) === version;
}

/** What is said to whom it is over for. */
export function noLonger({ kind }: Pick<Actor, "kind">): AppError {
  switch (kind) {
    case "member":
    case "system":
      return new AppError(
        "unauthenticated",
        "Your session ended while this was under way. Nothing was changed; sign in again.",
      );
    case "service":
      return new AppError(
        "unauthenticated",
        "This credential was ended or changed while this was under way. Nothing was changed.",
      );
    case "endpoint":
      return new AppError(
        "unauthenticated",
        "This endpoint was changed or switched off just now. Nothing was issued; ask again.",
      );
    default:
      return kind satisfies never;
  }
}
