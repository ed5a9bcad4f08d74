/** How much may be asked of the server at once. Browser-safe, and apart from the table of limits, which the decoder would load with it. */

/** More than any server takes in a header (Node's own limit is 16 KB for all of them): such a token goes nowhere. */
export const LONGEST_SENDABLE = 64 * 1024;

/** As many as one look-up answers at once. */
export const MOST_LOOKED_UP = 2_000;

/** What a form can show, and a person look through. */
export const MOST_TEMPLATES = 100;
/** Of one member, waiting or declined: nobody fills the admins' list alone. */
export const MOST_PROPOSALS = 20;

/** As many as are revoked at once where each is named: what one statement takes. */
export const MOST_REVOKED = 900;

/** As many as one batch issues. */
export const MOST_IN_BATCH = 10_000;
