/** Lists the newest cases, all or those of a key, with what their tokens come to. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { type CaseView, viewCase } from "./view";

/** Nobody has that many, unless something is very wrong. */
const MOST_CASES = 50;

/** @param keyId of one key; absent: of all @param openOnly those that nobody has acknowledged @returns newest first */
export async function listCases(
  actor: Actor,
  { keyId, openOnly = false }: { keyId?: string; openOnly?: boolean } = {},
): Promise<CaseView[]> {
  await authorize(actor, "case.read");
  const rows = await reader().case.findMany({
    where: { ...(keyId === undefined ? {} : { keyId }), ...(openOnly ? { acknowledgedAt: null } : {}) },
    orderBy: { number: "desc" },
    take: MOST_CASES,
  });
  return Promise.all(rows.map(viewCase));
}
