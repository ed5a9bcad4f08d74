/** Creates the secrets that a first start needs, in `.env`, readable by its owner only. Never changes one that is there. */
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { parseEnv } from "node:util";
import { namesOf } from "@/lib/names-of";
import { codeOf } from "@/lib/thrown";
import { StartError } from "./start-error";

const generators = {
  AUTH_SECRET: () => randomBytes(32).toString("base64url"),
  SEALING_KEYS: () => `k1:${randomBytes(32).toString("base64url")}`,
};

const HEADER = `# Made by Claimcheck at its first start. Keep it with your backups: without SEALING_KEYS the signing secrets cannot be opened.
# .env.example explains every setting.
`;

/** @returns the text; undefined where there is no file @throws StartError */
export function readEnvFile(file: string): string | undefined {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (!there) {
      // A place that is not mounted yet, perhaps: what it holds is not to be replaced by something new.
      if (lstatSync(file, { throwIfNoEntry: false }))
        throw Object.assign(new Error("a link"), { code: "it is a link to a file that is not there" });
      return undefined;
    }
    // Reading a pipe would wait for its other end.
    if (!there.isFile()) throw Object.assign(new Error("no file"), { code: "it is not a regular file" });
    // Some editors put a mark in front, which would be taken for a part of the first name.
    return readFileSync(file, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    throw new StartError(
      `${file} cannot be read (${codeOf(error)}). Give this user the right to read it, or move it away.`,
    );
  }
}

/** Whole or not at all: a full disk, or a kill on the way, leaves what was there. */
function replaceFile(file: string, text: string): void {
  const exists = existsSync(file);
  const place = exists ? realpathSync(file) : file;
  const next = `${place}.new`;
  try {
    rmSync(next, { force: true });
    const descriptor = openSync(next, "wx", 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(next, place);
  } catch (error) {
    rmSync(next, { force: true });
    // A file that is mounted by itself, or may be written in a folder that may not, cannot be replaced.
    const stays = ["EBUSY", "EXDEV", "EACCES", "EPERM"].includes(codeOf(error) ?? "");
    if (!exists || !stays) throw error;
    writeFileSync(place, text);
  }
}

/** Where a name stands, other than in a comment. */
const named = (name: string) => new RegExp(`^[^#\\r\\n]*?(?<!\\w)${name}[ \\t]*[=:].*$`, "gm");
/** Such a line as `.env.example` has it, to be filled. */
const blank = (name: string) => new RegExp(`^(?:export )?${name}=[ \\t]*(?:""|''|\`\`)?[ \\t]*(?:#.*)?$`, "m");

/**
 * A value that stands there and is not read is the one under which everything is sealed: in its place, or behind it, a
 * new one would make that unreadable for ever.
 * @throws StartError
 */
function confirmAbsent(file: string, text: string, name: string): void {
  const lost = Array.from(text.matchAll(named(name))).find(([line]) => !blank(name).test(line));
  if (!lost) return;
  const line = text.slice(0, lost.index).split(/\r\n|\r|\n/).length;
  throw new StartError(
    `${file} has ${name} in line ${line}, but no value for it can be read: look for a quote that is not closed, a line without "=" in front of it, or a second, blank ${name}= below. Nothing was changed; a new value would make what is sealed with that one unreadable. Correct the file, or set ${name} in the environment.`,
  );
}

const sameValues = (some: Record<string, unknown>, others: Record<string, unknown>) =>
  Object.entries(others).every(([name, value]) => some[name] === value);

/**
 * @param file where `.env` is or will be
 * @param given the environment, which has precedence over the file
 * @returns the names of the settings that were added
 * @throws StartError when it cannot be read or written, or names a secret that cannot be read out of it
 */
export function ensureEnv(file: string, given: Record<string, string | undefined>): string[] {
  let text = readEnvFile(file) ?? HEADER;
  const present = parseEnv(text);
  const missing = namesOf(generators).filter((name) => !given[name] && !present[name]);
  if (missing.length === 0) return [];
  if (/[\0\ufffd]/.test(text))
    throw new StartError(
      `${file} is not UTF-8 text, and ${missing.join(" and ")} cannot be found in it. Nothing was changed. Save it as UTF-8, or set ${missing.join(" and ")} in the environment.`,
    );
  for (const name of missing) confirmAbsent(file, text, name);
  const made = Object.fromEntries(missing.map((name) => [name, generators[name]()]));
  for (const [name, value] of Object.entries(made)) {
    const line = `${name}=${value}`;
    text = blank(name).test(text) ? text.replace(blank(name), line) : `${text.replace(/\n?$/, "\n")}${line}\n`;
  }
  if (!sameValues(parseEnv(text), { ...present, ...made }))
    throw new StartError(
      `${file} could not be read once ${missing.join(" and ")} stood in it: look for a quote that is not closed, or a name that stands there twice. Nothing was changed. Correct it, or set ${missing.join(" and ")} in the environment.`,
    );
  try {
    replaceFile(file, text);
    chmodSync(file, 0o600);
  } catch (error) {
    throw new StartError(
      `${file} cannot be written (${codeOf(error)}), and ${missing.join(" and ")} must be kept there. Give this user the right to write it, or set ${missing.join(" and ")} in the environment.`,
    );
  }
  return missing;
}
