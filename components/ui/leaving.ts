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

/** An entry of the history, of which the browser tells where it stands. */
type Entry = NavigationHistoryEntry;

/** @returns undefined where the browser does not tell */
export const entryNow = (): Entry | undefined => window.navigation?.currentEntry ?? undefined;

function traverseTo({ key }: Entry): void {
  window.navigation.traverseTo(key).committed?.catch((error: DOMException) => {
    // Another step came between, which may have led nowhere: then nobody tells of it.
    if (undone && error.name === "AbortError") undo(undone);
  });
}

/** Where one was before the last move. */
let before: Entry | undefined;

/** A step that is being undone. */
let undone: { home: Entry; wanted: Entry; whenBack: (() => void)[] } | undefined;

/**
 * Undoes the step that is being told: the history is as it was, and nobody hears of it.
 * @param whenBack with what leads on to where one wanted
 * @returns whether the browser can tell where one was
 */
export function undoStep(whenBack: (go: () => void) => void): boolean {
  const wanted = entryNow();
  if (!before || !wanted) return false;
  const step = { home: before, wanted, whenBack: [() => whenBack(() => traverseTo(step.wanted))] };
  undone = step;
  traverseTo(step.home);
  return true;
}

/** Does what depends on where one is: at once, or as soon as a step is undone. */
export function onceStill(run: () => void): void {
  if (undone) undone.whenBack.push(run);
  else run();
}

/** Goes on undoing: one may have gone further meanwhile. */
function undo(step: NonNullable<typeof undone>): void {
  const now = entryNow();
  if (now && now.key !== step.home.key) {
    step.wanted = now;
    traverseTo(step.home);
    return;
  }
  undone = undefined;
  for (const run of step.whenBack) run();
}

/** Remembers where one was, from whoever hears of each move. */
export function tellMove({ from, navigationType }: NavigationCurrentEntryChangeEvent): void {
  before = from;
  // A link has led on meanwhile: there is nothing to come back to.
  if (navigationType === "push") undone = undefined;
}

/** Tells those who hold it of a step, from whoever hears of it first. */
export function tellStep(event: PopStateEvent): void {
  if (undone) undo(undone);
  else if (!holds.some((hold) => hold(event))) return;
  event.stopImmediatePropagation();
}
