/** Lists cases, page by page, or the newest of a key or of those that are open, with what their tokens come to. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { PAGE_SIZE, type PageOf } from "@/lib/page-of";
import { type CaseView, viewCase } from "./view";

/** @param asked from 1 @returns newest first */
export async function listCases(actor: Actor, asked: number): Promise<PageOf<CaseView>> {
  await authorize(actor, "case.read");
  // Numbered without gaps.
  const newest = await reader().case.findFirst({ orderBy: { number: "desc" }, select: { number: true } });
  const total = newest?.number ?? 0;
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(asked, pages);
  const rows = await reader().case.findMany({
    where: { number: { lte: total - (page - 1) * PAGE_SIZE } },
    orderBy: { number: "desc" },
    take: PAGE_SIZE,
  });
  return { rows: await Promise.all(rows.map(viewCase)), page, pages, total };
}

/** Nobody has that many, unless something is very wrong. */
const MOST_CASES = 50;

/** @param which of one key; or those that nobody has acknowledged @returns newest first */
export async function newestCases(actor: Actor, which: { keyId: string } | { openOnly: true }): Promise<CaseView[]> {
  await authorize(actor, "case.read");
  const rows = await reader().case.findMany({
    where: "keyId" in which ? { keyId: which.keyId } : { acknowledgedAt: null },
    orderBy: { number: "desc" },
    take: MOST_CASES,
  });
  return Promise.all(rows.map(viewCase));
}
