/** How many tokens, in words. Browser-safe. */
import { groupDigits } from "./group-digits";

/** "1 token", "48,213 tokens". */
export const tokensInWords = (count: number): string => (count === 1 ? "1 token" : `${groupDigits(count)} tokens`);
