"use client";
/** Lets a page that holds something which is nowhere else be asked before it is left; whoever leaves it by anything but a link says so here first. */

/** Goes on, or not, once the person has been asked. */
type Guard = (leave: () => void) => void;

/** The last one asks: what is under way, before what is shown. */
let guards: readonly Guard[] = [];

/** @returns takes the guard away again */
export function guardLeaving(ask: Guard): () => void {
  guards = [...guards, ask];
  return () => {
    guards = guards.filter((each) => each !== ask);
  };
}

/** Does what leaves the page: at once, or when the person wants to. */
export function leaveBy(leave: () => void): void {
  const guard = guards.at(-1);
  if (guard) guard(leave);
  else leave();
}
