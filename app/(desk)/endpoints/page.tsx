import type { Metadata } from "next";
import { EndpointTable } from "@/components/programs/endpoint-table";
import { ProgramPages } from "@/components/programs/program-pages";
import { NotForRole } from "@/components/shell/not-for-role";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listEndpoints } from "@/lib/endpoints/list";

export const metadata: Metadata = { title: "Endpoints" };

export default async function EndpointsPage() {
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
        <EndpointTable endpoints={endpoints} />
      )}
    </>
  );
}
