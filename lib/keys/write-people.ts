/** Writes who holds active tokens of a key as a CSV file, to tell them. Browser-safe. */
import { csvLines } from "@/lib/text/csv";
import type { PersonWithTokens } from "./active-by-person";

const columns = [
  ...["name", "email", "active tokens", "next one ends", "last one ends", "the last one is for", "in room"],
  "answers for it",
];

const instant = (epochSeconds: number) => new Date(epochSeconds * 1000).toISOString();

export function writePeople(people: readonly PersonWithTokens[]): string {
  const rows = people.map(({ name, email, answeredBy, active, more, nextExpiry, lastExpiry, purpose, room }) => [
    ...[name, email ?? "", more ? `${active}+` : active, instant(nextExpiry), instant(lastExpiry)],
    ...[purpose, room ?? "", answeredBy ?? ""],
  ]);
  return csvLines([columns, ...rows]);
}
