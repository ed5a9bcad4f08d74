/** The text that a command is about: its one argument, or standard input. */
import { textIn } from "@/lib/text/utf16";
import type { Io } from "./io";
import { UsageError } from "./usage-error";

/** @throws UsageError also where there is nothing: an empty variable is no bad token */
export async function readGiven(io: Io, given: readonly string[]): Promise<string> {
  const text = await read(io, given);
  if (text.trim() === "") throw new UsageError("There is nothing to look at. Give a token.");
  return text;
}

async function read(io: Io, given: readonly string[]): Promise<string> {
  if (given.length > 1) throw new UsageError("Give one token, in quotes where it holds blanks.");
  const [argument] = given;
  if (argument !== undefined && argument !== "-") return argument;
  if (argument === undefined && io.isTerminal.in)
    throw new UsageError("Give a token, or pipe it in: `… < token.txt`. An argument stays in the shell's history.");
  return textIn(await io.readInput());
}
