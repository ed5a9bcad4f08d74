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

/** Whether the page would have said it, had it known policy and templates as they are now: then it is read anew. Of a disabled key it goes on to ask: it may be enabled again. */
export const isNewsToPage = ({ fields }: ActionError): boolean => fields !== undefined && !fields.keyId;
