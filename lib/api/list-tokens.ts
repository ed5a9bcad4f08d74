/** `GET /api/v1/tokens`: the ledger, newest first, page by page; of a credential that is bound to keys, theirs. */
import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now as clock } from "@/lib/clock";
import { reader } from "@/lib/db";
import { ledgerRow } from "@/lib/ledger/row";
import { parseInput } from "@/lib/parse-input";
import * as z from "@/lib/zod";
import type { Prisma } from "@/prisma/generated/client";
import type { LedgerPage } from "./schema";

const unknown = (issue: { code?: string }) =>
  issue.code === "unrecognized_keys" ? "There is no such parameter." : undefined;
const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "Write a whole number.")
    .transform(Number)
    .pipe(z.number().min(1, "Write a number from 1 on.").max(most, `Write at most ${most}.`));

export const MOST_ON_PAGE = 100;

export const page = {
  limit: count(MOST_ON_PAGE).optional().describe(`How many a page has, at most ${MOST_ON_PAGE}; 50 unless said.`),
  cursor: count(999_999_999).optional().describe("`next` of the page before."),
};

export const ListTokensQuery = z.strictObject(
  {
    ...page,
    key: z.string().max(40).optional().describe("The id of a key."),
    room: z.string().max(200).optional(),
    participant: z.string().max(200).optional(),
    active: z.enum(["1", "true"], "Write 1, or leave it out.").optional().describe("Only those that have not expired."),
  },
  { error: unknown },
);

const PAGE = 50;

export async function listTokensForService(actor: Service, query: unknown): Promise<z.output<typeof LedgerPage>> {
  await authorize(actor, "audit.read");
  const { limit = PAGE, cursor, key, room, participant, active } = parseInput(ListTokensQuery, query);
  const keys = actor.keyIds === null ? {} : { in: [...actor.keyIds] };
  const where: Prisma.IssuedTokenWhereInput = {
    ...(cursor === undefined ? {} : { number: { lt: cursor } }),
    ...(key === undefined && actor.keyIds === null
      ? {}
      : { keyId: { ...keys, ...(key === undefined ? {} : { equals: key }) } }),
    ...(room === undefined ? {} : { room }),
    ...(participant === undefined ? {} : { subject: participant }),
    ...(active === undefined ? {} : { expiresAt: { gt: clock() } }),
  };
  const rows = await reader().issuedToken.findMany({ where, orderBy: { number: "desc" }, take: limit + 1 });
  const shown = rows.slice(0, limit).map(ledgerRow);
  return {
    tokens: shown.map((row) => ({
      ...{ number: row.number, jti: row.jti, keyId: row.keyId, keyLabel: row.keyLabel, via: row.via },
      issuedBy: { kind: row.actorKind, id: row.actorId, name: row.actorName },
      ...{ issuedAt: row.issuedAt, expiresAt: row.expiresAt, revokedAt: row.revokedAt },
      ...{ room: row.room, participant: row.subject, template: row.templateName, batch: row.batchNumber },
      ...{ purpose: row.purpose, claims: row.claims },
    })),
    next: rows.length > limit ? String(shown.at(-1)?.number) : null,
  };
}
