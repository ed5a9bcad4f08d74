/** Runs a command line: reads its arguments strictly, and tells of a failure in a line. Says nothing of what it was given. */
import { parseArgs } from "node:util";
import { commands } from "./commands";
import { failureOf, tellFailure } from "./failure";
import { help, helpOf } from "./help";
import { EXIT, type Io } from "./io";
import { json } from "./print";
import { UsageError } from "./usage-error";

/** @returns the exit code */
export async function run(io: Io, args: readonly string[], version: string): Promise<number> {
  const [name = "", ...rest] = args;
  if (name === "--version") {
    io.out(`${version}\n`);
    return EXIT.ok;
  }
  if (["--help", "-h", "help"].includes(name)) {
    io.out(helpOf(rest[0] ?? ""));
    return EXIT.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    // Anything else may be a token or a credential in the wrong place.
    const called = /^[a-z]{1,20}$/.test(name) ? `command "${name}"` : "such command";
    if (name === "") {
      io.err(help());
      return EXIT.usage;
    }
    return tell(io, args, new UsageError(`There is no ${called}. See --help.`));
  }
  try {
    const { values, positionals } = parse(rest, command);
    if (values.help) {
      io.out(helpOf(name));
      return EXIT.ok;
    }
    return await command.run(io, positionals, values);
  } catch (error) {
    return tell(io, rest, error);
  }
}

function tell(io: Io, args: readonly string[], error: unknown): number {
  const failure = failureOf(error);
  if (wantsJson(args)) io.out(json({ error: failure }));
  return tellFailure(io, failure);
}

/** Also of what cannot be parsed. Behind `--` stand names. */
function wantsJson(args: readonly string[]): boolean {
  const names = args.indexOf("--");
  return args.slice(0, names < 0 ? undefined : names).includes("--json");
}

function parse(args: readonly string[], { options, takesFiles }: (typeof commands)[string]) {
  try {
    const read = parseArgs({
      args: [...args],
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
    const named = read.tokens.flatMap((token) => (token.kind === "option" ? token.name : []));
    // Of two the last would count, and nobody be told.
    const twice = named.find((name, at) => !options[name]?.multiple && named.indexOf(name) < at);
    if (twice !== undefined) throw new UsageError(`--${twice} is given more than once.`);
    const end = read.tokens.find(({ kind }) => kind === "option-terminator")?.index ?? Number.POSITIVE_INFINITY;
    const positionals = read.tokens.flatMap((token) => {
      if (token.kind !== "positional") return [];
      // Behind the dashes stand names alone: a file may be called so.
      return takesFiles && token.index > end && token.value === "-" ? "./-" : token.value;
    });
    return { values: read.values, positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(wordsOf(error instanceof Error ? error.message : ""));
  }
}

/** Of Node's own words, which name the option and not what stands behind it. */
function wordsOf(said: string): string {
  const [, option] = /^Option '(?:-\w, )?(--[a-z-]{1,20})/.exec(said) ?? [];
  if (option && said.includes("is ambiguous")) return `${option}: what begins with a dash is written ${option}=-….`;
  if (option && said.includes("argument missing")) return `${option}: its value is missing.`;
  if (/^Unknown option '(?!--?[a-z-]{1,20}')/.test(said)) return "There is no such option.";
  return said.replace(/ To specify a positional[\s\S]*/, "").replaceAll("\n", " ");
}
