/** An instant as a JWT counts it: in seconds since 1970 (RFC 7519, NumericDate). */

export const epochSeconds = (at: Date): number => at.getTime() / 1000;

/** The second that has begun by then, as `iat` and `exp` say it. */
export const wholeEpochSeconds = (at: Date): number => Math.floor(epochSeconds(at));
