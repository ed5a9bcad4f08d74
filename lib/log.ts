/** The server's log: one JSON line per event to standard output. Never given an input, a secret, a token, or the message of an unexpected error (it may quote one). */
import pino from "pino";
import { env } from "./env";

let logger: pino.Logger | undefined;

export function log(): pino.Logger {
  logger ??= pino({ level: env().LOG_LEVEL, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  return logger;
}

/** What may be logged of an unexpected error: its name, code and stack frames. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as Error & { code?: unknown };
  const frames = error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  return { error: error.name, ...(typeof code === "string" ? { code } : {}), frames };
}
