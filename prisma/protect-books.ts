/** Lets the database itself refuse to change or delete what is in the books: triggers on the ledger and on the audit log. A migration that defines a table anew loses them silently, so they are made again at each start. */
import Database from "better-sqlite3";

/** Book → the columns that a verb may mark later, once. */
const books: Record<string, readonly string[]> = {
  AuditEvent: [],
  IssuedToken: ["revokedAt", "revokedByName", "revokedReason"],
};

type Column = { name: string; pk: number };

// Each pragma has columns of its own, as SQLite documents them.
const rowsOf = <Row>(db: Database.Database, pragma: string) => db.pragma(pragma) as Row[];

/** What no two rows have in common: by these alone `REPLACE` finds a row to put another one in the place of. */
function uniqueColumns(db: Database.Database, table: string, columns: readonly Column[]): string[] {
  const indexes = rowsOf<{ name: string; unique: number }>(db, `index_list("${table}")`);
  const indexed = indexes
    .filter(({ unique }) => unique === 1)
    .flatMap(({ name }) => rowsOf<{ name: string }>(db, `index_info("${name}")`));
  return [...columns.filter(({ pk }) => pk > 0), ...indexed].map(({ name }) => name);
}

/** The triggers as they must be, by name. */
export function triggersFor(db: Database.Database): Map<string, string> {
  const triggers = new Map<string, string>();
  for (const [table, marks] of Object.entries(books)) {
    const columns = rowsOf<Column>(db, `table_info("${table}")`);
    if (columns.length === 0) throw new Error(`no such table: ${table}`);
    const fixed = columns.filter(({ name }) => !marks.includes(name));
    const refuse = (name: string, when: string, condition = "") => {
      const body = `BEGIN SELECT RAISE(ABORT, '${table} cannot be changed'); END`;
      const only = condition && `WHEN ${condition} `;
      triggers.set(name, `CREATE TRIGGER "${name}" BEFORE ${when} ON "${table}" ${only}${body}`);
    };
    refuse(`${table}_no_update`, `UPDATE OF ${fixed.map(({ name }) => `"${name}"`).join(", ")}`);
    // The primary key has other names too (`rowid`, `oid`), of which `UPDATE OF` knows nothing.
    const moved = columns.filter(({ pk }) => pk > 0).map(({ name }) => `NEW."${name}" IS NOT OLD."${name}"`);
    // All of them in one act, and once.
    const [first] = marks;
    const marked = marks.map((name) => `OLD."${name}" IS NOT NULL`).join(" OR ");
    const changed = marks.map((name) => `NEW."${name}" IS NOT OLD."${name}"`).join(" OR ");
    const unmarked = first ? [`((${changed}) AND (${marked} OR NEW."${first}" IS NULL))`] : [];
    refuse(`${table}_no_move`, "UPDATE", [...moved, ...unmarked].join(" OR "));
    refuse(`${table}_no_delete`, "DELETE");
    // Another program's connection has not `recursive_triggers`, and its REPLACE asks no trigger before it deletes.
    const known = uniqueColumns(db, table, columns).map((name) => `"${name}" = NEW."${name}"`);
    refuse(`${table}_no_replace`, "INSERT", `EXISTS (SELECT 1 FROM "${table}" WHERE ${known.join(" OR ")})`);
  }
  return triggers;
}

/** @returns the names of those that were missing, or were others, and are there now; and of those that do not belong there, and are gone: one could swallow a row, or write into another */
export function protectBooks(db: Database.Database): string[] {
  const wanted = triggersFor(db);
  const present = db
    .prepare<[], { name: string; book: string; sql: string }>(
      "SELECT name, tbl_name AS book, sql FROM sqlite_master WHERE type = 'trigger'",
    )
    .all();
  const missing = [...wanted].filter(([name, sql]) => !present.some((one) => one.name === name && one.sql === sql));
  const foreign = present.filter(({ name, book }) => book in books && !wanted.has(name)).map(({ name }) => name);
  db.transaction(() => {
    for (const name of foreign) db.exec(`DROP TRIGGER "${name.replaceAll('"', '""')}"`);
    for (const [name, sql] of missing) db.exec(`DROP TRIGGER IF EXISTS "${name}"; ${sql};`);
  }).immediate();
  return [...missing.map(([name]) => name), ...foreign];
}

/** @param file the database @returns see {@link protectBooks} */
export function protectBooksIn(file: string): string[] {
  const db = new Database(file, { fileMustExist: true, timeout: 2_000 });
  try {
    return protectBooks(db);
  } finally {
    db.close();
  }
}
