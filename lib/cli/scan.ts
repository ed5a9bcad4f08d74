/** `scan`: finds tokens that are active, secrets of the desk and its credentials in files, for CI and before a commit. Never writes one of them out; secrets are known by their fingerprints alone. */
import { readFileSync, statSync } from "node:fs";
import { holdsNoSecret } from "@/lib/profiles/no-secret";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { type Scan, scanText } from "@/lib/scan/scan";
import { isActive } from "@/lib/scan/scan-state";
import { groupDigits } from "@/lib/text/group-digits";
import { formatUtc } from "@/lib/text/instant";
import * as z from "@/lib/zod";
import { ask, hasCredential } from "./desk";
import { EXIT, type Io, type Options } from "./io";
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

async function knownSecrets(io: Io): Promise<KnownSecret[]> {
  if (!hasCredential(io)) {
    io.err(
      "Only tokens and credentials are looked for: with CLAIMCHECK_URL and a credential, the desk's secrets would be, too.\n",
    );
    return [];
  }
  const { keys } = Keys.parse(await ask(io, { method: "GET", path: "/api/v1/keys" }));
  return keys.flatMap(({ id, label, profile, secrets }) =>
    secrets.map(({ fingerprint, state }) => ({ fingerprint, keyId: id, label, profile, retired: state === "retired" })),
  );
}

/** @returns undefined for what is left out, after it was said why */
async function read(io: Io, file: string): Promise<string | undefined> {
  const leaveOut = (why: string) => {
    io.err(`${safe(file)}: left out, ${why}.\n`);
    return undefined;
  };
  if (file === "-") return io.readInput();
  const { isFolder, bytes } = open(file);
  if (isFolder)
    throw new UsageError(`${safe(file)} is a folder. Name files, such as \`git ls-files -z | xargs -0 … scan --\`.`);
  if (!bytes) return leaveOut("it is larger than 20 MB");
  return bytes.subarray(0, 8_000).includes(0) ? leaveOut("it is no text") : bytes.toString("utf8");
}

/** Without its bytes where it is a folder, or too large. */
function open(file: string): { isFolder: boolean; bytes?: Buffer } {
  try {
    const stat = statSync(file);
    const isFolder = stat.isDirectory();
    return isFolder || stat.size > MOST_BYTES ? { isFolder } : { isFolder, bytes: readFileSync(file) };
  } catch (error) {
    // What is no file may be a token or a secret in the wrong place.
    const name = holdsNoSecret(file) ? safe(file) : "What was named";
    throw new UsageError(`${name} ${Object(error).code === "ENOENT" ? "is not there" : "cannot be read"}.`);
  }
}

export async function scan(io: Io, files: readonly string[], options: Options): Promise<number> {
  if (files.length === 0) throw new UsageError("Name the files to scan, or - for standard input.");
  const fingerprints = await knownSecrets(io);
  const findings: Finding[] = [];
  for (const file of files) {
    const text = await read(io, file);
    if (text === undefined) continue;
    const scanned = await scanText(text, { now: io.now(), fingerprints });
    for (const finding of findingsOf(scanned, file, io.now())) findings.push(finding);
    if (scanned.leftOut > 0)
      io.err(
        `${safe(file)}: ${groupDigits(scanned.leftOut)} long words were not compared with the desk's secrets, there are too many. Those that look like secrets came first.\n`,
      );
  }
  if (options.json) io.out(json({ findings }));
  else
    for (const { file, line, column, what, why } of findings)
      io.out(
        `${safe(file)}:${line}:${column}  ${paint(io, what === "retired secret" ? "warn" : "bad", what)}  ${safe(why)}\n`,
      );
  return findings.length > 0 ? EXIT.found : EXIT.ok;
}

function findingsOf({ tokens, secrets, credentials }: Scan, file: string, now: number): Finding[] {
  const found: Finding[] = [
    ...tokens
      .filter((token) => token.lasting.tone !== "bad" && isActive(token.lasting, token, now))
      .map(({ line, column, expiresAt, room, subject }): Finding => {
        const until = expiresAt === undefined ? "never expires" : `until ${formatUtc(expiresAt)}`;
        return { file, line, column, what: "active token", why: [until, room, subject].filter(Boolean).join(", ") };
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
