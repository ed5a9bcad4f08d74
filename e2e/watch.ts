/** Fails a test on any error that a browser or a server reports, unless the test has said that it provokes one. */
import { type BrowserContext, expect } from "@playwright/test";
import type { OutputLine } from "./server";

const ERROR_LEVEL = 50;

/** A line of the server that is an error: anything on standard error, or a log entry of level `error` or worse. */
function isError({ from, text }: OutputLine): boolean {
  if (text.trim() === "") return false;
  if (from === "stderr") return true;
  if (!text.startsWith("{")) return false;
  const { level } = JSON.parse(text) as { level?: number };
  return level !== undefined && level >= ERROR_LEVEL;
}

export class Watch {
  readonly #browser: string[] = [];
  readonly #allowed: { pattern: RegExp; why: string }[] = [];
  readonly #outputs = new Map<OutputLine[], number>();

  /** From now on, errors in this browser count. */
  async browser(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() === "error") this.#browser.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#browser.push(`exception: ${error.error().stack ?? error.error()}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        console.error(`Content Security Policy: ${violatedDirective} blocked ${blockedURI}`),
      );
    });
  }

  /** From now on, errors in this server's output count. */
  server(output: OutputLine[]): void {
    if (!this.#outputs.has(output)) this.#outputs.set(output, output.length);
  }

  /** Says that this test provokes errors that match; at least one must then come. */
  allow(pattern: RegExp, why: string): void {
    this.#allowed.push({ pattern, why });
  }

  verify(): void {
    const server = [...this.#outputs].flatMap(([output, from]) =>
      output
        .slice(from)
        .filter(isError)
        .map(({ text }) => `server: ${text}`),
    );
    const errors = [...this.#browser, ...server];
    const unexpected = errors.filter((error) => !this.#allowed.some(({ pattern }) => pattern.test(error)));
    expect(unexpected, "errors in the browser or the server").toEqual([]);
    const absent = this.#allowed.filter(({ pattern }) => !errors.some((error) => pattern.test(error)));
    expect(absent, "errors that this test was to provoke").toEqual([]);
  }
}
