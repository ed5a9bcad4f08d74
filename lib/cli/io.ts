/** What a command has of the process around it: its streams, its environment, its files and the time. Tests bring their own. */

export type Io = {
  env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal, and standard input is. */
  isTerminal: { out: boolean; in: boolean };
  out(text: string): void;
  /** For what is no answer: warnings, what was left out. */
  err(text: string): void;
  /** @throws UsageError */
  readInput(): Promise<Buffer>;
  /** Seconds since 1970. */
  now(): number;
};

/** What was said behind a command, by option. */
export type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** What a command ends with: a pipeline must tell what was found from what went wrong. */
export const EXIT = {
  /** Done; nothing is wrong with the token, or nothing was found. */
  ok: 0,
  /** Something was found; or the token is refused, dangerous, over or never valid. */
  found: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** The desk could not be asked, or failed. */
  unreachable: 3,
  /** The desk refused. */
  refused: 4,
  /** Something that was named could not be looked into, and nothing was found in the rest. */
  unread: 5,
} as const;
