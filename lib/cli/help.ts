/** Help that fits a screen of 80 by 24. */
import { commands } from "./commands";

const EXITS =
  "Exit codes: 0 nothing wrong, 1 found, or the token is bad, 2 called wrongly,\n  3 no answer, 4 refused by the desk, 5 not all could be looked into.";

/** @param name of a command; of anything else there is the general help */
export function helpOf(name: string): string {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return help();
  const { given, summary, help: options } = command;
  const width = Math.max(...options.map(([option]) => option.length)) + 2;
  return [
    `claimcheck ${name} ${given} [options]`.replace("  ", " "),
    summary,
    "",
    ...options.map(([option, text]) => `  ${option.padEnd(width)}${text}`.slice(0, 79)),
    "",
    EXITS,
    "",
  ].join("\n");
}

export function help(): string {
  return [
    "claimcheck COMMAND [options]",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`),
    "",
    "  COMMAND --help tells its options; --version the version.",
    "",
    "From the environment, for issue and inspect, and scan's secrets:",
    "  CLAIMCHECK_URL              the desk's address",
    "  CLAIMCHECK_CREDENTIAL       a credential, cc_…",
    "  CLAIMCHECK_CREDENTIAL_FILE  or a file that holds it, of mode 600",
    "",
    EXITS,
    "",
  ].join("\n");
}
