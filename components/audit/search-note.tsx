/** What the search did beyond finding: which token, tokens or batch a number meant, that words were too short for the index, that an address is not looked for as one, and how far it has looked. */
import Link from "next/link";
import type { AuditPage } from "@/lib/audit/list";
import { type AuditFilters, auditAddress, isAddress, isHash } from "@/lib/audit/schema";
import { groupDigits } from "@/lib/text/group-digits";
import { batchName, tokenName, tokenRangeName } from "@/lib/text/numbered";

export function SearchNote({
  page: { number, issued, shortWords, lookedTo },
  filters,
}: {
  page: Pick<AuditPage, "number" | "issued" | "shortWords" | "lookedTo">;
  filters: Partial<AuditFilters>;
}) {
  const asWord = (
    <Link href={auditAddress({ ...filters, q: `"${filters.q}"` })} prefetch={false}>
      Look for “{filters.q}” as a word
    </Link>
  );
  const notes = [
    number === undefined || isHash(filters.q) ? null : (
      <>
        What happened to token {tokenName(number)}. {asWord}
      </>
    ),
    issued === undefined ? null : (
      <>
        The issue of {tokenRangeName(issued.first, issued.last)}
        {issued.batch === undefined ? null : (
          <>
            , as{" "}
            <Link href={`/batches/${issued.batch}`} prefetch={false}>
              {batchName(issued.batch)}
            </Link>
          </>
        )}
        . {asWord}
      </>
    ),
    isAddress(filters.q) ? "Addresses that events came from are not searched: each event's page has its own." : null,
    shortWords ? "Words of one or two characters are looked for in the newest 10,000 events only." : null,
    lookedTo === undefined ? null : `Looked through as far as event ${groupDigits(lookedTo)}. The next page looks on.`,
  ].filter(Boolean);
  return (
    <div role="status" className="not-empty:mb-2">
      {notes.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: five sentences in one order
        <p key={index} className="text-small text-soft">
          {note}
        </p>
      ))}
    </div>
  );
}
