/** What a whole process has one of. Next bundles a module more than once into one process, and server.ts loads it too: what each copy kept to itself would be several. */

// The registry that JavaScript itself keeps one of; only this module knows its symbol.
const found = globalThis as typeof globalThis & { [name: symbol]: Map<string, unknown> | undefined };
const STORE = Symbol.for("claimcheck.process-wide");

function store(): Map<string, unknown> {
  found[STORE] ??= new Map();
  return found[STORE];
}

/** @param name whose; the first to ask makes it */
export function processWide<T>(name: string, make: () => T): T {
  const all = store();
  if (!all.has(name)) all.set(name, make());
  // Each name has one user, who gives it one type.
  return all.get(name) as T;
}

/** Lets the next one to ask make it anew. @returns what it was, if there was one */
export function forgetProcessWide<T>(name: string): T | undefined {
  const all = store();
  // As above.
  const was = all.get(name) as T | undefined;
  all.delete(name);
  return was;
}
