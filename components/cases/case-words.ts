/** How many tokens a case has collected, how many of them were altered after issuing, and what they may do, in words. */
import type { CaseView } from "@/lib/cases/view";
import { digitsAtMost } from "@/lib/count-at-most";
import { rightsOf } from "@/lib/text/reach";

/** "3 tokens", "1 altered token", "3 tokens, 2 of them altered". */
export function tokensOf({ tokens, altered }: Pick<CaseView, "tokens" | "altered">): string {
  const count = `${digitsAtMost(tokens)}${altered === tokens ? " altered" : ""} ${tokens === 1 ? "token" : "tokens"}`;
  return altered > 0 && altered < tokens ? `${count}, ${digitsAtMost(altered)} of them altered` : count;
}

/** "moderator and REST API", "joins only", "not accepted by Acme": what the worst of them may do. */
export const mightOf = (
  each: Pick<CaseView, "tokens" | "refused" | "refusedBy" | "moderates" | "callsRest">,
): string => (each.tokens > 0 && each.refused === each.tokens ? `not accepted by ${each.refusedBy}` : rightsOf(each));
