/** Counts the cases that nobody has acknowledged, for the shell of every page: one statement, over an index, that stops. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";

/** @returns at most `COUNTED_AT_MOST` */
export async function countOpenCases(actor: Actor): Promise<number> {
  await authorize(actor, "case.read");
  return reader().case.count({ where: { acknowledgedAt: null }, orderBy: { number: "asc" }, take: COUNTED_AT_MOST });
}
