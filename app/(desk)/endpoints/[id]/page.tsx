import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { BaseLines } from "@/components/programs/base-lines";
import { CallsTable } from "@/components/programs/calls-table";
import { EndpointActions } from "@/components/programs/endpoint-actions";
import { EndpointForm } from "@/components/programs/endpoint-form";
import { limitsInWords, roomWords } from "@/components/programs/endpoint-words";
import { StateBadge } from "@/components/programs/state-badge";
import { NotForRole } from "@/components/shell/not-for-role";
import { Time } from "@/components/time/time";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Region } from "@/components/ui/region";
import { ShownText } from "@/components/ui/shown-text";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { digitsAtMost } from "@/lib/count-at-most";
import { reachInWords } from "@/lib/endpoints/judge";
import { type EndpointView, getEndpoint } from "@/lib/endpoints/list";
import { callLimits } from "@/lib/endpoints/schema";
import { isAppError } from "@/lib/errors";
import { listKeyChoices } from "@/lib/keys/choices";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { lifetimeWords, typedLifetime } from "@/lib/text/lifetime";
import {
  changeEndpointAction,
  endEndpointAction,
  renewEndpointAction,
  setEndpointStatusAction,
  takeOverEndpointAction,
} from "../actions";

type Params = { params: Promise<{ id: string }> };
type Props = Params & { searchParams: Promise<{ edit?: string | string[] }> };

/** More rows a day are worth a thought. */
const MANY_A_DAY = 10_000;

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
              <bdi>{owner.name}</bdi> answers for it
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
          <Address endpoint={endpoint} />
          <Region label="What it gives">
            <Gives endpoint={endpoint} />
          </Region>
          {state === "ended" ? null : (
            <Region label="In an app">
              <p className="mb-3 max-w-[65ch] text-soft">
                All that a developer of {profileOf(profile).name}'s example apps changes; the app asks the rest itself.
              </p>
              <BaseLines lines={profileOf(profile).tokenServer.lines} base={endpoint.url.url} />
            </Region>
          )}
          <Region label="Calls">
            <Calls endpoint={endpoint} />
          </Region>
        </div>
      )}
    </>
  );
}

function Address({ endpoint: { url, state, reach, broken } }: { endpoint: EndpointView }) {
  if (state === "ended") return null;
  return (
    <section aria-label="Address" className="flex max-w-[46rem] flex-col gap-2.5">
      <ShownText id="endpoint-url" testId="endpoint-url" text={url.url} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <CopyButton value={url.url} selectId="endpoint-url" label="Copy address" variant="primary" size="sm" />
        <p className="text-small text-soft">
          Whoever reads this address in your app gets these tokens. Allowed origins hold back browsers, not programs.
        </p>
      </div>
      {url.onlyHere ? (
        <Notice tone="warn">
          Only this machine can open it. For apps elsewhere, set <code>PUBLIC_URL</code> to the desk's address.
        </Notice>
      ) : null}
      {reach.length > 0 && !broken ? <Notice tone="warn">Whoever has it may {reachInWords(reach)}.</Notice> : null}
      {broken ? (
        <Notice tone="bad" title="Calls are refused.">
          {broken}
        </Notice>
      ) : null}
    </section>
  );
}

function Gives({ endpoint }: { endpoint: EndpointView }) {
  const {
    keyId,
    keyLabel,
    templateName,
    ttlSeconds,
    givesSeconds,
    roomFrom,
    room,
    origins,
    purpose,
    endsAt,
    createdAt,
  } = endpoint;
  return (
    <DefinitionList
      items={[
        {
          term: "Key",
          detail: (
            <Link href={`/keys/${keyId}`} prefetch={false}>
              <bdi>{keyLabel}</bdi>
            </Link>
          ),
        },
        { term: "Template", detail: <bdi>{templateName}</bdi> },
        {
          term: "Expires in",
          detail:
            givesSeconds < ttlSeconds
              ? `${lifetimeWords(givesSeconds)}: key and template allow no more, it was saved with ${lifetimeWords(ttlSeconds)}`
              : lifetimeWords(ttlSeconds),
        },
        { term: "Room", detail: roomFrom === "fixed" ? <code>{room}</code> : roomWords[roomFrom].label },
        {
          term: "Allowed origins",
          detail:
            origins.length === 0
              ? "no page of another site"
              : origins.map((each) => <div key={each}>{each === "*" ? "all" : each}</div>),
        },
        { term: "Calls", detail: limitsInWords(endpoint) },
        { term: "Ends", detail: endsAt === null ? "never" : <Time epochSeconds={endsAt} mode="short" /> },
        ...(purpose ? [{ term: "Purpose", detail: <bdi>{purpose}</bdi> }] : []),
        {
          term: "Made",
          detail: (
            <>
              by <bdi>{endpoint.createdByName}</bdi>, <Time epochSeconds={createdAt} mode="short" />
            </>
          ),
        },
      ]}
    />
  );
}

function Calls({ endpoint: { id, active, issuedTokens, calls } }: { endpoint: EndpointView }) {
  // Of the ledger, and of the audit log.
  const most = 2 * Math.max(0, ...calls.map(({ issued }) => issued));
  return (
    <>
      <p className="mb-3 text-soft">
        <Link href={`/audit?tokens=1&member=${id}`} prefetch={false}>
          {groupDigits(issuedTokens)} issued
        </Link>
        ,{" "}
        <Link href={`/audit?tokens=1&active=1&member=${id}`} prefetch={false}>
          {digitsAtMost(active)} active
        </Link>
        . Each is a row of the ledger, and one of the audit log
        {most > 0 ? `: up to ${groupDigits(most)} rows in a day, so far` : null}.
      </p>
      {most > MANY_A_DAY ? (
        <Notice tone="warn" className="mb-3" title={`${groupDigits(most)} rows in a day.`}>
          Nobody removes them: the database grows by about {groupDigits(Math.ceil(most / 1_400))} MB a day. A longer
          lifetime lets apps ask less often.
        </Notice>
      ) : null}
      <CallsTable calls={calls} />
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
      leadTo={`/endpoints/${id}`}
    />
  );
}
