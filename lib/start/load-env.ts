/** Puts what `.env` says into the environment, after making the secrets that are missing. What the environment says already has precedence. */
import { join } from "node:path";
import { settingNames } from "@/lib/env";
import { ensureEnv } from "./ensure-env";

export function loadEnv(): void {
  const file = join(process.cwd(), ".env");
  if (ensureEnv(file, process.env).length > 0)
    console.log(`Made new secrets in ${file}. Keep a copy with your backups.`);
  // An empty value counts as absent, but Node would let it hide the file's.
  for (const name of settingNames) if (process.env[name] === "") delete process.env[name];
  try {
    process.loadEnvFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
