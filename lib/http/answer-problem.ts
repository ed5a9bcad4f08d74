/** Turns what went wrong into what a program is told. Says of an unexpected error only that it happened; the log has its id. */
import { type AppError, type ErrorCode, isAppError } from "@/lib/errors";
import type { HttpAnswer } from "@/lib/http/call";
import { type ProblemType, problemOf, problems } from "@/lib/http/problem";
import { describeError, log } from "@/lib/log";
import { isCommitted, isUnreadable, isWriteFailure, writeFailureAdvice, writeFailureReason } from "@/lib/write-failure";

/** What every answer to a program carries: nothing between here and there keeps it. */
export const ANSWER_HEADERS = { "cache-control": "no-store" } as const;

export function answerProblem(
  type: ProblemType,
  detail: string,
  { fields, headers = {} }: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
): HttpAnswer {
  const problem = problemOf(type, detail, fields);
  return {
    status: problem.status,
    headers: { ...ANSWER_HEADERS, "content-type": "application/problem+json", ...headers },
    body: JSON.stringify(problem),
  };
}

const types: Record<ErrorCode, ProblemType> = {
  unauthenticated: "unauthenticated",
  forbidden: "forbidden",
  not_found: "not-found",
  conflict: "conflict",
  invalid: "invalid",
  throttled: "throttled",
  internal: "internal",
  record_unavailable: "record-unavailable",
};

/** Those that a program must be able to tell from others of their code. */
const byReason: Record<string, ProblemType> = {
  "already issued": "already-issued",
  "another request": "idempotency-key-reused",
};

function whatFailed(thrown: unknown): string {
  if (isUnreadable(thrown)) return "The database cannot be read";
  return isCommitted(thrown)
    ? "This may have been recorded all the same, and nothing is handed out"
    : "This could not be recorded, so nothing was done";
}

/** @param requestId under which the log has what is not told */
export function answerError(thrown: unknown, requestId: string): HttpAnswer {
  if (isAppError(thrown)) return answerRefusal(thrown);
  log().error({ requestId, ...describeError(thrown) }, "a call failed");
  if (isWriteFailure(thrown))
    return answerProblem(
      "record-unavailable",
      `${whatFailed(thrown)}: ${writeFailureReason(thrown)}. ${writeFailureAdvice(thrown)}`,
      { headers: { "retry-after": "5" } },
    );
  return answerProblem("internal", `Something failed on the server. Quote request ${requestId}.`);
}

/** The verbs speak to who has filled in a form; a program has typed nothing, and its problem has a title. */
const inProgramsWords = (message: string) =>
  message.replace(`${problems.invalid.title}. `, "").replace(/[;.] what you typed is kept(?=\.)/i, "");

function answerRefusal({ code, message, extra }: AppError): HttpAnswer {
  const { fields, retryAfterSeconds, reason = "" } = extra;
  const type = byReason[reason] ?? types[code];
  return answerProblem(type, inProgramsWords(message), {
    ...(fields ? { fields } : {}),
    headers: {
      ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
      ...(type === "unauthenticated" ? { "www-authenticate": "Bearer" } : {}),
    },
  });
}
