/** The queue before the ledger: whoever arrives in the same turn of the event loop, or while a commit is under way, shares the next one. Each succeeds or fails alone, and is answered only after the commit. Knows no row; enter.ts writes them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { noteNumbers } from "@/lib/audit/next-number";
import { preparedTransaction, type Statements } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";
import { isWriteFailure } from "@/lib/write-failure";
import type { Entered, NewEntry } from "./new-entry";

/** What one caller wants entered. */
type Waiting = { entry: NewEntry; resolve: (entered: Entered) => void; reject: (error: unknown) => void };

type Queue = {
  waiting: Waiting[];
  /** Groups that are being written. */
  underWay: number;
  /** Where the last of them leaves the books, if all goes well. */
  ahead?: Ahead | undefined;
};

/** What is decided, and can't be read yet: the numbers taken last, and the token ids. */
export type Ahead = { numbers: Record<"ledger" | "audit", number>; jtis: readonly string[] };

/** An answer for each of the callers, in their order; `left`: undefined where nothing is written. */
export type Decided = { answers: (Entered | AppError)[]; left: Ahead | undefined };

/** Decides what the callers want, all at once, behind what is still being written. */
export type EnterGroup = (statements: Statements, entries: readonly NewEntry[], ahead: Ahead | undefined) => Decided;

/** As many share a commit: more of them would keep the others waiting. */
const MOST_IN_GROUP = 32;
/** Of more, half: while these are written, those who were answered before can ask again. */
const LEAST_HALVED = 8;
/** So many are worth a group that waits for the one before it: with fewer, more would come until that is written. */
const ENOUGH_BEHIND = 4;
/** One is written, and one has been decided: the thread has always something to do. */
const MOST_UNDER_WAY = 2;

const share = (waiting: number) => Math.min(MOST_IN_GROUP, Math.max(LEAST_HALVED, Math.ceil(waiting / 2)));

// Whoever issues, from whichever copy of this module, stands in one queue.
const ledgerQueue = () => processWide("ledger queue", (): Queue => ({ waiting: [], underWay: 0 }));

/** @throws what the caller's own entry was refused for, or what failed the commit: then it was not entered */
export function shareCommit(entry: NewEntry, enterGroup: EnterGroup): Promise<Entered> {
  const queue = ledgerQueue();
  const entered = new Promise<Entered>((resolve, reject) => queue.waiting.push({ entry, resolve, reject }));
  serve(queue, enterGroup);
  return entered;
}

async function serve(queue: Queue, enterGroup: EnterGroup): Promise<void> {
  const most = queue.waiting.length < ENOUGH_BEHIND ? 1 : MOST_UNDER_WAY;
  if (queue.waiting.length === 0 || queue.underWay >= most) return;
  queue.underWay++;
  // Several may be ready in the same turn.
  await nextTurn();
  if (queue.waiting.length > 0)
    await commit(queue, () => queue.waiting.splice(0, share(queue.waiting.length)), enterGroup);
  queue.underWay--;
  serve(queue, enterGroup);
}

/**
 * Answers everybody, whatever happens.
 * @param take chooses whom, once it is their turn: until then more may come
 */
async function commit(queue: Queue, take: () => Waiting[], enterGroup: EnterGroup): Promise<void> {
  let group: Waiting[] | undefined;
  let left: Ahead | undefined;
  // From here on it can be read, or is not so.
  const settled = () => {
    if (left && queue.ahead === left) queue.ahead = undefined;
  };
  const noted = () => left && noteNumbers(left.numbers);
  try {
    const answers = await preparedTransaction((statements) => {
      // At another attempt it is the same group, and nothing is ahead of it.
      const ahead = group ? undefined : queue.ahead;
      group ??= take();
      const entries = group.map(({ entry }) => entry);
      const decided = enterGroup(statements, entries, ahead);
      left = decided.left;
      if (left) queue.ahead = left;
      return decided.answers;
    }).finally(settled);
    noted();
    for (const [index, { resolve, reject }] of (group ?? []).entries()) {
      const answer = answers[index];
      if (answer instanceof AppError) reject(answer);
      else if (answer) resolve(answer);
      else reject(new Error("A ledger entry got no answer."));
    }
  } catch (error) {
    group ??= take();
    // One of them may be what the database refuses: then it fails alone.
    if (group.length > 1 && !isWriteFailure(error))
      for (const each of group) await commit(queue, () => [each], enterGroup);
    else for (const { reject } of group) reject(error);
  }
}
