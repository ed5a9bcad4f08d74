import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuditFilterForm } from "@/components/audit/audit-filter-form";
import { AuditTable } from "@/components/audit/audit-table";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { auditFilterChoices, listEvents } from "@/lib/audit/list";
import { AuditFilters } from "@/lib/audit/schema";
import { requireActor } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Audit" };

type Query = Record<string, string | string[] | undefined>;

/** The address of this page with these filters and no empty ones, so that a link shares exactly the view. */
function addressOf(filters: AuditFilters): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query ? `/audit?${query}` : "/audit";
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<Query> }) {
  const actor = await requireActor();
  const query = await searchParams;
  const filters = AuditFilters.parse(query);
  if (Object.values(query).some((value) => value === "")) redirect(addressOf(filters));
  const [page, choices] = await Promise.all([listEvents(actor, filters), auditFilterChoices(actor)]);
  const { before, ...rest } = filters;
  const filtered = Object.values(rest).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title="Audit" lede="Who did what, to what, from where. Nothing here can be changed or deleted." />
      <AuditFilterForm filters={filters} choices={choices} filtered={filtered} />
      <AuditTable
        events={page.events}
        empty={
          filtered || before ? (
            <EmptyState
              icon="filter"
              title="Nothing matches"
              action={<ButtonLink href="/audit">Show all events</ButtonLink>}
            >
              No event has all that these filters ask for.
            </EmptyState>
          ) : (
            <EmptyState icon="audit" title="Nothing has happened yet">
              Every sign-in, key and token will appear here.
            </EmptyState>
          )
        }
      />
      <nav aria-label="Pages" className="mt-4 flex justify-between gap-2">
        {before ? <ButtonLink href={addressOf({ ...filters, before: undefined })}>Newest</ButtonLink> : <span />}
        {page.next ? (
          <ButtonLink href={addressOf({ ...filters, before: page.next })} rel="next">
            Older
          </ButtonLink>
        ) : null}
      </nav>
    </>
  );
}
