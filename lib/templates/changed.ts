/** What a template's event says of it: each field that was changed, before and after, in one shape for a new one, a changed one and a deleted one. */
import { typedLifetime } from "@/lib/text/lifetime";
import { readFills } from "./stored";

export type Changed = Record<string, [before: string | number | null, after: string | number | null]>;

/** As the database keeps it. */
type Content = { name: string; note: string; fills: string };

function factsOf({ name, note, fills }: Content): Map<string, string> {
  const { given, ttlSeconds } = readFills(fills);
  const told = Object.entries(given).map(([field, value]): [string, string] => [field, [value].flat().join(", ")]);
  return new Map([["name", name], ["note", note], ...told, ["expiresIn", typedLifetime(ttlSeconds)]]);
}

/** @param before absent: it is new @param after absent: it is deleted @returns nothing of what is as it was */
export function changedBetween(before: Content | undefined, after: Content | undefined): Changed {
  const [was, is] = [before, after].map((content) => (content ? factsOf(content) : new Map<string, string>()));
  const fields = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return Object.fromEntries(
    [...fields]
      .map((field): [string, [string | null, string | null]] => [
        field,
        [was?.get(field) || null, is?.get(field) || null],
      ])
      .filter(([, [one, other]]) => one !== other),
  );
}
