/** Reads one case, with the tokens that were collected in it: those that may do most come first. */
import { hexOf } from "@/lib/audit/bytes";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { reader } from "@/lib/db";
import { profileOf } from "@/lib/profiles/registry";
import type { CaseToken } from "@/prisma/generated/client";
import { byDanger } from "./danger";
import { type CaseView, viewCase } from "./view";

export type CaseTokenView = Omit<CaseToken, "sha256" | "caseNumber" | "firstSeenById" | "refusedBy"> & {
  /** In hexadecimal. */
  sha256: string;
  /** The vendor that takes it at no time, by its name; null: it may be taken. */
  refusedBy: string | null;
};

/** @returns undefined when there is no such case */
export async function getCase(
  actor: Actor,
  number: number,
): Promise<(CaseView & { list: CaseTokenView[] }) | undefined> {
  await authorize(actor, "case.read");
  if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) return undefined;
  const row = await reader().case.findUnique({ where: { number } });
  if (!row) return undefined;
  const tokens = await reader().caseToken.findMany({ where: { caseNumber: number } });
  const list = tokens.map(({ sha256, caseNumber: _, firstSeenById: __, refusedBy, ...token }) => ({
    ...token,
    refusedBy: refusedBy && profileOf(refusedBy).name,
    sha256: hexOf(sha256),
  }));
  return { ...(await viewCase(row)), list: list.sort(byDanger(now().getTime())) };
}
