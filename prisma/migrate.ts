/**
 * Brings a database up to date with prisma/migrations, by Prisma's own schema engine compiled to WebAssembly (the CLI
 * would download a native one). It works on a copy, which takes the database's place when all went well; the database
 * as it was is kept beside it. Refuses one whose migrations are not the first of this program's own, by name and content.
 *
 *   npx tsx prisma/migrate.ts diff NAME    writes prisma/migrations/<time>_NAME/migration.sql from schema.prisma
 */
import { createHash } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import Database from "better-sqlite3";
import { databaseFile } from "@/lib/database-file";
import { CopyError, copyDatabase, faultsIn, syncFolder } from "./copy-database";

const FOLDER = join(import.meta.dirname, "migrations");
const SCHEMA = join(import.meta.dirname, "schema.prisma");
const LOCKFILE = 'provider = "sqlite"\n';
const FILTERS = { externalTables: [], externalEnums: [] };

/** How many databases of before a migration are kept. */
const KEPT = 2;
/** How long a start waits for another program to let go of the database. */
const BUSY_TIMEOUT_MS = 2_000;

export class MigrationError extends Error {}

type Migration = { name: string; sql: string };
type Applied = { name: string; checksum: string; finished: boolean };

/** The migrations that this program knows, oldest first. */
function knownMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(join(folder, name, "migration.sql"), "utf8") }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function migrationsList(folder: string, known: Migration[]) {
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: LOCKFILE },
    shadowDbInitScript: "",
    migrationDirectories: known.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}

/** The migrations that the database has had, in their order; empty for a new file. */
function appliedMigrations(db: Database.Database): Applied[] {
  const exists = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'").get();
  if (!exists) return [];
  return db
    .prepare<[], { name: string; checksum: string; finished: number }>(
      "SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY rowid",
    )
    .all()
    .map((row) => ({ ...row, finished: row.finished === 1 }));
}

/** Prisma's: SHA-256 of the file. A checkout may have changed its line ends, which is no other content. */
function hasContent({ sql }: Migration, checksum: string): boolean {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].some(
    (text) => createHash("sha256").update(text).digest("hex") === checksum,
  );
}

/** @returns the migrations that are still to come @throws MigrationError unless those that it has had are the first ones known */
function pendingMigrations(file: string, applied: Applied[], known: Migration[]): Migration[] {
  const newest = known.at(-1)?.name ?? "";
  for (const [index, { name, checksum, finished }] of applied.entries()) {
    const own = known[index];
    if (!known.some((each) => each.name === name)) {
      throw new MigrationError(
        name > newest
          ? `The database is newer than this program: it has had the migration "${name}", which is not known here. Start the version that made it, or restore a backup.`
          : `The database has had the migration "${name}", which this program does not have. Start the version that made the database, or restore a backup that fits this one.`,
      );
    }
    if (!finished) {
      const [kept] = keptFiles(file).filter((each) => each.includes(`.before-${name}.`));
      throw new MigrationError(
        `The migration "${name}" did not finish. Restore the backup made before it${kept ? `, ${kept},` : ""} then start again.`,
      );
    }
    if (own?.name !== name) {
      throw new MigrationError(
        `The database has had the migration "${name}", but not "${own?.name}", which comes before it. Start the version that made the database, or restore a backup that fits this one.`,
      );
    }
    if (!hasContent(own, checksum)) {
      throw new MigrationError(
        `The migration "${name}" is not the one that the database has had: its file was changed since. Put back prisma/migrations/${name}/migration.sql as it was, or start the version that made the database.`,
      );
    }
  }
  return known.slice(applied.length);
}

/** Remembers its connections: the engine never closes what it opened, and holds the file locked until then. */
class ClosingAdapter extends PrismaBetterSqlite3 {
  readonly #opened: SqlDriverAdapter[] = [];

  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect();
    this.#opened.push(adapter);
    return adapter;
  }

  override async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const adapter = await super.connectToShadowDb();
    this.#opened.push(adapter);
    // The engine sends a whole migration as one command; better-sqlite3 prepares single statements only.
    adapter.executeRaw = async (query) => {
      await adapter.executeScript(query.sql);
      return 0;
    };
    return adapter;
  }

  async close(): Promise<void> {
    for (const adapter of this.#opened) await adapter.dispose();
  }
}

type Bindings = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");
type Engine = Awaited<ReturnType<Bindings["SchemaEngine"]["new"]>>;

let loaded: Promise<Bindings> | undefined;

/** Once for a process: the package keeps views of its first memory, and a second one would be read through them. */
async function loadBindings(): Promise<Bindings> {
  const require = createRequire(import.meta.url);
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  // The package's entry imports the .wasm file as a module, which Node cannot do.
  const wasm = readFileSync(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

async function withEngine<T>(url: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  loaded ??= loadBindings();
  const { SchemaEngine } = await loaded;
  const adapter = new ClosingAdapter({ url });
  try {
    const engine = await SchemaEngine.new(
      { datamodels: [[SCHEMA, readFileSync(SCHEMA, "utf8")]] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(adapter),
    );
    return await work(engine);
  } finally {
    await adapter.close();
  }
}

/** The databases of before a migration, newest first. */
function keptFiles(file: string): string[] {
  const folder = dirname(file);
  const start = `${basename(file).replace(/\.db$/, "")}.before-`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith(".db"))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).ctimeMs - statSync(a).ctimeMs);
}

