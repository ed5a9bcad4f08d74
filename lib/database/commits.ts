/** Remembers whether a piece of work has had something committed: what fails afterwards has not undone it. */
import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "../process-wide";

const commits = () => processWide("commits", () => new AsyncLocalStorage<{ committed: boolean }>());

/** For whoever has had something committed by another's transaction. */
export function noteCommit(): void {
  const watched = commits().getStore();
  if (watched) watched.committed = true;
}

/** Runs `work`, and can tell at any time whether one of its transactions has been committed: what failed afterwards has not undone it. */
export function watchCommits<T>(work: () => Promise<T>): { done: Promise<T>; hasCommitted: () => boolean } {
  const watched = { committed: false };
  return { done: commits().run(watched, work), hasCommitted: () => watched.committed };
}
