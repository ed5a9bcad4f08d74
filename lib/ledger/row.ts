/** A row of the ledger as the rest of the product sees it: claims parsed once, instants in seconds since 1970, ids and hashes as text. Never the token: nobody has it. */

import { hexOf, jtiOf } from "@/lib/audit/bytes";
import type { ActorKind, Via } from "@/lib/auth/actor";
import { namesOf } from "@/lib/names-of";
import type { Claims } from "@/lib/profiles/profile";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import * as z from "@/lib/zod";
import type { IssuedToken } from "@/prisma/generated/client";

export type LedgerRow = {
  /** "No. 48,213". */
  number: number;
  jti: string;
  /** The vendor. */
  profile: string;
  keyId: string;
  keyLabel: string;
  secretVersionId: string;
  actorKind: ActorKind;
  /** Null: the system. */
  actorId: string | null;
  actorName: string;
  /** The session that asked for it, or the credential. */
  sessionId: string | null;
  credentialId: string | null;
  via: Via;
  issuedAt: number;
  /** Of one that waits for its start, or did; null: it began when it was issued. */
  startsAt: number | null;
  expiresAt: number;
  ttlSeconds: number;
  /** As they were signed. */
  claims: Claims;
  room: string | null;
  subject: string | null;
  moderates: boolean;
  callsRest: boolean;
  /** Null: from none. */
  templateId: string | null;
  /** What it was called then. */
  templateName: string | null;
  /** How often it had been changed by then, counted from 1; null: the vendor's, or none. */
  templateVersion: number | null;
  /** Null: issued alone. */
  batchNumber: number | null;
  purpose: string;
  /** Of the token, in hexadecimal. */
  sha256: string;
  /** A mark of ours: the vendor does not consult it. */
  revokedAt: number | null;
  /** Who set it, as they were called then, and why. */
  revokedByName: string | null;
  revokedReason: string | null;
};

/** As it is, whatever its members are called: signed again, it must give the same bytes. */
const ClaimsObject = z.custom<Claims>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "A ledger row's claims are no JSON object.",
);

// Tables, so that a kind or a way in that is new elsewhere does not compile here: a row of it could not be read.
const kinds = { member: true, service: true, endpoint: true, system: true } satisfies Record<ActorKind, true>;
const waysIn = { dashboard: true, api: true, endpoint: true, shell: true } satisfies Record<Via, true>;
const Kind = z.enum(namesOf(kinds));
const WayIn = z.enum(namesOf(waysIn));

/** @param text a row's, as JSON @throws Error when that is no JSON object */
export const claimsIn = (text: string): Claims => ClaimsObject.parse(JSON.parse(text));

/** @throws Error when the claims are no JSON object, or who asked or their way in is of no known kind: no row that this desk wrote is so */
export function ledgerRow(row: IssuedToken): LedgerRow {
  const { jti, sha256, issuedAt, expiresAt, revokedAt, ...rest } = row;
  const claims = claimsIn(row.claims);
  return {
    ...rest,
    actorKind: Kind.parse(rest.actorKind),
    via: WayIn.parse(rest.via),
    jti: jtiOf(jti),
    sha256: hexOf(sha256),
    claims,
    issuedAt: epochSeconds(issuedAt),
    startsAt: typeof claims.nbf === "number" ? claims.nbf : null,
    expiresAt: epochSeconds(expiresAt),
    revokedAt: revokedAt && epochSeconds(revokedAt),
  };
}
