/** What time it is, for everything that is recorded. Whoever tells what happened earlier (the demo) brings a time along; nothing that comes in through a door can. */
import { AsyncLocalStorage } from "node:async_hooks";

const told = new AsyncLocalStorage<Date>();

export function now(): Date {
  return told.getStore() ?? new Date();
}

/** Runs `work` as if it were `time`. */
export function atTime<T>(time: Date, work: () => T): T {
  return told.run(time, work);
}
