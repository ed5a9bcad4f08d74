/** Reads what was thrown, which may be anything: its code and its message. Believes of neither that it is there. */

/** @returns as Node's own errors and SQLite's have one; undefined where there is none */
export function codeOf(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  return typeof code === "string" ? code : undefined;
}

export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
