/** An audit event as pages show it: what its body says, and of a token of the ledger what stands there. */
import { now } from "@/lib/clock";
import { isCutShortAt } from "@/lib/cut-short";
import { reader } from "@/lib/db";
import { type LedgerRow, ledgerRow } from "@/lib/ledger/row";
import { profileOf } from "@/lib/profiles/registry";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import type { AuditEvent } from "@/prisma/generated/client";
import { UNKNOWN, UNREADABLE } from "./actions";
import { hexOf } from "./bytes";
import { actorWords, tryToReadBody } from "./event";

/** What the ledger says of the token that an event is about; `actorName`: who issued it. */
export type LedgerView = Pick<LedgerRow, "purpose" | "startsAt" | "expiresAt" | "actorName"> & {
  /** Its template's name, or what its claims make it. */
  kind: string;
  revoked: boolean;
  /** Whether its key is disabled here. */
  keyDisabled: boolean;
  /** The vendor, by its name, that refuses it before its end, since the secret that signed it is retired; null: it does not, or it is over. */
  refusedBy: string | null;
};

/** A token that was signed elsewhere, as its case knows it. */
export type CaseView = {
  number: number;
  /** Null: it never ends, or says no end that can be read. */
  expiresAt: number | null;
  issuedAt: number | null;
  /** Null: it says no beginning that can be read. */
  startsAt: number | null;
  room: string | null;
  subject: string | null;
  moderates: boolean;
  callsRest: boolean;
  /** The vendor that takes it at no time, by its name; null: it may be taken. */
  refusedBy: string | null;
};

export type AuditEventView = {
  sequence: number;
  at: Date;
  action: string;
  outcome: string;
  /** Of whoever did it: a kind of actor, or "visitor". */
  actorKind: string;
  /** Null: a visitor, or the system. */
  actorId: string | null;
  /** Of whoever did it, in words for people, as they were called then. */
  actorName: string;
  /** Empty: none, as of what the desk does by itself. */
  via: string;
  address: string;
  userAgent: string;
  requestId: string;
  keyId: string | null;
  keyLabel: string | null;
  room: string | null;
  subject: string | null;
  /** The ledger's. */
  tokenNumber: number | null;
  jti: string | null;
  /** Of the token that it is about, in hexadecimal. */
  sha256: string | null;
  token: LedgerView | null;
  case: CaseView | null;
  /** To whom it was done, or who is asked for; null: nobody. */
  memberId: string | null;
  detail: Record<string, unknown>;
  /** The text that was written once. */
  recorded: string;
};

/** In this order; those that are not there are left out. */
export async function viewSequences(sequences: readonly number[]): Promise<AuditEventView[]> {
  if (sequences.length === 0) return [];
  const rows = await reader().auditEvent.findMany({ where: { sequence: { in: [...sequences] } } });
  const views = new Map((await viewEvents(rows)).map((view) => [view.sequence, view]));
  return sequences.flatMap((sequence) => views.get(sequence) ?? []);
}

