/** A small seeded generator (mulberry32), so that every demo is the same one. Makes no secrets: whoever knows the seed knows all that follows. */

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

export type Random = ReturnType<typeof seededRandom>;

export function seededRandom(seed: number) {
  let state = seed;
  /** From 0 up to, but not including, 1. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number): number => from + next() * (to - from);
  /** Both ends included. */
  const whole = (from: number, to: number): number => Math.floor(between(from, to + 1));
  const chance = (probability: number): boolean => next() < probability;
  // As below, nobody chooses from nothing.
  const pick = <T>(items: readonly T[]): T => items[whole(0, items.length - 1)] as T;
  /** The first items come up far more often than the last. */
  const pickEarly = <T>(items: readonly T[]): T => items[Math.floor(next() ** 2 * items.length)] as T;
  const pickWeighted = <T>(items: readonly (readonly [weight: number, item: T])[]): T => {
    let rest = next() * items.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of items) {
      rest -= weight;
      if (rest < 0) return item;
    }
    // Rounding alone leads here, and nobody chooses from nothing.
    return (items.at(-1) as readonly [number, T])[1];
  };
  const text = (length: number, alphabet = LETTERS_AND_DIGITS): string =>
    Array.from({ length }, () => alphabet.charAt(whole(0, alphabet.length - 1))).join("");
  /** In the form of version 4, as the verbs make them. */
  const uuid = (): string => {
    const hex = text(30, "0123456789abcdef");
    const variant = text(1, "89ab");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`;
  };
  return { between, whole, chance, pick, pickEarly, pickWeighted, text, uuid };
}
