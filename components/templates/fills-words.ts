/** What a template fills in, in the words of the form: a part for each of the vendor's fields that it says something of. */
import { sameNames } from "@/lib/composer/template";
import { askedAs, idIn, namesIn } from "@/lib/profiles/given";
import type { FormField, Given, Profile } from "@/lib/profiles/profile";

export type FillsPart = { field: string; label: string; words: string; isId: boolean };

export function fillsInWords({ fields }: Pick<Profile, "fields">, given: Given): FillsPart[] {
  return fields.flatMap((field) => {
    const words = Object.hasOwn(given, field.name) ? wordsOf(field, given) : "";
    if (words === "") return [];
    return [{ field: field.name, label: askedAs(field), words, isId: field.kind === "id" }];
  });
}

function wordsOf(field: FormField, given: Given): string {
  if (field.kind === "id") return idIn(given, field.name);
  const names = namesIn(given, field.name);
  const way = field.ways?.find((each) => sameNames(each.names, names));
  if (way) return way.label;
  // A name that the vendor has no more is shown as it is.
  return names.map((name) => field.choices.find(({ value }) => value === name)?.label ?? name).join(", ");
}
