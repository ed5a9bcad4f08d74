/** `GET /api/v1/tokens`: the ledger, newest first, page by page, found as the audit page finds it; of a credential that is bound to keys, theirs. */
import { listEvents } from "@/lib/audit/list";
import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { findTokens } from "@/lib/ledger/find";
import { parseInput } from "@/lib/parse-input";
import * as z from "@/lib/zod";
import { cursor, named, readCursor, refuseUnread, writeCursor, yes } from "./lists";
import { type LedgerPage, unknownParameter } from "./schema";

export const ListTokensQuery = z.strictObject(
  {
    key: named(40).describe("Those of this key, by its id (`GET /api/v1/keys`)."),
    room: named(200).describe("Those for this room."),
    participant: named(200).describe("Those for this participant."),
    active: yes.describe("Those that have not expired."),
    cursor,
  },
  { error: unknownParameter },
);

export async function listTokensForService(actor: Service, query: unknown): Promise<z.output<typeof LedgerPage>> {
  await authorize(actor, "audit.read");
  const { cursor, ...filters } = parseInput(ListTokensQuery, query, "Nothing was read.");
  refuseUnread(filters);
  const before = readCursor("tokens", filters, cursor);
  const { events, next } = await listEvents(actor, { ...filters, tokens: "1", before });
  const rows = await findTokens(events.flatMap(({ tokenNumber }) => tokenNumber ?? []));
  return {
    tokens: rows.reverse().map((row) => ({
      ...{ number: row.number, jti: row.jti, keyId: row.keyId, keyLabel: row.keyLabel, via: row.via },
      issuedBy: { kind: row.actorKind, id: row.actorId, name: row.actorName },
      ...{ issuedAt: row.issuedAt, expiresAt: row.expiresAt, revokedAt: row.revokedAt && Math.floor(row.revokedAt) },
      ...{ room: row.room, participant: row.subject, template: row.templateName, batch: row.batchNumber },
      ...{ purpose: row.purpose, claims: row.claims },
    })),
    next: writeCursor("tokens", filters, next),
  };
}
