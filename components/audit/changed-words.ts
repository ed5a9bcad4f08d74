/** What a key's event says of a field that was changed: its label, what it was and what it is, in the words of the forms. */
import { formatSpan } from "@/lib/text/span";
import { capital } from "@/lib/text/within-sentence";

export type Change = { field: string; label: string; before: string; after: string };

const labels: Record<string, string> = {
  fingerprint: "Fingerprint",
  label: "Label",
  maxTtlSeconds: "Max lifetime",
  signsElsewhere: "Signs elsewhere",
};

/** "maxTtlSeconds" → "max ttl seconds": of a field that no table names. */
export const plainName = (name: string) => name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

function wordsOf(field: string, value: unknown): string {
  if (field === "maxTtlSeconds") return typeof value === "number" ? formatSpan(value) : "no limit";
  if (field === "signsElsewhere") return value === null ? "not said yet" : String(value);
  return String(value ?? "none");
}

/** @param changed the event's, as it was recorded, perhaps by another version */
export function changesOf(changed: unknown): Change[] {
  if (typeof changed !== "object" || changed === null) return [];
  return Object.entries(changed).flatMap(([field, change]) =>
    Array.isArray(change) && change.length === 2
      ? {
          field,
          label: (Object.hasOwn(labels, field) ? labels[field] : undefined) ?? capital(plainName(field)),
          before: wordsOf(field, change[0]),
          after: wordsOf(field, change[1]),
        }
      : [],
  );
}
