/**
 * Brings a database up to date with prisma/migrations, by Prisma's own schema engine compiled to WebAssembly (the CLI
 * would download a native one). Refuses a database that a newer version of this program has already changed.
 *
 *   npx tsx prisma/migrate.ts diff NAME    writes prisma/migrations/<time>_NAME/migration.sql from schema.prisma
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import Database from "better-sqlite3";

const FOLDER = join(import.meta.dirname, "migrations");
const SCHEMA = join(import.meta.dirname, "schema.prisma");
const LOCKFILE = 'provider = "sqlite"\n';
const FILTERS = { externalTables: [], externalEnums: [] };

export class MigrationError extends Error {}

/** The names of the migrations that this program knows, oldest first. */
function knownMigrations(): string[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function migrationsList() {
  return {
    baseDir: FOLDER,
    lockfile: { path: "migration_lock.toml", content: LOCKFILE },
    shadowDbInitScript: "",
    migrationDirectories: knownMigrations().map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: readFileSync(join(FOLDER, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** The names of the migrations that the database has had; empty for a new file. */
function appliedMigrations(file: string): { name: string; finished: boolean }[] {
  const db = new Database(file);
  try {
    const exists = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'").get();
    if (!exists) return [];
    return db
      .prepare<[], { name: string; finished: number }>(
        "SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL",
      )
      .all()
      .map((row) => ({ name: row.name, finished: row.finished === 1 }));
  } finally {
    db.close();
  }
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

/**
 * @param url `file:` and a path
 * @returns the names of the migrations that were applied; empty when there was nothing to do
 * @throws MigrationError when the database is newer than the program, or a migration failed before
 */
export async function migrate(url: string): Promise<string[]> {
  const known = knownMigrations();
  const applied = appliedMigrations(resolve(url.replace(/^file:/, "")));
  const unknown = applied.find((migration) => !known.includes(migration.name));
  if (unknown) {
    throw new MigrationError(
      `The database is newer than this program: it has had the migration "${unknown.name}", which is not known here. Start the version that made it, or restore a backup.`,
    );
  }
  const unfinished = applied.find((migration) => !migration.finished);
  if (unfinished) {
    throw new MigrationError(
      `The migration "${unfinished.name}" did not finish. Restore the backup made before it, then start again.`,
    );
  }
  if (applied.length === known.length) return [];
  return withEngine(url, async (engine) => {
    const result = await engine.applyMigrations({ migrationsList: migrationsList(), filters: FILTERS });
    return result.appliedMigrationNames;
  });
}

/** The SQL that leads from the migrations to schema.prisma; empty when they agree. */
export async function pendingDiff(): Promise<string> {
  return withEngine(":memory:", async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationsList() },
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
