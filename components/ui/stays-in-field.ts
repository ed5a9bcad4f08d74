/** For a button beside fields: leaving a field shows its error, and that would move the button away from under the pointer before the click is one. */
import type { MouseEvent } from "react";

/** Spread on the button. */
export const staysInField = { onMouseDown: (event: MouseEvent) => event.preventDefault() };
