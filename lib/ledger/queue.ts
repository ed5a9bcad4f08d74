/** The queue before the ledger: whoever arrives in the same turn of the event loop, or while a commit is under way, shares the next one. Each succeeds or fails alone, and is answered only after the commit. Knows no row; enter.ts writes them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { preparedTransaction, type Statements } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";
import { isWriteFailure } from "@/lib/write-failure";
import type { Entered, NewEntry } from "./new-entry";

/** What one caller wants entered. */
type Waiting = { entry: NewEntry; resolve: (entered: Entered) => void; reject: (error: unknown) => void };

type Queue = { waiting: Waiting[]; busy: boolean };

/** Writes what the callers want, all at once; an answer for each of them, in their order. */
export type EnterGroup = (statements: Statements, entries: readonly NewEntry[]) => (Entered | AppError)[];

/** As many share a commit: more of them would keep the others waiting. */
const MOST_IN_GROUP = 32;
/** Of more, half: while these are written, those who were answered before can ask again, and the thread has always something to do. */
const LEAST_HALVED = 8;

const share = (waiting: number) => Math.min(MOST_IN_GROUP, Math.max(LEAST_HALVED, Math.ceil(waiting / 2)));

// Whoever issues, from whichever copy of this module, stands in one queue.
const ledgerQueue = () => processWide("ledger queue", (): Queue => ({ waiting: [], busy: false }));

/** @throws what the caller's own entry was refused for, or what failed the commit: then it was not entered */
export function shareCommit(entry: NewEntry, enterGroup: EnterGroup): Promise<Entered> {
  const queue = ledgerQueue();
  const entered = new Promise<Entered>((resolve, reject) => queue.waiting.push({ entry, resolve, reject }));
  if (!queue.busy) drain(queue, enterGroup);
  return entered;
}

async function drain(queue: Queue, enterGroup: EnterGroup): Promise<void> {
  queue.busy = true;
  try {
    while (queue.waiting.length > 0) {
      // A commit holds up the whole process: nobody can arrive during it, but several may be ready right after it.
      await nextTurn();
      await commit(() => queue.waiting.splice(0, share(queue.waiting.length)), enterGroup);
    }
  } finally {
    queue.busy = false;
  }
}

/**
 * Answers everybody, whatever happens.
 * @param take chooses whom, once nobody else writes: until then more may come
 */
async function commit(take: () => Waiting[], enterGroup: EnterGroup): Promise<void> {
  const group: Waiting[] = [];
  try {
    const answers = await preparedTransaction((statements) => {
      // At another attempt it is the same one.
      if (group.length === 0) group.push(...take());
      return enterGroup(
        statements,
        group.map(({ entry }) => entry),
      );
    });
    for (const [index, { resolve, reject }] of group.entries()) {
      const answer = answers[index];
      if (answer instanceof AppError) reject(answer);
      else if (answer) resolve(answer);
      else reject(new Error("A ledger entry got no answer."));
    }
  } catch (error) {
    if (group.length === 0) group.push(...take());
    // One of them may be what the database refuses: then it fails alone.
    if (group.length > 1 && !isWriteFailure(error)) for (const each of group) await commit(() => [each], enterGroup);
    else for (const { reject } of group) reject(error);
  }
}
