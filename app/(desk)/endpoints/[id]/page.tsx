import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { BriefEvents } from "@/components/audit/brief-events";
import { EndpointActions } from "@/components/programs/endpoint-actions";
import { EndpointAddress, EndpointCalls, EndpointGives } from "@/components/programs/endpoint-facts";
import { EndpointForm } from "@/components/programs/endpoint-form";
import { ExampleApps } from "@/components/programs/example-apps";
import { goneWords } from "@/components/programs/owner-words";
import { StateBadge } from "@/components/programs/state-badge";
import { NotForRole } from "@/components/shell/not-for-role";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { Region } from "@/components/ui/region";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listEndpointHistory } from "@/lib/endpoints/history";
import { type EndpointView, getEndpoint } from "@/lib/endpoints/list";
import { callLimits } from "@/lib/endpoints/schema";
import { isAppError } from "@/lib/errors";
import { listKeyChoices } from "@/lib/keys/choices";
import { profileOf } from "@/lib/profiles/registry";
import { typedLifetime } from "@/lib/text/lifetime";
import {
  changeEndpointAction,
  endEndpointAction,
  renewEndpointAction,
  setEndpointStatusAction,
  takeOverEndpointAction,
} from "../actions";

type Params = { params: Promise<{ id: string }> };
type Props = Params & { searchParams: Promise<{ edit?: string | string[] }> };

/** Undefined: there is none, or this role sees none. */
const readEndpoint = cache(async (endpointId: string): Promise<EndpointView | undefined> => {
  const actor = await requireActor();
  if (!may(actor.role, "endpoint.manage") || endpointId.length > 40) return undefined;
  return getEndpoint(actor, { endpointId }).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") return undefined;
    throw error;
  });
});

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await readEndpoint((await params).id))?.name ?? "Endpoint" };
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  if (!may(actor.role, "endpoint.manage")) return <NotForRole title="Endpoint" role={actor.role} />;
  const { id } = await params;
  const endpoint = await readEndpoint(id);
  if (!endpoint) notFound();
  const editing = (await searchParams).edit === "1" && endpoint.state !== "ended";
  const { name, state, owner, profile } = endpoint;
  return (
    <>
      <PageHeader
        title={<bdi>{name}</bdi>}
        lede={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 max-md:[&>a]:py-1.5">
            <Link href="/endpoints">All endpoints</Link>
            <StateBadge state={state} refuses={Boolean(endpoint.broken)} />
            <span>
              <bdi>{owner.name}</bdi> {owner.gone ? goneWords(owner.gone) : "answers for it"}
            </span>
          </span>
        }
        actions={
          editing ? undefined : (
            <>
              {state === "ended" ? null : (
                <ButtonLink href={`/endpoints/${id}?edit=1`} icon="pen">
                  Change
                </ButtonLink>
              )}
              <EndpointActions
                {...{ id, name, state, version: endpoint.version, off: endpoint.off }}
                owner={owner}
                isOwn={owner.id === actor.id}
                lastCalls={endpoint.calls[0]}
                setStatus={setEndpointStatusAction}
                renew={renewEndpointAction}
                takeOver={takeOverEndpointAction}
                end={endEndpointAction}
              />
            </>
          )
        }
      />
      <Announcer />
      {editing ? (
        <Editing endpoint={endpoint} keys={await listKeyChoices(actor)} memberId={actor.id} />
      ) : (
        <div className="flex flex-col gap-8">
          <EndpointAddress endpoint={endpoint} />
          <Region label="What it gives">
            <EndpointGives endpoint={endpoint} />
          </Region>
          {state === "ended" ? null : (
            <Region label="In an app">
              <ExampleApps endpoint={endpoint} vendor={profileOf(profile)} />
            </Region>
          )}
          <Region label="Calls">
            <EndpointCalls endpoint={endpoint} />
          </Region>
          <section aria-labelledby="history">
            <div className="mb-1.5 flex items-baseline justify-between gap-3">
              <h2 id="history" className="font-semibold text-small">
                History
              </h2>
              <Link
                href={`/audit?q=${id}`}
                prefetch={false}
                className="text-small underline decoration-edge underline-offset-4"
              >
                All events
              </Link>
            </div>
            <BriefEvents
              events={await listEndpointHistory(actor, id)}
              named
              of={{ what: "endpoint", name }}
              empty="Nothing so far."
            />
          </section>
        </div>
      )}
    </>
  );
}

function Editing({
  endpoint,
  keys,
  memberId,
}: {
  endpoint: EndpointView;
  keys: Awaited<ReturnType<typeof listKeyChoices>>;
  memberId: string;
}) {
  const text = (count: number | null) => (count === null ? "" : String(count));
  const { id, name, keyId, templateId, ttlSeconds, roomFrom, room, origins, purpose, endsAt, version } = endpoint;
  const unlimited = callLimits.filter((limit) => endpoint[limit] === null);
  return (
    <EndpointForm
      keys={keys}
      values={{
        ...{
          name,
          keyId,
          template: templateId,
          expiresIn: typedLifetime(ttlSeconds),
          roomFrom,
          room: room ?? "",
          purpose,
        },
        ...{ origins: origins.join("\n"), perMinute: text(endpoint.perMinute), perDay: text(endpoint.perDay) },
        perMinuteFromAddress: text(endpoint.perMinuteFromAddress),
        endsAt: endsAt === null ? "" : new Date(endsAt * 1000).toISOString(),
        ...{ farReaching: endpoint.confirmedReach, unlimited },
      }}
      named={{ endpointId: id, version }}
      memberId={memberId}
      submit="Save changes"
      action={changeEndpointAction}
      cancelTo={`/endpoints/${id}`}
    />
  );
}
