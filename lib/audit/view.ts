/** An audit event as pages show it: what its body says, and of a token of the ledger what stands there. */
import { reader } from "@/lib/db";
import type { AuditEvent } from "@/prisma/generated/client";
import { hexOf, jtiOf } from "./bytes";
import { actorWords, tryToReadBody } from "./event";

export type AuditEventView = {
  sequence: number;
  at: Date;
  action: string;
  outcome: string;
  /** Of whoever did it: a kind of actor, or "visitor". */
  actorKind: string;
  /** Of whoever did it, in words for people. */
  actorName: string;
  via: string;
  address: string;
  userAgent: string;
  requestId: string;
  keyLabel: string | null;
  room: string | null;
  subject: string | null;
  /** The ledger's. */
  tokenNumber: number | null;
  jti: string | null;
  /** Of the token that it is about, in hexadecimal. */
  sha256: string | null;
  detail: Record<string, unknown>;
};

/** One query for the tokens of all of them. */
export async function viewEvents(events: readonly AuditEvent[]): Promise<AuditEventView[]> {
  const numbers = [...new Set(events.flatMap(({ tokenNumber }) => (tokenNumber === null ? [] : [tokenNumber])))];
  const rows =
    numbers.length > 0
      ? await reader().issuedToken.findMany({
          where: { number: { in: numbers } },
          select: {
            ...{ number: true, jti: true, sha256: true, keyLabel: true, room: true, subject: true },
            ...{ actorKind: true, actorName: true, via: true },
          },
        })
      : [];
  const tokens = new Map(rows.map(({ number, ...token }) => [number, token]));
  return events.map((event) => {
    const { sequence, at } = event;
    const body = tryToReadBody(event.body);
    if (!body) return unreadable(event);
    const token = body.tokenNumber === undefined ? undefined : tokens.get(body.tokenNumber);
    return {
      sequence,
      at,
      action: body.action,
      outcome: body.outcome,
      actorKind: body.actor?.kind ?? token?.actorKind ?? "not known",
      actorName: body.actor ? actorWords(body.actor) : (token?.actorName ?? "Not known"),
      via: body.via ?? token?.via ?? "not known",
      address: body.address,
      userAgent: body.userAgent,
      requestId: body.requestId,
      keyLabel: body.key?.label ?? token?.keyLabel ?? null,
      room: token?.room ?? null,
      subject: token?.subject ?? null,
      tokenNumber: body.tokenNumber ?? null,
      jti: token ? jtiOf(token.jti) : (body.jti ?? null),
      sha256: body.sha256 ?? (token ? hexOf(token.sha256) : null),
      detail: body.detail ?? {},
    };
  });
}

/** What only a later version can read: where it lies in the log, and what its index tells. */
function unreadable({ sequence, at, action, tokenNumber }: AuditEvent): AuditEventView {
  return {
    ...{ sequence, at, action, tokenNumber, outcome: "not readable" },
    ...{
      actorKind: "not known",
      actorName: "Not readable",
      via: "not known",
      address: "",
      userAgent: "",
      requestId: "",
    },
    ...{ keyLabel: null, room: null, subject: null, jti: null, sha256: null, detail: {} },
  };
}
