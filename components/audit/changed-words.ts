/** What an event says of a field that was changed: its label, what it was and what it is, in the words of the forms. */
import { roomWords } from "@/components/programs/endpoint-words";
import { reachInWords } from "@/lib/endpoints/judge";
import type { RoomSource } from "@/lib/endpoints/schema";
import { askedAs } from "@/lib/profiles/given";
import { profiles } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { formatUtc } from "@/lib/text/instant";
import { lifetimeWords } from "@/lib/text/lifetime";
import { listNames } from "@/lib/text/listed";
import { capital } from "@/lib/text/within-sentence";

export type Change = { field: string; label: string; before: string; after: string };

/** In the order of the forms. */
const labels: Record<string, string> = {
  name: "Name",
  note: "Note",
  label: "Label",
  key: "Key",
  template: "Template",
  maxTtlSeconds: "Max lifetime",
  defaultTtlSeconds: "Lifetime to begin with",
  // Those of the vendors' forms, but for what is called otherwise below.
  ...Object.fromEntries(
    [...profiles.values()].flatMap(({ fields }) => fields.map((field) => [field.name, askedAs(field)])),
  ),
  require: "Required",
  templates: "Templates",
  signsElsewhere: "Signs elsewhere",
  ttlSeconds: "Expires in",
  roomFrom: "Room",
  room: "Room ID",
  origins: "Allowed origins",
  reach: "Reaches far",
  perMinute: "Calls a minute",
  perMinuteFromAddress: "Calls a minute from one address",
  perDay: "Calls a day",
  endsAt: "Ends",
  owner: "Answers for it",
  fingerprint: "Fingerprint",
};
const order = Object.keys(labels);

/** "maxTtlSeconds" → "max ttl seconds": of a field that no table names. */
export const plainName = (name: string) => name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

/** What holds for issuers, beside what holds for everybody. */
const OF_ISSUERS = /^issuer(?=[A-Z])/;
const limitOf = (field: string) => {
  const limit = field.replace(OF_ISSUERS, "");
  return limit.charAt(0).toLowerCase() + limit.slice(1);
};

/** What it means that there is no limit. */
const unlimited: Record<string, string> = {
  maxTtlSeconds: "no limit",
  defaultTtlSeconds: "the form's own",
  permissions: "any",
  roles: "any",
  templates: "any template, or none at all",
  perMinute: "no limit",
  perMinuteFromAddress: "no limit",
  perDay: "no limit",
  endsAt: "never",
};

/** What a policy allows and asks for, as the forms call it. */
const nameWords = new Map(
  [...profiles.values()].flatMap(({ fields }) =>
    fields.flatMap((field): [string, string][] => {
      if (field.kind !== "names") return field.limits ? [[field.limits, field.label]] : [];
      const wayOf = (value: string) => field.ways?.find(({ names }) => names.length === 1 && names[0] === value)?.label;
      return field.choices.map(({ value, label }) => [value, wayOf(value) ?? label]);
    }),
  ),
).set("purpose", "Purpose");

const NAMED = ["permissions", "roles", "require"];

function wordsOf(field: string, value: unknown): string {
  const limit = limitOf(field);
  if (value === null && Object.hasOwn(unlimited, limit))
    return OF_ISSUERS.test(field) ? "as for everybody" : (unlimited[limit] ?? "");
  if (field === "endsAt" && typeof value === "string") return formatUtc(Date.parse(value) / 1000);
  if (field === "roomFrom" && value !== null) return roomWords[value as RoomSource]?.label ?? String(value); // Of another version perhaps.
  if (/ttlSeconds$/i.test(field) && typeof value === "number") return lifetimeWords(value);
  if (/^per[A-Z]/.test(field) && typeof value === "number") return groupDigits(value);
  if (field === "reach" && Array.isArray(value)) return reachInWords(value);
  if (Array.isArray(value)) {
    const words = value.map((name) => (NAMED.includes(limit) && nameWords.get(String(name))) || String(name));
    return listNames(words) || "none";
  }
  if (field === "signsElsewhere") return value === null ? "not said yet" : String(value);
  return value === "" ? "none" : String(value ?? "none");
}

function labelOf(field: string): string {
  const limit = limitOf(field);
  const label = (Object.hasOwn(labels, limit) ? labels[limit] : undefined) ?? capital(plainName(limit));
  return OF_ISSUERS.test(field) ? `${label} (issuers)` : label;
}

/** What holds for issuers comes behind what holds for everybody, and what no table names is last of them. */
function placeOf(field: string): number {
  const place = order.indexOf(limitOf(field));
  return (place < 0 ? order.length : place) + (OF_ISSUERS.test(field) ? order.length + 1 : 0);
}

/** Of a template, whose event tells names as one text; where it has none of them, they are none, and not any. */
function names(field: string, change: readonly unknown[], side: 0 | 1): unknown {
  const value = change[side];
  if (!NAMED.includes(field) || !change.some((each) => typeof each === "string")) return value;
  return typeof value === "string" ? value.split(", ") : [];
}

/** @param changed the event's, as it was recorded, perhaps by another version: its fields stand there by their names in code */
export function changesOf(changed: unknown): Change[] {
  if (typeof changed !== "object" || changed === null) return [];
  const entries = Object.entries(changed).sort(([one], [other]) => placeOf(one) - placeOf(other));
  const changes = entries.flatMap(([field, change]) =>
    Array.isArray(change) && change.length === 2
      ? {
          field,
          label: labelOf(field),
          before: wordsOf(field, names(field, change, 0)),
          after: wordsOf(field, names(field, change, 1)),
        }
      : [],
  );
  // Of what is made all fields are recorded, also those that hold nothing.
  return changes.filter(({ before, after }) => before !== after);
}
