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
    io.err(name === "" ? help() : `There is no ${called}. See --help.\n`);
    return EXIT.usage;
  }
  try {
    const { values, positionals } = parse(rest, command.options);
    if (values.help) {
      io.out(helpOf(name));
      return EXIT.ok;
    }
    return await command.run(io, positionals, values);
  } catch (error) {
    const failure = failureOf(error);
    if (wantsJson(rest)) io.out(json({ error: failure }));
    return tellFailure(io, failure);
  }
}

/** Also of what cannot be parsed. Behind `--` stand names. */
function wantsJson(args: readonly string[]): boolean {
  const names = args.indexOf("--");
  return args.slice(0, names < 0 ? undefined : names).includes("--json");
}

function parse(args: readonly string[], options: (typeof commands)[string]["options"]) {
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
    return read;
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
