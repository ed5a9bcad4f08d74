/** The commands and their options: what is parsed, and what help says. */
import type { ParseArgsConfig } from "node:util";
import { firstProfile } from "@/lib/profiles/registry";
import { decode } from "./decode";
import { inspect } from "./inspect";
import type { Io, Options } from "./io";
import { issue, vendorOptions } from "./issue";
import { scan } from "./scan";

type Command = {
  /** Behind its name. */
  given: string;
  summary: string;
  options: NonNullable<ParseArgsConfig["options"]>;
  /** What is given are names of files. */
  takesFiles?: true;
  /** Option → what stands behind it, and what it is. */
  help: readonly [option: string, text: string][];
  run: (io: Io, given: readonly string[], options: Options) => Promise<number>;
};

const asJson = { json: { type: "boolean" } } as const;
const text = { type: "string" } as const;

const givenHelp: [string, string] = ["TOKEN", "stays in the shell's history: rather pipe it in, or < token.txt"];

const vendorHelp = vendorOptions.map(({ option, name, multiple }): [string, string] => {
  const field = firstProfile().fields.find((each) => each.name === name);
  const choices = field?.kind === "names" ? field.choices.map(({ value }) => value).join(", ") : "";
  return [`--${option} ${multiple ? "NAME" : "ID"}`, multiple ? `${choices}; may be repeated` : (field?.label ?? "")];
});

export const commands: Record<string, Command> = {
  issue: {
    given: "",
    summary: "Issue a token by the desk, which records it",
    options: {
      ...asJson,
      ...{
        "token-only": { type: "boolean" },
        key: text,
        template: text,
        expires: text,
        starts: text,
        purpose: text,
        claims: text,
      },
      ...Object.fromEntries(
        vendorOptions.map(({ option, multiple }) => [option, multiple ? { type: "string", multiple: true } : text]),
      ),
    },
    help: [
      ["--template ID", "what it may do; the rest may be left out"],
      ...vendorHelp,
      ["--expires TIME", "2h, 15m, 1d 12h"],
      ["--starts INSTANT", "in UTC: 2026-11-28T08:00:00Z"],
      ["--purpose TEXT", "what it is for"],
      ["--claims JSON", "custom claims"],
      ["--key ID", "where the credential may use several"],
      ["--token-only", "print the token and nothing else"],
      ["--json", "print the desk's answer"],
    ],
    run: issue,
  },
  decode: {
    given: "[TOKEN | -]",
    summary: "Say of a token what can be said without the desk",
    options: asJson,
    help: [givenHelp, ["--json", "print the report as JSON"]],
    run: decode,
  },
  inspect: {
    given: "[TOKEN | -]",
    summary: "Ask the desk who signed a token, and what the ledger knows",
    options: asJson,
    help: [givenHelp, ["--json", "print the desk's answer"]],
    run: inspect,
  },
  scan: {
    given: "FILE… | -",
    summary: "Find active tokens, secrets of the desk and credentials in files",
    options: asJson,
    takesFiles: true,
    help: [
      ["--", "before names that come from elsewhere: … -z | xargs -0 … scan --"],
      ["--json", "print what was found as JSON"],
    ],
    run: scan,
  },
};
