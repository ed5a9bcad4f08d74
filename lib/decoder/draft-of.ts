/** The draft that repairs a token; undefined where nothing would be corrected. Browser-safe. Whether it may be offered, lib/decoder/may-repair.ts says. */
import { parsePath } from "@/lib/jwt/path";
import type { Claims, Repairing } from "@/lib/profiles/profile";
import { type Draft, repair } from "./repair";
import type { Verdict } from "./verdict";

/** @param repairing that of the token's vendor */
export function draftOf(
  { claims, verdict }: { claims: Claims | undefined; verdict: Pick<Verdict, "times" | "layers"> },
  repairing: Repairing,
): Draft | undefined {
  const draft = claims && repair(repairing, claims, verdict.times, standingTwice(verdict));
  return draft && draft.changes.length > 0 ? draft : undefined;
}

/** The claims that stand more than once. */
function standingTwice({ layers }: Pick<Verdict, "layers">): ReadonlySet<string> {
  const paths = layers.flatMap(({ findings }) =>
    findings.flatMap(({ code, path }) => (code === "duplicate-name" && path ? [parsePath(path)] : [])),
  );
  const ofClaims = paths.filter((path) => path?.root === "payload" && path.parts.length === 1);
  return new Set(ofClaims.map((path) => String(path?.parts[0])));
}
