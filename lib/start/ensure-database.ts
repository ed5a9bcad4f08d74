/** Makes the data folder, brings the database up to date, and refuses one that it could not rely on. */
import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { assertDurable } from "@/lib/db";
import { unopenableSecrets } from "@/lib/keys/check-keyring";
import { MigrationError, migrate } from "@/prisma/migrate";
import { StartError } from "./start-error";

/** @param url `file:` and a path @throws StartError */
export async function ensureDatabase(url: string): Promise<void> {
  const file = resolve(url.replace(/^file:/, ""));
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    accessSync(dirname(file), constants.W_OK);
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw new StartError(
      `DATABASE_URL: ${file} cannot be written (${(error as NodeJS.ErrnoException).code}). Choose another place, or give this user the right to write there.`,
    );
  }
  try {
    await migrate(url);
    await assertDurable();
  } catch (error) {
    if (error instanceof MigrationError) throw new StartError(error.message);
    throw new StartError(`DATABASE_URL: ${file} cannot be used: ${(error as Error).message.trim().split("\n").at(-1)}`);
  }
  const unopenable = await unopenableSecrets();
  if (unopenable.length > 0) {
    throw new StartError(
      `SEALING_KEYS does not open the secret of ${unopenable.map((label) => `"${label}"`).join(", ")}. Put back the keyring that sealed it.`,
    );
  }
}
