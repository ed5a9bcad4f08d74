"use client";
/** Saves who holds active tokens of a key as a CSV file, to tell them. */
import { Button } from "@/components/ui/button";
import type { PersonWithTokens } from "@/lib/keys/active-by-person";
import { CSV_MARK, csvLines } from "@/lib/text/csv";

const columns = [
  ...["name", "email", "active tokens", "next one ends", "last one ends", "the last one is for", "in room"],
  "answers for it",
];

const instant = (epochSeconds: number) => new Date(epochSeconds * 1000).toISOString();

export function SavePeopleButton({ people, label }: { people: readonly PersonWithTokens[]; label: string }) {
  function save() {
    const rows = people.map(({ name, email, answeredBy, active, nextExpiry, lastExpiry, purpose, room }) => [
      ...[name, email ?? "", active, instant(nextExpiry), instant(lastExpiry), purpose, room ?? "", answeredBy ?? ""],
    ]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([CSV_MARK, csvLines([columns, ...rows])], { type: "text/csv" }));
    link.download = `who to tell about ${label.replace(/[^\p{L}\p{N} _-]/gu, "")}.csv`;
    link.click();
    // The download has its own hold on the data once it has begun.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
  return (
    <Button size="sm" className="print:hidden" onClick={save}>
      Save as CSV
    </Button>
  );
}
