/** For a button beside fields: the caret stays where it is, of an instant at its hour, and a phone's keyboard on the screen. */
import type { MouseEvent } from "react";

/** Spread on the button. */
export const staysInField = { onMouseDown: (event: MouseEvent) => event.preventDefault() };
