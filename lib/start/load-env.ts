/** Puts what `.env` says into the environment, after making the secrets that are missing. What the environment says already has precedence. */
import { join } from "node:path";
import { ensureEnv } from "./ensure-env";

export function loadEnv(): void {
  const file = join(process.cwd(), ".env");
  if (ensureEnv(file, process.env).length > 0)
    console.log(`Made new secrets in ${file}. Keep a copy with your backups.`);
  try {
    process.loadEnvFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
