/** Puts what `.env` says into the environment, after making the secrets that are missing. What the environment says already has precedence. */
import { join } from "node:path";
import { parseEnv } from "node:util";
import { settingNames } from "@/lib/env";
import { ensureEnv, readEnvFile } from "./ensure-env";

/** Of this process: it counts from the folder in which it was started. */
export function envFile(): string {
  return join(process.cwd(), ".env");
}

/** Without making anything. @throws StartError when there is a file that cannot be read */
export function readSettings(): void {
  // Typed as if a name might have no value: each has one, if an empty one.
  const values = parseEnv(readEnvFile(envFile()) ?? "") as Record<string, string>;
  for (const [name, value] of Object.entries(values)) {
    // An empty value counts as absent, for our own settings; what else stands there is the environment's affair.
    const given = process.env[name];
    if (given === undefined || (given === "" && settingNames.includes(name))) process.env[name] = value;
  }
}

/** @throws StartError when `.env` cannot be read, or not be written though secrets are missing */
export function loadEnv(): void {
  if (ensureEnv(envFile(), process.env).length > 0)
    console.log(`Made new secrets in ${envFile()}. Keep a copy with your backups.`);
  readSettings();
}
