/** The first letters of a name's first and last word, for a face that has no picture. */
export function initialsOf(name: string): string {
  const names = name.trim().split(/\s+/);
  return [names[0], names.length > 1 ? names.at(-1) : undefined]
    .map((each) => [...(each ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
