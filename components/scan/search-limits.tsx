/** Says when a text could not be searched for secrets of this desk, or not all of it. */
import { Notice } from "@/components/ui/notice";
import type { Scan } from "@/lib/scan/scan";
import { groupDigits } from "@/lib/text/group-digits";

/** @param lookedUp whether it is said elsewhere what the ledger knows */
export function SearchLimits({ hashed, leftOut, lookedUp }: Pick<Scan, "hashed" | "leftOut"> & { lookedUp: boolean }) {
  if (!hashed) {
    return (
      <Notice
        tone="warn"
        title={
          lookedUp
            ? "Not searched for this desk's secrets."
            : "Not looked up in the ledger, and not searched for this desk's secrets."
        }
      >
        The browser hashes only on https or localhost, and this page is on plain http. Open the desk there.
      </Notice>
    );
  }
  if (leftOut === 0) return null;
  return (
    <Notice tone="warn" title="Not everything was compared with this desk's secrets.">
      The text has {groupDigits(leftOut)} long words more than are compared. Those that look like secrets came first.
    </Notice>
  );
}
