/** Prisma's schema engine compiled to WebAssembly: applies migrations, and says what SQL leads to schema.prisma. Opens nothing beside the database that it is told to. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { Migration } from "./migration-history";

const SCHEMA = join(import.meta.dirname, "schema.prisma");
const LOCKFILE = 'provider = "sqlite"\n';
/** Made by a migration, and no business of the engine's: it knows no full-text tables. */
const FULL_TEXT = ["EventText", "EventText_config", "EventText_data", "EventText_docsize", "EventText_idx"];
const FILTERS = { externalTables: FULL_TEXT, externalEnums: [] };

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
  // As the package's own entry calls it.
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

/** @param url `file:` and a path @param known the migrations in `folder`, oldest first; those that it has had are not applied again */
export async function applyMigrations(url: string, folder: string, known: Migration[]): Promise<void> {
  await withEngine(url, (engine) =>
    engine.applyMigrations({ migrationsList: migrationsList(folder, known), filters: FILTERS }),
  );
}

/** @returns the SQL that leads from the migrations to schema.prisma; empty when they agree */
export async function diffToSchema(folder: string, known: Migration[]): Promise<string> {
  return withEngine(":memory:", async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationsList(folder, known) },
      to: { tag: "schemaDatamodel", files: [{ path: SCHEMA, content: readFileSync(SCHEMA, "utf8") }] },
      script: true,
      exitCode: null,
      filters: FILTERS,
    });
    const sql = stdout ?? "";
    return sql.trim() === "-- This is an empty migration." ? "" : sql;
  });
}