/** One query for the tokens of all of them, one for the secrets that signed these, and one for the cases. */
export async function viewEvents(events: readonly AuditEvent[]): Promise<AuditEventView[]> {
  const numbers = [...new Set(events.flatMap(({ tokenNumber }) => (tokenNumber === null ? [] : [tokenNumber])))];
  const hashes = events.flatMap(({ action, sha256 }) =>
    action === "token.signed_elsewhere" && sha256 !== null ? [sha256] : [],
  );
  const [rows, disabled, caseTokens] = await Promise.all([
    numbers.length > 0 ? reader().issuedToken.findMany({ where: { number: { in: numbers } } }) : [],
    numbers.length > 0
      ? reader().signingKey.findMany({ where: { disabledAt: { not: null } }, select: { id: true } })
      : [],
    hashes.length > 0
      ? reader().caseToken.findMany({ where: { sha256: { in: hashes } }, orderBy: { caseNumber: "asc" } })
      : [],
  ]);
  const tokens = new Map(rows.map((row) => [row.number, ledgerRow(row)]));
  const secrets = [...new Set(rows.map(({ secretVersionId }) => secretVersionId))];
  const passed =
    secrets.length > 0
      ? await reader().secretVersion.findMany({
          where: { id: { in: secrets }, retiredAt: { not: null } },
          select: { id: true, retiredAt: true },
        })
      : [];
  const retired = new Map(passed.map(({ id, retiredAt }) => [id, retiredAt]));
  const at = epochSeconds(now());
  const isRefused = ({ secretVersionId, expiresAt }: LedgerRow) =>
    isCutShortAt(at, retired.get(secretVersionId) ?? null, expiresAt);
  const disabledKeys = new Set(disabled.map(({ id }) => id));
  // Of one that was found again after its case was closed: the newest case.
  const cases = new Map(caseTokens.map((token) => [hexOf(token.sha256), token]));
  return events.map((event) => {
    const { sequence, at } = event;
    const body = tryToReadBody(event.body);
    if (!body) return unreadable(event);
    const token = body.tokenNumber === undefined ? undefined : tokens.get(body.tokenNumber);
    const foreign = body.sha256 === undefined ? undefined : cases.get(body.sha256);
    return {
      sequence,
      at,
      action: body.action,
      outcome: body.outcome,
      actorKind: body.actor?.kind ?? token?.actorKind ?? UNKNOWN,
      actorId: event.actorId,
      actorName: body.actor ? actorWords(body.actor) : (token?.actorName ?? "Not known"),
      via: body.via ?? (body.actor ? "" : (token?.via ?? UNKNOWN)),
      address: body.address,
      userAgent: body.userAgent,
      requestId: body.requestId,
      keyId: event.keyId,
      keyLabel: body.key?.label ?? token?.keyLabel ?? null,
      room: token?.room ?? null,
      subject: token?.subject ?? null,
      tokenNumber: body.tokenNumber ?? null,
      jti: token?.jti ?? body.jti ?? null,
      sha256: body.sha256 ?? token?.sha256 ?? null,
      token: token
        ? {
            kind: token.templateName ?? profileOf(token.profile).kindOf(token.claims),
            purpose: token.purpose,
            startsAt: token.startsAt,
            expiresAt: token.expiresAt,
            revoked: token.revokedAt !== null,
            keyDisabled: disabledKeys.has(token.keyId),
            refusedBy: isRefused(token) ? profileOf(token.profile).name : null,
            actorName: token.actorName,
          }
        : null,
      case:
        foreign && event.action === "token.signed_elsewhere"
          ? {
              number: foreign.caseNumber,
              expiresAt: foreign.expiresAt && epochSeconds(foreign.expiresAt),
              issuedAt: foreign.issuedAt && epochSeconds(foreign.issuedAt),
              startsAt: foreign.startsAt && epochSeconds(foreign.startsAt),
              ...{ room: foreign.room, subject: foreign.subject },
              ...{ moderates: foreign.moderates, callsRest: foreign.callsRest },
              refusedBy: foreign.refusedBy && profileOf(foreign.refusedBy).name,
            }
          : null,
      memberId: body.memberId ?? null,
      detail: body.detail ?? {},
      recorded: event.body,
    };
  });
}

/** What only a later version can read: where it lies in the log, and what its index tells. */
function unreadable({ sequence, at, action, tokenNumber, actorId, keyId, body }: AuditEvent): AuditEventView {
  return {
    ...{ sequence, at, action, tokenNumber, actorId, keyId, outcome: UNREADABLE },
    ...{
      actorKind: UNKNOWN,
      actorName: "Not readable",
      via: UNKNOWN,
      address: "",
      userAgent: "",
      requestId: "",
    },
    ...{ keyLabel: null, room: null, subject: null, jti: null, sha256: null, token: null, case: null, memberId: null },
    ...{ detail: {}, recorded: body },
  };
}
