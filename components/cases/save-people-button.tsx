"use client";
/** Saves who holds active tokens of a key as a CSV file, to tell them. */
import { Button } from "@/components/ui/button";
import type { PersonWithTokens } from "@/lib/keys/active-by-person";
import { writePeople } from "@/lib/keys/write-people";
import { CSV_MARK } from "@/lib/text/csv";

export function SavePeopleButton({ people, label }: { people: readonly PersonWithTokens[]; label: string }) {
  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([CSV_MARK, writePeople(people)], { type: "text/csv" }));
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
