/** Writes the migration that leads from those of prisma/migrations to schema.prisma. Writes none when they agree. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { knownMigrations } from "./migration-history";
import { diffToSchema } from "./schema-engine";

/** The SQL that leads from the migrations in `folder` to schema.prisma; empty when they agree. */
export function pendingDiff(folder: string): Promise<string> {
  return diffToSchema(folder, knownMigrations(folder));
}

/** @returns the file that was written; undefined when there was nothing to write */
export async function writeMigration(folder: string, name: string): Promise<string | undefined> {
  const sql = await pendingDiff(folder);
  if (!sql) return undefined;
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const own = join(folder, `${time}_${name}`);
  mkdirSync(own, { recursive: true });
  const file = join(own, "migration.sql");
  writeFileSync(file, sql);
  return file;
}
