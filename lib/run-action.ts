/** The door of every server action: session → actor → verb → ActionResult. Says of an unexpected error only that it happened; the log has its id. */
import { unstable_rethrow } from "next/navigation";
import type { ActionError, ActionResult } from "./action-result";
import type { Member, Visitor } from "./auth/actor";
import { currentActor, currentVisitor } from "./auth/session";
import { watchCommits } from "./db";
import { AppError, isAppError } from "./errors";
import { describeError, log } from "./log";
import { isCommitted, isWriteFailure, writeFailureAdvice, writeFailureReason } from "./write-failure";

const IN_PART =
  "It may have been done all the same: look in the audit log before you try again. What you typed is kept.";

/**
 * For members only.
 * @param asked `byItself`: the page asks of its own accord, which keeps no session from standing idle
 */
export function runAction<T>(
  verb: (actor: Member, input: unknown) => Promise<T>,
  input?: unknown,
  asked: { byItself?: boolean } = {},
): Promise<ActionResult<T>> {
  return answer(async () => {
    const actor = await currentActor(asked);
    if (!actor) {
      throw new AppError(
        "unauthenticated",
        "You are signed out. What you typed is kept: sign in in another tab, then try again here.",
      );
    }
    return verb(actor, input);
  });
}

/** For people who have not signed in: setup and sign-in. */
export function runVisitorAction<T>(
  verb: (visitor: Visitor, input: unknown) => Promise<T>,
  input: unknown,
): Promise<ActionResult<T>> {
  return answer(async () => verb(await currentVisitor(), input));
}

async function answer<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  const { done, hasCommitted } = watchCommits(work);
  try {
    return { ok: true, data: await done };
  } catch (error) {
    rethrowToNext(error);
    return { ok: false, error: await explain(error, hasCommitted()) };
  }
}

/** Next's own errors, such as a redirect, go on to Next, which looks for them along the causes, however long that is. */
function rethrowToNext(error: unknown): void {
  try {
    unstable_rethrow(error);
  } catch (thrown) {
    // A chain that is endless, or leads back to itself, runs out of stack there; it holds nothing of Next's.
    if (!(thrown instanceof RangeError)) throw thrown;
  }
}

/** @param committed whether something was recorded before it failed */
async function explain(thrown: unknown, committed: boolean): Promise<ActionError> {
  const error = unwrap(thrown);
  if (isAppError(error)) {
    const { reason: _, ...told } = error.extra;
    return { code: error.code, message: error.message, ...told };
  }
  const { requestId } = (await currentVisitor()).origin;
  log().error({ requestId, ...describeError(error) }, "action failed");
  if (isWriteFailure(error)) {
    const reason = writeFailureReason(error);
    const message =
      committed || isCommitted(error)
        ? `This could not be recorded to its end: ${reason}. ${IN_PART} ${writeFailureAdvice(error)}`
        : `This could not be recorded, so it was not done: ${reason}. What you typed is kept. ${writeFailureAdvice(error)}`;
    return { code: "record_unavailable", message };
  }
  const message = committed
    ? `Something failed on the server after a part was recorded. ${IN_PART} If it goes on, quote request ${requestId}.`
    : `Something failed on the server and nothing was changed. What you typed is kept. Try again; if it goes on, quote request ${requestId}.`;
  return { code: "internal", message };
}

/** next-auth wraps what its `authorize` throws. */
function unwrap(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return (typeof cause === "object" && cause !== null && "err" in cause ? cause.err : undefined) ?? error;
}
