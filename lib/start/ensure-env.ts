/** Creates the secrets that a first start needs, in `.env`, readable by its owner only. Never changes one that is there. */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";

const generators = {
  AUTH_SECRET: () => randomBytes(32).toString("base64url"),
  SEALING_KEYS: () => `k1:${randomBytes(32).toString("base64url")}`,
};

const HEADER = `# Made by Claimcheck at its first start. Keep it with your backups: without SEALING_KEYS the signing secrets cannot be opened.
# .env.example explains every setting.
`;

/**
 * @param file where `.env` is or will be
 * @param given the environment, which has precedence over the file
 * @returns the names of the settings that were added
 */
export function ensureEnv(file: string, given: Record<string, string | undefined>): string[] {
  let text = existsSync(file) ? readFileSync(file, "utf8") : HEADER;
  const present = parseEnv(text);
  const missing = (Object.keys(generators) as (keyof typeof generators)[]).filter(
    (name) => !given[name] && !present[name],
  );
  if (missing.length === 0) return [];
  for (const name of missing) {
    const line = `${name}=${generators[name]()}`;
    const blank = new RegExp(`^${name}=.*$`, "m");
    text = blank.test(text) ? text.replace(blank, line) : `${text.replace(/\n?$/, "\n")}${line}\n`;
  }
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
  return missing;
}
