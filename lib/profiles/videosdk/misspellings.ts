/** Finds claims whose name is almost a known one: `apiKey`, `api_key`, `role`, `room_id`. Compares names only, by case, separators and plural; guesses no other meaning. */
import type { Finding } from "@/lib/jwt/finding";
import { formatPath } from "@/lib/jwt/path";
import type { Claims } from "@/lib/profiles/profile";
import { claimNames, hasClaim, scopedClaims } from "@/lib/profiles/videosdk/claims";
import { ruleFinding } from "@/lib/profiles/videosdk/finding";
import { shorten } from "@/lib/text/shorten";

/** A claim `found` in the payload, and the known name that it was `meant` to be. */
export type Misspelling = { found: string; meant: string };

const longestName = 40;
const mostFindings = 10;

const meantBy = new Map(claimNames.map((name): [string, string] => [skeleton(name), name]));
// The SDKs call a room a meeting, so this one is written in good faith.
meantBy.set("meetingid", "roomId");

function skeleton(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/s$/, "");
}

/** The misspelt claims of a payload, at most ten. */
export function misspellings(claims: Claims): Misspelling[] {
  const found: Misspelling[] = [];
  for (const name of Object.keys(claims)) {
    if (found.length === mostFindings) break;
    if (name.length > longestName || claimNames.some((known) => known === name)) continue;
    const meant = meantBy.get(skeleton(name));
    if (meant !== undefined) found.push({ found: name, meant });
  }
  return found;
}

/** Whether a payload is meant for VideoSDK: it has one of the two claims that are required there, in some spelling. */
export function recognises(claims: Claims): boolean {
  const required = ["apikey", "permissions"];
  return (
    required.some((name) => hasClaim(claims, name)) ||
    misspellings(claims).some(({ meant }) => required.includes(meant))
  );
}

/**
 * One finding, `claim-misspelt`, for each: an error where the right claim is thereby missing and required, else a
 * warning. That VideoSDK ignores a claim it does not know is inferred: its builder tolerates further claims.
 */
export function misspellingRules(claims: Claims, misspelt: Misspelling[]): Finding[] {
  const scoped = scopedClaims.some((name) => hasClaim(claims, name));
  return misspelt.map(({ found, meant }) => {
    const path = formatPath("payload", [found]);
    const written = shorten(found);
    const remedy = `Name the claim ${meant}.`;
    if (hasClaim(claims, meant)) {
      const message = `${written} stands beside ${meant}: VideoSDK reads ${meant} and ignores this one.`;
      return ruleFinding("warning", "claim-misspelt", path, { message, remedy: `Remove ${written}.` });
    }
    if (meant === "apikey" || meant === "permissions") {
      const message = `The claim is called ${meant}, not ${written}: VideoSDK does not find it, and it is required.`;
      const vendor = meant === "apikey" ? 4001 : 4008;
      return ruleFinding("error", "claim-misspelt", path, { message, remedy, vendor });
    }
    const severity = meant === "version" && scoped ? "error" : "warning";
    const message = `The claim is called ${meant}, not ${written}: VideoSDK ignores it, so it has no effect.`;
    return ruleFinding(severity, "claim-misspelt", path, { message, remedy });
  });
}
