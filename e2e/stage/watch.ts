/** Fails a test on any error that a browser or a server reports, unless the test has said that it provokes one. */
import { type BrowserContext, expect } from "@playwright/test";
import type { OutputLine } from "./server";

const ERROR_LEVEL = 50;

/** An open page asks by itself whether its session holds, and for the code that does: that it has ended, or that the server is away meanwhile, is an answer. It goes away under a connection, too, on which nothing was asked yet. */
const isAnswer = (text: string, url: string) =>
  url.endsWith("/api/session") ||
  (/ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)/.test(text) && url.includes("/_next/static/chunks/"));

/** The errors in a server's output: whatever it wrote to standard error, and log entries of level `error` or worse. */
function errorsIn(output: readonly OutputLine[]): string[] {
  const errors: string[] = [];
  for (const text of output.filter(({ from }) => from === "stderr").map((line) => line.text)) {
    // An error that Node prints goes on over several lines, indented or closing a bracket.
    if (/^(\s|[}\]])/.test(text) && errors.length > 0) errors.push(`${errors.pop()}\n${text}`);
    else if (text.trim() !== "") errors.push(text);
  }
  return [...errors, ...output.filter(isErrorEntry).map(({ text }) => text)];
}

function isErrorEntry({ from, text }: OutputLine): boolean {
  if (from === "stderr" || !text.startsWith("{")) return false;
  const { level } = JSON.parse(text) as { level?: number };
  return level !== undefined && level >= ERROR_LEVEL;
}

/** What earlier stories provoked, by the server that they share: how often it came again is told a minute later, in another story. */
const provokedBefore = new WeakMap<OutputLine[], RegExp[]>();

const isToldAgain = (text: string, output: OutputLine[]) =>
  text.includes('"more":') && provokedBefore.get(output)?.some((pattern) => pattern.test(text)) === true;

export class Watch {
  readonly #browser: string[] = [];
  readonly #allowed: { pattern: RegExp; why: string }[] = [];
  readonly #outputs = new Map<OutputLine[], number>();

  /** From now on, errors in this browser count. */
  async browser(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      const [text, { url }] = [message.text(), message.location()];
      if (message.type() === "error" && !isAnswer(text, url)) this.#browser.push(`console: ${text} (${url})`);
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
      errorsIn(output.slice(from)).filter((text) => !isToldAgain(text, output)),
    );
    for (const output of this.#outputs.keys())
      provokedBefore.set(output, [
        ...(provokedBefore.get(output) ?? []),
        ...this.#allowed.map(({ pattern }) => pattern),
      ]);
    const errors = [...this.#browser, ...server.map((text) => `server: ${text}`)];
    const unexpected = errors.filter((error) => !this.#allowed.some(({ pattern }) => pattern.test(error)));
    expect(unexpected, "errors in the browser or the server").toEqual([]);
    const absent = this.#allowed.filter(({ pattern }) => !errors.some((error) => pattern.test(error)));
    expect(absent, "errors that this test was to provoke").toEqual([]);
  }
}
