/** Writes ledger numbers as short as they can be read: 1-4, 9, 12-40. Never longer than an audit event may be; then it says how many more there are. */

/** Characters, all of them ASCII. */
const LONGEST = 8_000;

/** @param numbers ascending, each once */
export function inRanges(numbers: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const open = ranges.at(-1);
    if (open && number === open.last + 1) open.last = number;
    else ranges.push({ first: number, last: number });
  }
  let text = "";
  let told = 0;
  for (const { first, last } of ranges) {
    const range = first === last ? String(first) : `${first}-${last}`;
    const longer = text === "" ? range : `${text}, ${range}`;
    const rest = `, and ${numbers.length - told} more`;
    if (longer.length + rest.length > LONGEST) return text + rest;
    text = longer;
    told += last - first + 1;
  }
  return text;
}
