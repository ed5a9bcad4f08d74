import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { OutcomeBadge, targetOf } from "@/components/audit/audit-table";
import { eventDetail } from "@/components/audit/event-detail";
import { LedgerTicket } from "@/components/audit/ledger-ticket";
import { Time } from "@/components/time/time";
import { DefinitionList } from "@/components/ui/definition-list";
import { PageHeader } from "@/components/ui/page-header";
import { wordsFor } from "@/lib/audit/actions";
import { getEvent } from "@/lib/audit/get";
import { requireActor } from "@/lib/auth/session";
import { findToken } from "@/lib/ledger/find";
import { groupDigits } from "@/lib/text/group-digits";

type Params = { params: Promise<{ sequence: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: `Event ${(await params).sequence}` };
}

export default async function AuditEventPage({ params }: Params) {
  const actor = await requireActor();
  const { sequence } = await params;
  const event = /^\d{1,10}$/.test(sequence) ? await getEvent(actor, Number(sequence)) : undefined;
  if (!event) notFound();
  const token = event.tokenNumber !== null ? await findToken(actor, event.tokenNumber) : undefined;
  return (
    <>
      <PageHeader
        title={
          <>
            <bdi>{event.actorName}</bdi> {wordsFor(event.action)}
          </>
        }
        lede={
          <>
            <Link href="/audit">Audit</Link> · event {groupDigits(event.sequence)}
          </>
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <section aria-labelledby="event">
          <h2 id="event" className="mb-2 font-semibold text-small text-soft">
            Event
          </h2>
          <DefinitionList
            items={[
              { term: "Time", detail: <Time epochSeconds={event.at.getTime() / 1000} mode="both" seconds /> },
              {
                term: "Who",
                detail: event.actorKind === "visitor" ? "A visitor, not signed in" : <bdi>{event.actorName}</bdi>,
              },
              { term: "Action", detail: event.action, mono: true },
              { term: "Outcome", detail: <OutcomeBadge outcome={event.outcome} /> },
              { term: "Target", detail: targetOf(event) },
              ...(event.jti === null || token ? [] : [{ term: "Token id", detail: event.jti, mono: true }]),
              ...(event.sha256 === null ? [] : [{ term: "SHA-256 of the token", detail: event.sha256, mono: true }]),
              ...eventDetail(event.detail),
              { term: "Via", detail: event.via },
              { term: "Address", detail: event.address, mono: true },
              { term: "User agent", detail: event.userAgent || "none" },
              { term: "Request", detail: event.requestId, mono: true },
            ]}
          />
        </section>
        {token ? <LedgerTicket entry={token} other={event.sha256 !== null && event.sha256 !== token.sha256} /> : null}
      </div>
    </>
  );
}
