/** The draft that repairs a token; undefined where nothing would be corrected. Browser-safe. Whether it may be offered, lib/decoder/may-repair.ts says. */
import type { Claims, Repairing } from "@/lib/profiles/profile";
import { type Draft, repair } from "./repair";
import type { Verdict } from "./verdict";

/** @param repairing that of the token's vendor */
export function draftOf(
  { claims, verdict }: { claims: Claims | undefined; verdict: Pick<Verdict, "times"> },
  repairing: Repairing,
): Draft | undefined {
  const draft = claims && repair(repairing, claims, verdict.times);
  return draft && draft.changes.length > 0 ? draft : undefined;
}
