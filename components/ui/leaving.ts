"use client";
/** Lets a page that holds something which is nowhere else be asked before it is left; whoever leaves it by anything but a link says so here first. */

/** Goes on, or not, once the person has been asked. */
type Guard = (leave: () => void) => void;

let guard: Guard | undefined;

/** @returns takes the guard away again */
export function guardLeaving(ask: Guard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = undefined;
  };
}

/** Does what leaves the page: at once, or when the person wants to. */
export function leaveBy(leave: () => void): void {
  if (guard) guard(leave);
  else leave();
}
