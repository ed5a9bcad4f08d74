/** How many tokens a case has collected, and how many of them were altered after issuing, in words. */
import type { CaseView } from "@/lib/cases/view";
import { groupDigits } from "@/lib/text/group-digits";

/** "3 tokens", "1 altered token", "3 tokens, 2 of them altered". */
export function tokensOf({ tokens, altered }: Pick<CaseView, "tokens" | "altered">): string {
  const count = `${groupDigits(tokens)}${altered === tokens ? " altered" : ""} ${tokens === 1 ? "token" : "tokens"}`;
  return altered > 0 && altered < tokens ? `${count}, ${groupDigits(altered)} of them altered` : count;
}
