/** Counts the records of a CSV or JSON lines file while it comes in pieces, cut anywhere. Takes no notice of what stands in them. Browser-safe. */

/** @returns how many records have ended up to the end of each piece: line breaks in the quotes of a CSV end none, and its first line is no record */
export function recordCounter(format: "csv" | "jsonl"): (piece: string) => number {
  let quoted = false;
  let records = format === "csv" ? -1 : 0;
  return (piece) => {
    for (const character of piece) {
      if (character === '"' && format === "csv") quoted = !quoted;
      else if (character === "\n" && !quoted) records += 1;
    }
    return Math.max(0, records);
  };
}
