/** The draft that repairs a token; undefined where nothing would be corrected. Browser-safe. Whether it may be offered, lib/decoder/may-repair.ts says. */
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { type Draft, repair } from "./repair";
import type { Verdict } from "./verdict";

export function draftOf({
  profile,
  claims,
  verdict,
}: {
  /** Its id. */
  profile: string;
  claims: Claims | undefined;
  verdict: Pick<Verdict, "times">;
}): Draft | undefined {
  const draft = claims && repair(profileOf(profile), claims, verdict.times);
  return draft && draft.changes.length > 0 ? draft : undefined;
}
