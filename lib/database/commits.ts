/** Remembers whether a piece of work has had something committed: what fails afterwards has not undone it. */
import { AsyncLocalStorage } from "node:async_hooks";

// Next bundles this module more than once into one process, and server.ts loads it too: all share one.
const shared = globalThis as typeof globalThis & { claimcheckCommits?: AsyncLocalStorage<{ committed: boolean }> };

/** For whoever has had something committed by another's transaction. */
export function noteCommit(): void {
  const watched = commits().getStore();
  if (watched) watched.committed = true;
}

function commits() {
  shared.claimcheckCommits ??= new AsyncLocalStorage();
  return shared.claimcheckCommits;
}

/** Runs `work`, and can tell at any time whether one of its transactions has been committed: what failed afterwards has not undone it. */
export function watchCommits<T>(work: () => Promise<T>): { done: Promise<T>; hasCommitted: () => boolean } {
  const watched = { committed: false };
  return { done: commits().run(watched, work), hasCommitted: () => watched.committed };
}
