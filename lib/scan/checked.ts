/** What the decoder says of a found token now that the server has checked its signature, from each instant on at which that changes. Browser-safe. */
import type { Inspection } from "@/lib/decoder/inspection";
import { leakBy } from "@/lib/decoder/inspection-findings";
import { judge, reasonOf } from "@/lib/decoder/verdict";
import { ENDLESS_FROM_SECONDS } from "@/lib/jwt/endless";
import { readToken } from "@/lib/jwt/read";
import { profileOf, profileOfClaims, vendors } from "@/lib/profiles/registry";
import { type Checked, changesOf } from "./scan-state";

/** @param present seconds since 1970: what is asked of it later on is told */
export function checkedBy(token: string, inspection: Inspection, present: number): Checked {
  const reading = readToken(token, vendors);
  if (reading.kind !== "token") return { phases: [], bySecretOfOurs: false };
  const profile = inspection.profile ? profileOf(inspection.profile) : profileOfClaims(reading.claims);
  const judgeAt = (now: number) => judge(profile, reading, { server: { state: "answered", inspection }, now });
  const { createdAt = 0, ...limits } = judgeAt(present).times;
  const endlessUntil = (limits.expiresAt ?? 0) - ENDLESS_FROM_SECONDS;
  const instants = [0, createdAt, Math.max(0, endlessUntil), ...changesOf([limits])].sort((a, b) => a - b);
  const phases = instants.map((from) => {
    const verdict = judgeAt(from);
    const { word, tone, alarm } = verdict;
    return { from, state: { word, tone, reason: reasonOf(verdict), ...(alarm && { alarm }) } };
  });
  const caseNumber = inspection.elsewhere?.caseNumber;
  // Used rightly or by mistake.
  const bySecretOfOurs = leakBy(inspection.signature) !== undefined;
  return { phases, bySecretOfOurs, ...(caseNumber !== undefined && { caseNumber }) };
}
