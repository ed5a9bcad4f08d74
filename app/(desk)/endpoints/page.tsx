import type { Metadata } from "next";
import { EndpointGroups } from "@/components/programs/endpoint-groups";
import { EndpointSearch } from "@/components/programs/endpoint-search";
import { EndpointTable } from "@/components/programs/endpoint-table";
import { ProgramPages } from "@/components/programs/program-pages";
import { NotForRole } from "@/components/shell/not-for-role";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { type ListedEndpoint, listEndpoints } from "@/lib/endpoints/list";
import { EndpointsQuery, endpointsAddress, findListed } from "@/lib/endpoints/listed";
import { PAGE_SIZE } from "@/lib/page-of";

export const metadata: Metadata = { title: "Endpoints" };

/** So many are found by reading. */
const FEW = 8;

export default async function EndpointsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const actor = await requireActor();
  if (!may(actor.role, "endpoint.manage")) return <NotForRole title="Endpoints" role={actor.role} />;
  const endpoints = await listEndpoints(actor);
  const add = (
    <ButtonLink href="/endpoints/new" icon="plus" variant={endpoints.length === 0 ? "primary" : "secondary"}>
      New endpoint
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Endpoints"
        lede="A URL instead of a token: an app asks it, and gets a fresh token, within limits and on record."
        actions={endpoints.length === 0 ? undefined : add}
        className="mb-4"
      />
      <ProgramPages at="/endpoints" />
      <Announcer />
      {endpoints.length === 0 ? (
        <EmptyState icon="link" title="No endpoint yet" action={add}>
          A token in an app's settings works until it expires; then somebody comes back here. An endpoint gives the app
          a new one whenever it asks.
        </EmptyState>
      ) : (
        <Listed endpoints={endpoints} asked={EndpointsQuery.parse(await searchParams)} />
      )}
    </>
  );
}

function Listed({ endpoints, asked }: { endpoints: readonly ListedEndpoint[]; asked: EndpointsQuery }) {
  const { q } = asked;
  const { rows, counts, moreEnded, common, ...paged } = findListed(endpoints, asked);
  return (
    <>
      {endpoints.length > FEW || q ? <EndpointSearch q={q} state={asked.state} /> : null}
      <EndpointGroups asked={asked} counts={counts} moreEnded={moreEnded} />
      {rows.length > 0 ? (
        <EndpointTable endpoints={rows} common={common} />
      ) : q || asked.state ? (
        <EmptyState
          icon="search"
          title="Nothing matches"
          action={<ButtonLink href="/endpoints">Show all open endpoints</ButtonLink>}
        >
          No endpoint has all that is asked for.
        </EmptyState>
      ) : (
        <EmptyState
          icon="link"
          title="No endpoint is open"
          action={<ButtonLink href={endpointsAddress({ state: "ended" })}>See those that have ended</ButtonLink>}
        >
          All that there were are over or ended.
        </EmptyState>
      )}
      <PageLinks
        label="Endpoints"
        {...paged}
        size={PAGE_SIZE}
        hrefOf={(page) => endpointsAddress({ ...asked, page })}
      />
    </>
  );
}
