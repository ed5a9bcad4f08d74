/** Whether two JSON values say the same, whatever the order of their members. Browser-safe; the depth is that of parsed JSON. */
export function sameJson(one: unknown, two: unknown): boolean {
  if (one === two) return true;
  if (typeof one !== "object" || typeof two !== "object" || one === null || two === null) return false;
  if (Array.isArray(one) !== Array.isArray(two)) return false;
  // Two objects, or two lists, as was seen above: either is read by name.
  const [first, second] = [one as Record<string, unknown>, two as Record<string, unknown>];
  const names = Object.keys(first);
  if (names.length !== Object.keys(second).length) return false;
  return names.every((name) => Object.hasOwn(second, name) && sameJson(first[name], second[name]));
}
