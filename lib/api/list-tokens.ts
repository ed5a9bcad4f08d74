/** `GET /api/v1/tokens`: the ledger, newest first, page by page, found as the audit page finds it; of a credential that is bound to keys, theirs. */
import { listEvents } from "@/lib/audit/list";
import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { findTokens } from "@/lib/ledger/find";
import { parseInput } from "@/lib/parse-input";
import * as z from "@/lib/zod";
import { CURSOR, type LedgerPage, namesOne, unknownField } from "./schema";

const named = (longest: number) => namesOne(z.string().max(longest, "This is too long.")).optional();

export const ListTokensQuery = z.strictObject(
  {
    key: named(40).describe("The id of a key (`GET /api/v1/keys`)."),
    room: named(200).describe("Those for this room."),
    participant: named(200).describe("Those for this participant."),
    active: z.enum(["1", "true"], "Write 1, or leave it out.").optional().describe("Only those that have not expired."),
    cursor: z.string().regex(CURSOR, "Send the `next` of the page before.").optional(),
  },
  { error: unknownField },
);

export async function listTokensForService(actor: Service, query: unknown): Promise<z.output<typeof LedgerPage>> {
  await authorize(actor, "audit.read");
  const { cursor, active, ...filters } = parseInput(ListTokensQuery, query, "Nothing was read.");
  const { events, next } = await listEvents(actor, {
    ...{ ...filters, tokens: "1", before: cursor },
    ...(active === undefined ? {} : { active: "1" }),
  });
  const rows = await findTokens(events.flatMap(({ tokenNumber }) => tokenNumber ?? []));
  return {
    tokens: rows.reverse().map((row) => ({
      ...{ number: row.number, jti: row.jti, keyId: row.keyId, keyLabel: row.keyLabel, via: row.via },
      issuedBy: { kind: row.actorKind, id: row.actorId, name: row.actorName },
      ...{ issuedAt: row.issuedAt, expiresAt: row.expiresAt, revokedAt: row.revokedAt && Math.floor(row.revokedAt) },
      ...{ room: row.room, participant: row.subject, template: row.templateName, batch: row.batchNumber },
      ...{ purpose: row.purpose, claims: row.claims },
    })),
    next: next === undefined ? null : String(next),
  };
}
