/** What runs in the thread of writing-thread.ts: a connection to the database of its own, and whatever statements it is told, in their order. JavaScript, as Node starts a thread of it without help. */
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";

/** Those of groups of tokens differ by how many they are of. */
const MOST_PREPARED = 400;

let connection;
const prepared = new Map();
/** What was told ahead. */
let held = [];
/** The first that went wrong: what follows it is not done. */
let failure = null;

/** Remembers what goes wrong. */
function attempt(work) {
  try {
    if (!failure) work();
  } catch (error) {
    // An error that is sent to another thread arrives without its code.
    failure = { code: error.code, message: error.message };
  }
}

attempt(() => {
  connection = new Database(workerData.file, { fileMustExist: true, timeout: workerData.timeout });
  for (const pragma of workerData.pragmas) connection.pragma(pragma);
});

/** @param rows how many it must change; undefined: as many as it does */
function run(sql, values, rows) {
  const statement = prepared.get(sql) ?? connection.prepare(sql);
  if (prepared.size >= MOST_PREPARED) prepared.clear();
  prepared.set(sql, statement);
  const { changes } = statement.run(...values);
  if (rows !== undefined && changes !== rows)
    throw Object.assign(new Error(`${changes} rows were changed, not ${rows}.`), { code: "OUTDATED" });
}

/** @param blank whatever a value is; a blank has a counter */
function filled(blank, counters) {
  if (typeof blank?.counter !== "string") return blank;
  const { counter, plus, before, after } = blank;
  const number = counters[counter] + plus;
  return before === undefined ? number : `${before}${number}${after}`;
}

const acts = {
  hold: ({ sql, values }) => held.push({ sql, values }),
  fill({ counters }) {
    for (const { sql, values } of held)
      run(
        sql,
        values.map((value) => filled(value, counters)),
      );
    held = [];
  },
  run({ changes }) {
    for (const [sql, values, rows] of changes) run(sql, values, rows);
  },
  moveLog: () => connection.pragma("wal_checkpoint(PASSIVE)"),
};

parentPort.on("message", (told) => {
  if (told.act !== "end") {
    attempt(() => acts[told.act](told));
    if (told.answer) parentPort.postMessage(failure);
    return;
  }
  // Rolls back what was not committed.
  connection?.close();
  parentPort.close();
});
