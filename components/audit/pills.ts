/** What is asked for, in the words of the pills, each with the address that is left without it. Browser-safe. */
import { type AuditFilters, auditAddress, type Ending, isHash } from "@/lib/audit/schema";
import { namesOf } from "@/lib/names-of";
import { timeParts } from "@/lib/text/instant";
import { listNames } from "@/lib/text/listed";
import { UTC } from "@/lib/text/zone";
import { shortName } from "./event-words";

export type Choices = { members: { id: string; name: string }[]; keys: { id: string; label: string }[] };

export type Pill = { name: keyof AuditFilters; label: string; without: string };

const endingWords: Record<Ending, string> = {
  "1h": "ends within 1 h",
  "24h": "expires in 24 h",
  "1h-24h": "ends in 1 to 24 h",
  "24h-7d": "ends in 1 to 7 days",
  "7d-": "ends after 7 days",
};

/** Of a calendar: without a zone. */
function dayWords(day: string): string {
  const words = timeParts(Date.parse(`${day}T12:00Z`) / 1000, UTC).day;
  return words.endsWith(` ${new Date().getUTCFullYear()}`) ? words.slice(0, -5) : words;
}

type Words<Name extends keyof AuditFilters> = (
  value: NonNullable<AuditFilters[Name]>,
  choices: Choices,
) => string | undefined;

const wordsFor: { [Name in keyof AuditFilters]?: Words<Name> } = {
  q: (q) => (isHash(q) ? `token with SHA-256 ${q.slice(0, 8)}…` : undefined),
  tokens: () => "tokens only",
  member: (id, { members }) => (id === "me" ? "mine" : (members.find((each) => each.id === id)?.name ?? "a member")),
  key: (id, { keys }) => `key ${keys.find((each) => each.id === id)?.label ?? "not here"}`,
  notKey: (ids, { keys }) =>
    `another key than ${listNames(ids.split(",").map((id) => keys.find((each) => each.id === id)?.label ?? "not here"))}`,
  room: (room) => `room ${room}`,
  participant: (participant) => `participant ${participant}`,
  action: (action) => shortName(action),
  active: () => "not expired",
  ends: (ends) => endingWords[ends],
  can: (can) => (can === "moderate" ? "moderators" : "REST API"),
  long: () => "longer than 7 days",
  outcome: () => "refused",
  elsewhere: () => "signed elsewhere",
  from: (day) => `since ${dayWords(day)}`,
  to: (day) => `until ${dayWords(day)}`,
};

function labelOf<Name extends keyof AuditFilters>(name: Name, value: AuditFilters[Name], choices: Choices) {
  return value === undefined || value === null ? undefined : wordsFor[name]?.(value, choices);
}

/** @param filters without the page */
export function pillsOf(filters: Partial<AuditFilters>, choices: Choices): Pill[] {
  return namesOf(wordsFor).flatMap((name) => {
    const label = labelOf(name, filters[name], choices);
    return label === undefined ? [] : [{ name, label, without: auditAddress({ ...filters, [name]: undefined }) }];
  });
}
