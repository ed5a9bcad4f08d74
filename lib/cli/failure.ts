/** What is told where a command cannot do its work: a line, what is wrong with each option, and an exit code by whose fault it is. */
import { Refused, Unreachable } from "./desk";
import { EXIT, type Io } from "./io";
import { optionFor } from "./issue";
import { safe } from "./print";
import { UsageError } from "./usage-error";

/** As `--json` prints it. */
export type Failure = {
  kind: "usage" | "refused" | "unreachable";
  /** Of the desk's problem, as its API's reference lists them. */
  type?: string | undefined;
  message: string;
  /** By field of what was sent. */
  fields: Readonly<Record<string, string>>;
  /** When to ask again, where the desk says so. */
  retryAfter?: number | undefined;
};

export function failureOf(error: unknown): Failure {
  if (error instanceof Refused)
    return {
      ...{ kind: "refused", type: error.type, message: error.message, fields: error.fields },
      retryAfter: error.waitSeconds,
    };
  if (error instanceof UsageError) return { kind: "usage", message: error.message, fields: {} };
  const message =
    error instanceof Unreachable ? error.message : "The desk's answer cannot be read: is it of another version?";
  const retryAfter = (error instanceof Unreachable && error.waitSeconds) || undefined;
  return { kind: "unreachable", message, fields: {}, retryAfter };
}

/** @returns the exit code */
export function tellFailure(io: Pick<Io, "err">, { kind, message, fields }: Failure): number {
  io.err(`${safe(message)}\n`);
  for (const [field, said] of Object.entries(fields)) {
    const option = optionFor(field);
    io.err(`  ${option ? `--${option}: ` : ""}${safe(said)}\n`);
  }
  return EXIT[kind];
}
