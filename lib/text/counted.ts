/** A number with its noun. Browser-safe. */
import { groupDigits } from "./group-digits";

/** "1 token", "48,213 tokens". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${groupDigits(count)} ${count === 1 ? one : many}`;
