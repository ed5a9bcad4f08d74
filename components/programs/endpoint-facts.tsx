/** What an endpoint is: its address, what it gives, and how often it was asked. */
import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { CopyButton } from "@/components/ui/copy-button";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import { ShownText } from "@/components/ui/shown-text";
import { digitsAtMost } from "@/lib/count-at-most";
import { reachInWords } from "@/lib/endpoints/judge";
import type { EndpointView } from "@/lib/endpoints/list";
import type { EndpointState } from "@/lib/endpoints/state";
import { groupDigits } from "@/lib/text/group-digits";
import { lifetimeWords } from "@/lib/text/lifetime";
import { CallsTable } from "./calls-table";
import { askedInWords, limitsInWords, roomWords, subjectWords } from "./endpoint-words";

/** More rows a day are worth a thought. */
const MANY_A_DAY = 10_000;

/** Why it gives nothing, whatever else holds. */
const stillWords: Record<Exclude<EndpointState, "active" | "ended">, string> = {
  off: "It is switched off.",
  over: "Its time is over. Change it to set another end.",
  "without owner": "Nobody answers for it. Take it over, and it works again.",
};

/** Its base URL, and what whoever has that may do. */
export function EndpointAddress({
  endpoint: { url, state, reach, asks, broken, keyLabel },
}: {
  endpoint: EndpointView;
}) {
  if (state === "ended") return null;
  const refuses = state === "active" ? broken : stillWords[state];
  return (
    <section aria-label="Address" className="flex max-w-[46rem] flex-col gap-2.5">
      <ShownText id="endpoint-url" testId="endpoint-url" text={url.url} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <CopyButton value={url.url} selectId="endpoint-url" label="Copy address" variant="primary" size="sm" />
        <p className="text-small text-soft">
          Whoever reads this address in your app {refuses ? "would get" : "gets"} these tokens. Allowed origins hold
          back browsers, not programs.
        </p>
      </div>
      {url.onlyHere ? (
        <Notice tone="warn">
          Only this machine can open it. For apps elsewhere, set <code>PUBLIC_URL</code> to the desk's address.
        </Notice>
      ) : null}
      {reach.length > 0 && !broken ? (
        <Notice tone="warn">
          {refuses ? "Once it answers, whoever" : "Whoever"} has it may {reachInWords(reach)}.
        </Notice>
      ) : null}
      {asks.length > 0 && !broken ? (
        <Notice tone="warn">
          It asks each caller for {askedInWords(asks)}, as <bdi>{keyLabel}</bdi> does: a call that names none is
          refused.
        </Notice>
      ) : null}
      {refuses ? (
        <Notice tone="bad" title="Calls are refused.">
          {refuses}
        </Notice>
      ) : null}
    </section>
  );
}

/** What it gives, to whom, and until when. */
export function EndpointGives({ endpoint }: { endpoint: EndpointView }) {
  const {
    keyId,
    keyLabel,
    templateName,
    ttlSeconds,
    givesSeconds,
    roomFrom,
    room,
    origins,
    subject,
    asks,
    purpose,
    endsAt,
    endedAt,
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
        {
          term: "Room",
          detail:
            roomFrom === "fixed" ? <code>{room}</code> : roomWords[asks.includes("room") ? "required" : roomFrom].label,
        },
        {
          term: "Participant",
          detail: typeof subject === "string" ? subjectWords[subject] : <code>{subject.own}</code>,
        },
        {
          term: "Allowed origins",
          detail:
            origins.length === 0
              ? "no page of another site"
              : origins.map((each) => <div key={each}>{each === "*" ? "all" : each}</div>),
        },
        { term: "Calls", detail: limitsInWords(endpoint) },
        endedAt === null
          ? { term: "Ends", detail: endsAt === null ? "never" : <Time epochSeconds={endsAt} mode="short" /> }
          : { term: "Ended", detail: <Time epochSeconds={endedAt} mode="short" /> },
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

/** How often it was asked, and how much that writes. */
export function EndpointCalls({ endpoint: { id, active, issuedTokens, calls } }: { endpoint: EndpointView }) {
  // Of the ledger, and of the audit log.
  const most = 2 * Math.max(0, ...calls.map(({ issued }) => issued));
  return (
    <>
      <p className="mb-3 text-soft">
        <Counted to={`/audit?tokens=1&member=${id}`} count={issuedTokens}>
          {groupDigits(issuedTokens)} issued
        </Counted>
        ,{" "}
        <Counted to={`/audit?tokens=1&active=1&member=${id}`} count={active}>
          {digitsAtMost(active)} not expired
        </Counted>
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

/** What leads to what it counts: none to nothing. */
function Counted({ to, count, children }: { to: string; count: number; children: ReactNode }) {
  if (count === 0) return children;
  return (
    <Link href={to} prefetch={false}>
      {children}
    </Link>
  );
}
