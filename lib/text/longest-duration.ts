/** The longest lifetime that a form takes. Browser-safe. */
import { secondsPer } from "./span";

/** Ten years of 365 days, in seconds: twice the longest that VideoSDK's dashboard offers. More is a typing error. */
export const longestDurationSeconds = 3650 * secondsPer.d;
