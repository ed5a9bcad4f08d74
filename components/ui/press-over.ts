/** A press that leaves a field brings up what is wrong with it, which would move whatever is pressed away from under the pointer before the press is a click. */

/** Of a press by a menu of the browser the page sees no end: then what is typed next ends it, or what that menu has put in. */
const ENDS = ["click", "pointercancel", "keydown", "input"] as const;
/** By a finger the field is left, and clicked, only once that is up; what is no click by then was a drag. */
const UNTIL_CLICK_MS = 400;

/** @returns once the press that begins now has become a click, or is none */
export const pressOver = (): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      for (const event of ENDS) window.removeEventListener(event, over, true);
      // What is clicked has its turn.
      setTimeout(resolve);
    };
    for (const event of ENDS) window.addEventListener(event, over, true);
    window.addEventListener("pointerup", () => setTimeout(over, UNTIL_CLICK_MS), { capture: true, once: true });
  });
