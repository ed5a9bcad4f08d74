/** How much one request may ask. Browser-safe; apart from the schemas, so that a page can know it without loading them. */

/** Longer than any token that a header can carry, short enough to check at once. */
export const MAX_TOKEN_CHARACTERS = 2_000_000;

/** As many as one look-up answers at once. */
export const MOST_LOOKED_UP = 2_000;
