/** What an audit event says: one canonical JSON text (RFC 8785), written once and never rebuilt. Refuses one that is longer than an event may be. */
import canonicalize from "canonicalize";
import {
  type Endpoint,
  type Member,
  nameOf,
  type Origin,
  type Service,
  type System,
  type Via,
  type Visitor,
} from "@/lib/auth/actor";
import * as z from "@/lib/zod";
import { type AuditAction, type AuditDetail, type Outcome, outcomes } from "./actions";

export const MOST_EVENT_BYTES = 16_384;

/** Who did it: all that an event keeps of an actor. */
export type EventActor =
  | Visitor
  | (Pick<Member, "kind" | "id" | "name" | "origin"> & Partial<Pick<Member, "sessionId">>)
  | Pick<Service, "kind" | "id" | "name" | "credentialId" | "origin">
  | Pick<Endpoint, "kind" | "id" | "name" | "origin">
  // Nobody let the desk in to what it does by itself.
  | (Pick<System, "kind"> & { origin: Omit<Origin, "via"> & Partial<Pick<Origin, "via">> });

/** What an act was done to. */
export type AuditTarget = {
  key?: { id: string; label: string };
  /** One of the ledger: the event says its number, and is found by the rest. */
  token?: { number: number; keyId: string; room: string | null; subject: string | null };
  /** Of a token that is not in the ledger as it stands there. */
  jti?: string;
  /** The same, in hexadecimal. */
  sha256?: string;
  memberId?: string;
  /** Of what is done to all of a room; the event is found by it, and `detail` tells it. */
  room?: string;
};

export type NewEvent<Action extends AuditAction> = {
  action: Action;
  outcome: Outcome;
  detail: AuditDetail<Action>;
  target?: AuditTarget;
  /** What it is found by beside what it says: of a token, what stands in the ledger. */
  words?: readonly string[];
  at?: Date;
};

const via = z.enum(["dashboard", "api", "endpoint", "shell"]) satisfies z.ZodType<Via>;

const EventBody = z.object({
  action: z.string(),
  /** ISO 8601, with milliseconds. */
  at: z.string(),
  outcome: z.enum(outcomes),
  /** Absent: whom the ledger names. */
  actor: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("visitor") }),
      z.object({ kind: z.literal("member"), id: z.string(), name: z.string(), sessionId: z.string().optional() }),
      z.object({ kind: z.literal("service"), id: z.string(), name: z.string(), credentialId: z.string() }),
      z.object({ kind: z.literal("endpoint"), id: z.string(), name: z.string() }),
      z.object({ kind: z.literal("system") }),
    ])
    .optional(),
  /** Absent with the actor, and of what the desk does by itself. */
  via: via.optional(),
  address: z.string(),
  userAgent: z.string(),
  requestId: z.string(),
  key: z.object({ id: z.string(), label: z.string() }).optional(),
  /** The ledger's. */
  tokenNumber: z.number().optional(),
  jti: z.string().optional(),
  sha256: z.string().optional(),
  memberId: z.string().optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
});
type EventBody = z.output<typeof EventBody>;

type BodyActor = NonNullable<EventBody["actor"]>;

function actorOf(who: EventActor): BodyActor {
  switch (who.kind) {
    case "visitor":
    case "system":
      return { kind: who.kind };
    case "member":
      return { kind: who.kind, id: who.id, name: who.name, sessionId: who.sessionId };
    case "service":
      return { kind: who.kind, id: who.id, name: who.name, credentialId: who.credentialId };
    case "endpoint":
      return { kind: who.kind, id: who.id, name: who.name };
  }
}

/** @throws Error when it is longer than `MOST_EVENT_BYTES`: whoever records bounds what it names */
export function writeBody<Action extends AuditAction>(
  who: EventActor,
  { action, outcome, detail, target = {} }: NewEvent<Action>,
  at: Date,
): string {
  const { via, address, userAgent, requestId } = who.origin;
  const body: EventBody = {
    action,
    at: at.toISOString(),
    outcome,
    // Who issued a token, and by which way in, stands in its row of the ledger.
    ...(action === "token.issued" ? {} : { actor: actorOf(who), via }),
    ...{ address, userAgent, requestId },
    key: target.key && { id: target.key.id, label: target.key.label },
    tokenNumber: target.token?.number,
    ...{ jti: target.jti, sha256: target.sha256, memberId: target.memberId },
    detail: Object.keys(detail).length > 0 ? detail : undefined,
  };
  const text = canonicalize(body) ?? "";
  if (Buffer.byteLength(text) > MOST_EVENT_BYTES)
    throw new Error(`An event ${action} would take more than ${MOST_EVENT_BYTES} bytes.`);
  return text;
}

/** @throws Error for what no `writeBody` wrote */
export function readBody(text: string): EventBody {
  return EventBody.parse(JSON.parse(text));
}

/** @returns undefined for what this version cannot read, as a later one may have written it: one event must not hide the others */
export function tryToReadBody(text: string): EventBody | undefined {
  try {
    return readBody(text);
  } catch {
    return undefined;
  }
}

/** Who did it, for people. */
export function actorWords(actor: BodyActor): string {
  return actor.kind === "visitor" ? "A visitor" : nameOf(actor);
}
