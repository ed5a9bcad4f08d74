/** The server's log: one JSON line per event to standard output. Never given an input, a secret, a token, or the message of an unexpected error (it may quote one). */
import pino from "pino";
import { env } from "./env";

let logger: pino.Logger | undefined;

/** Of what cannot be written now, so much is tried again with the next line; what goes beyond is lost with it. */
const MOST_KEPT_BYTES = 64 * 1024;

/** A full disk, or a terminal that was closed, does not end the process over a line of its log. @param onFull it takes nothing more, also once there is room again */
function standardOutput(onFull: () => void) {
  const output = pino.destination({ fd: 1, sync: true, maxLength: MOST_KEPT_BYTES });
  output.on("error", () => {});
  output.on("drop", onFull);
  return output;
}

export function log(): pino.Logger {
  if (!logger) {
    const anew = () => {
      output = standardOutput(anew);
    };
    let output = standardOutput(anew);
    logger = pino(
      { level: env().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      { write: (line: string) => output.write(escapeControls(line)) },
    );
  }
  return logger;
}

/** JSON leaves DEL, C1, line separators and what turns the direction of writing as they are; a terminal obeys them. */
export function escapeControls(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What may be logged of an unexpected error: its name, code and stack frames. */
export function describeError(error: unknown): Record<string, unknown> {
  try {
    return described(error);
  } catch {
    // What it is asked for may throw in its turn.
    return { error: "unreadable" };
  }
}

function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error ? error.code : undefined;
  // Either may have been set to anything.
  const { name, stack }: { name: unknown; stack?: unknown } = error;
  const frames = String(stack)
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  return {
    error: typeof name === "string" ? name : "Error",
    ...(typeof code === "string" ? { code } : {}),
    frames,
  };
}
