"use client";
/** Lets a page that holds something which is nowhere else be asked before it is left; whoever leaves it by anything but a link says so here first. */

/** Goes on, or not, once the person has been asked. */
type Guard = (leave: () => void) => void;

/** The last one asks: what is under way, before what is shown. */
let guards: readonly Guard[] = [];

/** @returns whether nobody else is to hear of it: one stays, or is asked first */
type Hold = (event: PopStateEvent) => boolean;

let holds: readonly Hold[] = [];

/** @returns takes the guard away again */
export function guardLeaving(ask: Guard): () => void {
  guards = [...guards, ask];
  return () => {
    guards = guards.filter((each) => each !== ask);
  };
}

export const isGuarded = () => guards.length > 0;

/** Does what leaves the page: at once, or when the person wants to. */
export function leaveBy(leave: () => void): void {
  const guard = guards.at(-1);
  if (guard) guard(leave);
  else leave();
}

/** Hears of each step through the history before the other page is drawn, the first one first. @returns ends that */
export function holdSteps(hold: Hold): () => void {
  holds = [...holds, hold];
  return () => {
    holds = holds.filter((each) => each !== hold);
  };
}

/** Tells those who hold it of a step, from whoever hears of it first. */
export function tellStep(event: PopStateEvent): void {
  if (holds.some((hold) => hold(event))) event.stopImmediatePropagation();
}
