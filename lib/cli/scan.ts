/** `scan`: finds tokens that are active, secrets of the desk and its credentials in files, for CI and before a commit. Never writes one of them out; secrets are known by their fingerprints alone. */
import { readFileSync, statSync } from "node:fs";
import { holdsNoSecret } from "@/lib/profiles/no-secret";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { type Scan, scanText } from "@/lib/scan/scan";
import { isActive } from "@/lib/scan/scan-state";
import { formatUtc } from "@/lib/text/instant";
import { HEAD_BYTES, textIn } from "@/lib/text/utf16";
import * as z from "@/lib/zod";
import { ask, hasCredential } from "./desk";
import { type Failure, failureOf, tellFailure } from "./failure";
import { EXIT, type Io, type Options } from "./io";
import { isReadAtOnce } from "./is-read-at-once";
import { json, paint, safe } from "./print";
import { UsageError } from "./usage-error";

const MOST_BYTES = 20 * 1024 * 1024;

type Finding = {
  file: string;
  line: number;
  column: number;
  what: "active token" | "secret" | "retired secret" | "credential";
  why: string;
};

const Keys = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      profile: z.string(),
      secrets: z.array(z.object({ fingerprint: z.string(), state: z.enum(["current", "retired"]) })),
    }),
  ),
});

const ONLY = "Only tokens and credentials are looked for";

/** Where the desk cannot be asked, or refuses, what is known without it is looked for all the same. */
async function knownSecrets(io: Io): Promise<{ fingerprints: KnownSecret[]; failure?: Failure }> {
  if (!hasCredential(io)) {
    io.err(`${ONLY}: with CLAIMCHECK_URL and a credential, the desk's secrets would be, too.\n`);
    return { fingerprints: [] };
  }
  try {
    const { keys } = Keys.parse(await ask(io, { method: "GET", path: "/api/v1/keys" }));
    return { fingerprints: oneForEach(keys.flatMap(secretsOf)) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const failure = failureOf(error);
    tellFailure(io, failure);
    io.err(`${ONLY}.\n`);
    return { fingerprints: [], failure };
  }
}

const secretsOf = ({ id, label, profile, secrets }: z.output<typeof Keys>["keys"][number]): KnownSecret[] =>
  secrets.map(({ fingerprint, state }) => ({ fingerprint, keyId: id, label, profile, retired: state === "retired" }));

/** Of a secret that several keys have had, that of one whose current one it is. */
const oneForEach = (known: readonly KnownSecret[]): KnownSecret[] => [
  ...new Map(
    known.toSorted((one, other) => Number(other.retired) - Number(one.retired)).map((each) => [each.fingerprint, each]),
  ).values(),
];

type Source =
  | { text: string }
  | {
      /** Why it was not looked into. */
      leftOut: string;
    };

function open(file: string): Source {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return { leftOut: "it is a folder: name its files" };
    if (!isReadAtOnce(file, stat)) return { leftOut: "it is no file" };
    if (stat.size > MOST_BYTES) return { leftOut: "it is larger than 20 MB" };
    return { text: readable(readFileSync(file)) };
  } catch (error) {
    if (Object(error).code !== "ENOENT") return { leftOut: "it cannot be read" };
    // Node gives arguments as text: what is no UTF-8 in them is this sign by now.
    return {
      leftOut: file.includes("\uFFFD")
        ? "it is not there, or its name is not UTF-8: then give it as `scan - < FILE`"
        : "it is not there",
    };
  }
}

async function openInput(io: Io): Promise<Source> {
  try {
    return { text: readable(await io.readInput()) };
  } catch {
    return { leftOut: "it cannot be read" };
  }
}

/** Of what is no text, such as a picture, the parts that are: a secret may stand in it as in any file. */
function readable(bytes: Buffer): string {
  const text = textIn(bytes);
  return text.slice(0, HEAD_BYTES).includes("\0") ? text.replace(/[^\t\r\n\x20-\x7e]+/g, " ") : text;
}

/** What goes wrong in one file is no fault of the desk's, and keeps nobody from the others. */
async function lookInto(
  text: string,
  { file, now, fingerprints }: { file: string; now: number; fingerprints: readonly KnownSecret[] },
): Promise<Finding[] | { leftOut: string }> {
  try {
    // Whoever calls it waits: nothing is left uncompared, and 0 means that nothing is there.
    const scanned = await scanText(text, { now, fingerprints, mostCandidates: Number.POSITIVE_INFINITY });
    return findingsOf(scanned, file, now);
  } catch {
    return { leftOut: "it cannot be searched" };
  }
}

export async function scan(io: Io, files: readonly string[], options: Options): Promise<number> {
  if (files.length === 0) throw new UsageError("Name the files to scan, or - for standard input.");
  const { fingerprints, failure } = await knownSecrets(io);
  const findings: Finding[] = [];
  const leftOut: { file: string; why: string }[] = [];
  for (const file of files) {
    const source = file === "-" ? await openInput(io) : open(file);
    const found = "leftOut" in source ? source : await lookInto(source.text, { file, now: io.now(), fingerprints });
    if ("leftOut" in found) {
      // What is no file may be a token or a secret in the wrong place.
      const name = holdsNoSecret(file) ? file : "What was named";
      leftOut.push({ file: name, why: found.leftOut });
      continue;
    }
    // One by one: a call does not take a hundred thousand at once.
    for (const finding of found) {
      findings.push(finding);
      if (!options.json) io.out(lineOf(io, finding));
    }
  }
  for (const { file, why } of leftOut) io.err(`${safe(file)}: left out, ${why}.\n`);
  if (leftOut.length === files.length)
    io.err("Nothing was scanned. Name files, such as `git grep -lz '' | xargs -0 … scan --`.\n");
  if (options.json) io.out(json({ findings, leftOut, ...(failure ? { error: failure } : {}) }));
  if (findings.length > 0) return EXIT.found;
  if (failure) return EXIT[failure.kind];
  // Nothing was found in what could be read: that says nothing of the rest.
  return leftOut.length > 0 ? EXIT.unread : EXIT.ok;
}

const lineOf = (io: Io, { file, line, column, what, why }: Finding): string =>
  `${safe(file)}:${line}:${column}  ${paint(io, what === "retired secret" ? "warn" : "bad", what)}  ${safe(why)}\n`;

function findingsOf({ tokens, secrets, credentials }: Scan, file: string, now: number): Finding[] {
  const found: Finding[] = [
    ...tokens
      .filter((token) => !token.refused && isActive(token.lasting, token, now))
      .map(({ line, column, packed, expiresAt, room, subject }): Finding => {
        const until = expiresAt === undefined ? "never expires" : `until ${formatUtc(expiresAt)}`;
        return {
          file,
          line,
          column,
          what: "active token",
          why: [until, room, subject, packed && "in base64"].filter(Boolean).join(", "),
        };
      }),
    ...secrets.map(
      ({ line, column, label, retired }): Finding => ({
        ...{ file, line, column, what: retired ? "retired secret" : "secret", why: `of ${label}: regenerate it` },
      }),
    ),
    ...credentials.map(
      ({ line, column }): Finding => ({
        file,
        line,
        column,
        what: "credential",
        why: "end it at the desk, and make another",
      }),
    ),
  ];
  return found.sort((one, other) => one.line - other.line || one.column - other.column);
}
