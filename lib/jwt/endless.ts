/** From when on the end of a token is none. Knows no words: whatever reads a payload may ask. */
import { secondsPer } from "@/lib/text/span";

/** From here on a number is no second of our age (year 5138) but a millisecond after 1973. */
export const MILLISECONDS_FROM = 1e11;
/** An end that is further ahead than a life is long is none. */
export const ENDLESS_FROM_SECONDS = 100 * 365 * secondsPer.d;

/** @param now seconds since 1970, as `exp` */
export const isEndless = (exp: number, now: number): boolean =>
  exp >= MILLISECONDS_FROM || exp - now > ENDLESS_FROM_SECONDS;
