/** The errors that a person or a program may be told about: a closed table of codes with their HTTP status. Anything else is a bug and is answered without detail. */

export const errorStatus = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  invalid: 422,
  throttled: 429,
  internal: 500,
  record_unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** Messages by form field name. */
export type FieldErrors = Record<string, string>;

export class AppError extends Error {
  /**
   * @param code what kind of refusal it is
   * @param message for people: what happened, what was kept, what to do; never a secret, never a token
   * @param extra `at`: an instant that the message tells in UTC, in seconds since 1970, so that a page can tell it in the reader's zone; `reason`: for the record alone, of the kinds that the record knows
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extra: { fields?: FieldErrors; retryAfterSeconds?: number; at?: number; reason?: string } = {},
  ) {
    super(message);
    this.name = "AppError";
  }
}

/** Also when the error was made by another copy of this module, as a bundler makes several: `instanceof` knows its own only. What throws when it is asked is none. */
export function isAppError(error: unknown): error is AppError {
  try {
    return (
      error instanceof Error &&
      error.name === "AppError" &&
      "code" in error &&
      Object.hasOwn(errorStatus, String(error.code))
    );
  } catch {
    return false;
  }
}
