/** Reads what the vendor's own fields of the issue form hold, by the kind that they were declared as. */
import type { FormField, Given, Profile } from "@/lib/profiles/profile";

/** What the form calls a field. */
export const askedAs = (field: FormField) => (field.kind === "names" ? field.heading : field.label);

export function namesIn(given: Given, field: string): readonly string[] {
  const value = given[field];
  return typeof value === "object" ? value : [];
}

export function idIn(given: Given, field: string): string {
  const value = given[field];
  return typeof value === "string" ? value : "";
}

/** The vendor's own fields out of a whole form. */
export function givenOf({ fields }: Pick<Profile, "fields">, form: Readonly<Record<string, unknown>>): Given {
  return Object.fromEntries(
    fields.map(({ name, kind }) => {
      const value = form[name];
      if (kind === "id") return [name, typeof value === "string" ? value.trim() : ""];
      return [name, Array.isArray(value) ? value.filter((each) => typeof each === "string") : []];
    }),
  );
}

/** As a form holds them, which may change its lists. */
export function formOf(given: Given): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}

/** Of a name that the vendor has not. What was written is not repeated: it may be a secret. @param one what it is a name of @param names those that there are */
export const knowsNoSuch = (vendor: string, one: string, names: readonly string[]): string =>
  `${vendor} knows no such ${one}. It knows ${names.join(", ") || "none"}.`;
