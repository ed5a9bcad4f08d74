/** Sends what libraries write with console.* into the log: one JSON line each, of a kind once a minute, without what a client sent or an error's message, either of which may hold a secret. */
import { describeError } from "@/lib/log";
import { logSparingly } from "./log-sparingly";

const MOST_CHARACTERS = 200;

/** What a library quotes is what it was sent. */
function withoutQuotes(text: string): string {
  return text
    .replace(/(["'`])(?:(?!\1)[\s\S])*\1/g, "$1...$1")
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, MOST_CHARACTERS);
}

/** @param parameters as of `console.error`: texts, errors, anything */
function write(level: "error" | "warn" | "info", parameters: unknown[]): void {
  const texts = parameters.filter((each) => typeof each === "string").map(withoutQuotes);
  const error = parameters.find((each) => typeof each !== "string");
  const described = error === undefined ? {} : describeError(error);
  const kind = texts.filter(Boolean).join(" ") || (error instanceof Error ? `an error: ${error.name}` : "a line");
  logSparingly(level, kind, { from: "console", ...described });
}

export function routeConsole(): void {
  for (const name of ["log", "info", "debug", "trace"] as const) console[name] = (...given) => write("info", given);
  console.warn = (...given) => write("warn", given);
  console.error = (...given) => write("error", given);
  process.removeAllListeners("warning");
  process.on("warning", (warning) => write("warn", [warning]));
}
