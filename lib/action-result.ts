/** What every server action answers: data, or an error that a form can show. Browser-safe. */
import type { ErrorCode, FieldErrors } from "./errors";

export type ActionError = {
  code: ErrorCode;
  message: string;
  fields?: FieldErrors;
  retryAfterSeconds?: number;
  at?: number;
};
export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError };
