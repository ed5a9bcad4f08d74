/** A press that leaves a field brings up what is wrong with it, which would move whatever is pressed away from under the pointer before the press is a click. */

/** @returns once the press that begins now is over, and is a click if it is one */
export const pressOver = (): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      for (const event of ENDS) window.removeEventListener(event, over, true);
      setTimeout(resolve);
    };
    for (const event of ENDS) window.addEventListener(event, over, true);
  });

/** A drag is not let go where it is seen. */
const ENDS = ["pointerup", "pointercancel"] as const;
