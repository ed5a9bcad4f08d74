/** A number as people read it on every page: 48213 → "48,213". Browser-safe. */

// Kept: making one takes milliseconds, and a page may show hundreds of numbers.
const format = new Intl.NumberFormat("en-US");

export function groupDigits(value: number): string {
  return format.format(value);
}
