/** Says whether a JSON number changes when JavaScript reads it; refuses to round silently. */

/** Significant digits and the power of ten of the first one: `1.50e3` is ["15", 3]. */
function normalise(raw: string): [digits: string, power: number] {
  const [mantissa = "", exponent = "0"] = raw.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const all = whole + fraction;
  let zeros = 0;
  while (zeros < all.length && all[zeros] === "0") zeros++;
  let end = all.length;
  while (end > zeros && all[end - 1] === "0") end--;
  return [all.slice(zeros, end), end === zeros ? 0 : Number(exponent) + whole.length - zeros];
}

/** True when `value`, written out again, is not the number that `raw` writes: above 2^53, too many digits, or out of range (RFC 8259 §6). Linear in the length of `raw`. */
export function changesAsNumber(raw: string, value: number): boolean {
  if (!Number.isFinite(value)) return true;
  const [digits, power] = normalise(raw.startsWith("-") ? raw.slice(1) : raw);
  const [digitsRead, powerRead] = normalise(String(Math.abs(value)));
  return digits !== digitsRead || power !== powerRead;
}
