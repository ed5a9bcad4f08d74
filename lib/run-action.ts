/** The door of every server action: session → actor → verb → ActionResult. Says of an unexpected error only that it happened; the log has its id. */
import { unstable_rethrow } from "next/navigation";
import type { ActionError, ActionResult } from "./action-result";
import type { Actor, Visitor } from "./auth/actor";
import { currentActor, currentVisitor } from "./auth/session";
import { isWriteFailure, writeFailureReason } from "./db";
import { AppError } from "./errors";
import { describeError, log } from "./log";

/** For members only. */
export function runAction<T>(
  verb: (actor: Actor, input: unknown) => Promise<T>,
  input?: unknown,
): Promise<ActionResult<T>> {
  return answer(async () => {
    const actor = await currentActor();
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
  try {
    return { ok: true, data: await work() };
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, error: await explain(error) };
  }
}

async function explain(thrown: unknown): Promise<ActionError> {
  const error = unwrap(thrown);
  if (error instanceof AppError) return { code: error.code, message: error.message, ...error.extra };
  const { requestId } = (await currentVisitor()).origin;
  log().error({ requestId, ...describeError(error) }, "action failed");
  if (isWriteFailure(error)) {
    return {
      code: "record_unavailable",
      message: `This could not be recorded, so it was not done: ${writeFailureReason(error)}. What you typed is kept. Try again; if it goes on, tell whoever runs this server.`,
    };
  }
  return {
    code: "internal",
    message: `Something failed on the server and nothing was changed. What you typed is kept. Try again; if it goes on, quote request ${requestId}.`,
  };
}

/** next-auth wraps what its `authorize` throws. */
function unwrap(error: unknown): unknown {
  const { cause } = (error ?? {}) as { cause?: { err?: unknown } };
  return cause?.err ?? error;
}