/** Gives the database as it is a second name, under which it stays when another takes its place. @returns that name */
function keepBefore(file: string, migration: string): string {
  const { ino } = statSync(file, { bigint: true });
  for (let number = 1; ; number++) {
    const kept = `${file.replace(/\.db$/, "")}.before-${migration}${number === 1 ? "" : `.${number}`}.db`;
    const there = statSync(kept, { bigint: true, throwIfNoEntry: false });
    // A start that was killed has named it already.
    if (there?.ino === ino) return kept;
    if (there) continue;
    linkSync(file, kept);
    return kept;
  }
}

/** Takes the whole database for this connection alone, with nothing left in a log beside it. @throws an error with SQLITE_BUSY when somebody else has it */
function lockAlone(db: Database.Database): void {
  const busy = () => Object.assign(new Error("another connection is open"), { code: "SQLITE_BUSY" });
  if (db.pragma("journal_mode = DELETE", { simple: true }) !== "delete") throw busy();
  db.pragma("locking_mode = EXCLUSIVE");
  db.exec("BEGIN EXCLUSIVE; COMMIT");
  // A server that starts may have come in between.
  if (db.pragma("journal_mode", { simple: true }) !== "delete") throw busy();
}

const lastLine = (error: unknown) => (error as Error).message.trim().split("\n").at(-1)?.replace(/\.$/, "");

/** Applies the migrations to a copy. @returns the copy's path @throws MigrationError when one fails; then there is no copy */
async function migratedCopy(
  db: Database.Database,
  file: string,
  folder: string,
  known: Migration[],
  pending: Migration[],
): Promise<string> {
  const copy = `${file}.migrating`;
  const remove = () => {
    for (const suffix of ["", "-journal", "-wal", "-shm"]) rmSync(copy + suffix, { force: true });
  };
  // Of a start that was killed.
  remove();
  try {
    // A migration may write a table anew, and its journal holds what it replaces.
    copyDatabase(db, copy, 3);
    await withEngine(`file:${copy}`, (engine) =>
      engine.applyMigrations({ migrationsList: migrationsList(folder, known), filters: FILTERS }),
    );
    const migrated = new Database(copy);
    try {
      const [fault] = faultsIn(migrated);
      if (fault) throw new Error(fault);
      const missing = pendingMigrations(file, appliedMigrations(migrated), known);
      if (missing[0]) throw new Error(`"${missing[0].name}" was left out`);
    } finally {
      migrated.close();
    }
    return copy;
  } catch (error) {
    remove();
    const names = pending.map(({ name }) => `"${name}"`).join(", ");
    throw new MigrationError(
      `The database could not be brought up to date (${names}): ${
        error instanceof CopyError ? error.message : lastLine(error)
      }. It is as it was: start the version that made it, or put right what failed and start again.`,
    );
  }
}

/**
 * Nothing happens to the database itself until its migrated copy takes its place, by one rename: a start that fails or
 * is killed on the way leaves it as it was.
 * @param url `file:` and a path
 * @returns the names of the migrations that were applied; empty when there was nothing to do
 * @throws MigrationError when the database does not fit the program, somebody else has it open, or a migration fails
 */
export async function migrate(url: string, folder = FOLDER): Promise<string[]> {
  const file = databaseFile(url);
  try {
    return await bringUpToDate(file, folder);
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith("SQLITE_BUSY")) throw error;
    throw new MigrationError(
      `The database has to be brought up to date, and another program has ${file} open. Stop that one, then start again.`,
    );
  }
}

async function bringUpToDate(given: string, folder: string): Promise<string[]> {
  const known = knownMigrations(folder);
  const first = new Database(given, { timeout: BUSY_TIMEOUT_MS });
  try {
    if (pendingMigrations(given, appliedMigrations(first), known).length === 0) return [];
  } finally {
    first.close();
  }
  const file = realpathSync(given);
  const { ino } = statSync(file, { bigint: true });
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    lockAlone(db);
    // Another start may have put its own in place while this one waited for the lock of the old one.
    if (statSync(file, { bigint: true }).ino !== ino) return await bringUpToDate(given, folder);
    const applied = appliedMigrations(db);
    const pending = pendingMigrations(file, applied, known);
    if (!pending[0]) return [];
    const copy = await migratedCopy(db, file, folder, known, pending);
    const kept = applied.length > 0 ? keepBefore(file, pending[0].name) : undefined;
    // Nobody else has the database open: what a killed program left beside it is spent, and must not meet the new one.
    for (const suffix of ["-journal", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
    renameSync(copy, file);
    syncFolder(dirname(file));
    if (kept) {
      const older = keptFiles(file).filter((each) => each !== kept);
      for (const each of older.slice(KEPT - 1)) rmSync(each);
      console.log(`Brought the database up to date. As it was before, it is kept in ${kept}.`);
    }
    return pending.map(({ name }) => name);
  } finally {
    db.close();
  }
}

/** The SQL that leads from the migrations to schema.prisma; empty when they agree. */
export async function pendingDiff(): Promise<string> {
  return withEngine(":memory:", async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationsList(FOLDER, knownMigrations(FOLDER)) },
      to: { tag: "schemaDatamodel", files: [{ path: SCHEMA, content: readFileSync(SCHEMA, "utf8") }] },
      script: true,
      exitCode: null,
      filters: FILTERS,
    });
    const sql = stdout ?? "";
    return sql.trim() === "-- This is an empty migration." ? "" : sql;
  });
}

if (process.argv[1] === import.meta.filename && process.argv[2] === "diff") {
  const sql = await pendingDiff();
  if (!sql) {
    console.log("The migrations lead to schema.prisma; nothing to write.");
  } else {
    const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = join(FOLDER, `${time}_${process.argv[3] ?? "change"}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "migration.sql"), sql);
    console.log(`Wrote ${folder}/migration.sql`);
  }
}
