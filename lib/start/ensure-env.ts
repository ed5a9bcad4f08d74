/** Creates the secrets that a first start needs, in `.env`, readable by its owner only. Never changes one that is there. */
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
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
    if (!there) return undefined;
    // Reading a pipe would wait for its other end.
    if (!there.isFile()) throw Object.assign(new Error("no file"), { code: "it is not a regular file" });
    return readFileSync(file, "utf8");
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

/**
 * @param file where `.env` is or will be
 * @param given the environment, which has precedence over the file
 * @returns the names of the settings that were added
 * @throws StartError when it cannot be read or written
 */
export function ensureEnv(file: string, given: Record<string, string | undefined>): string[] {
  let text = readEnvFile(file) ?? HEADER;
  const present = parseEnv(text);
  const missing = namesOf(generators).filter((name) => !given[name] && !present[name]);
  if (missing.length === 0) return [];
  for (const name of missing) {
    const line = `${name}=${generators[name]()}`;
    const blank = new RegExp(`^${name}=.*$`, "m");
    text = blank.test(text) ? text.replace(blank, line) : `${text.replace(/\n?$/, "\n")}${line}\n`;
  }
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
