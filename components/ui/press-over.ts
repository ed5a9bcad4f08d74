/** A press that leaves a field brings up what is wrong with it, which would move whatever is pressed away from under the pointer before the press is a click. */

/** By a finger the field is left only once that is up. And a press that opens a menu of the browser has no end that the page sees. */
const ENDS = ["click", "pointercancel", "keydown"] as const;
/** Then it is none. */
const LONGEST_MS = 1_000;

/** @returns once the press that begins now has become a click, or is none */
export const pressOver = (): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(none);
      for (const event of ENDS) window.removeEventListener(event, over, true);
      // What is clicked has its turn.
      setTimeout(resolve);
    };
    const none = setTimeout(over, LONGEST_MS);
    for (const event of ENDS) window.addEventListener(event, over, true);
  });
