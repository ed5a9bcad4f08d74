import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { isAlarm } from "@/components/audit/alarm";
import { EventFacts, MemberLink, ProgramName, RelatedEvents } from "@/components/audit/event-facts";
import { isAltered, titleOf } from "@/components/audit/event-words";
import { FoldedJson } from "@/components/audit/folded-json";
import { LedgerTicket } from "@/components/audit/ledger-ticket";
import { TokenEvents } from "@/components/audit/token-events";
import { NotForRole } from "@/components/shell/not-for-role";
import { RevokeDialog } from "@/components/token/revoke-dialog";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { type AuditEventPage, getEvent } from "@/lib/audit/get";
import { listEvents } from "@/lib/audit/list";
import type { Member } from "@/lib/auth/actor";
import { isAllowed } from "@/lib/auth/authorize";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { isAlwaysRefused } from "@/lib/decoder/refused-always";
import type { Verdict } from "@/lib/decoder/verdict";
import { isAppError } from "@/lib/errors";
import { findToken } from "@/lib/ledger/find";
import type { LedgerRow } from "@/lib/ledger/row";
import { groupDigits } from "@/lib/text/group-digits";
import { caseName, tokenName } from "@/lib/text/numbered";
import { judgeEntry } from "@/lib/tokens/judge-entry";

import { previewRevocationAction, revokeTokensAction } from "../actions";

type Params = { params: Promise<{ sequence: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: `Event ${(await params).sequence}` };
}

export default async function EventPage({ params }: Params) {
  const actor = await requireActor();
  if (!may(actor.role, "audit.read")) return <NotForRole title="Event" role={actor.role} />;
  const { sequence } = await params;
  if (!/^\d{1,10}$/.test(sequence)) notFound();
  let event: AuditEventPage | undefined;
  try {
    event = await getEvent(actor, Number(sequence));
  } catch (error) {
    if (!isAppError(error) || error.code !== "forbidden") throw error;
    return <NotYours reason={error.message} />;
  }
  if (!event) notFound();
  const { tokenNumber, newer, older } = event;
  const [token, history] =
    tokenNumber === null
      ? []
      : await Promise.all([findToken(actor, tokenNumber), listEvents(actor, { q: String(tokenNumber) })]);
  const others = history?.events.filter((each) => each.sequence !== event.sequence) ?? [];
  const other = token !== undefined && event.sha256 !== null && event.sha256 !== token.sha256;
  const judged = token && (await judgeEntry(token));
  const title = titleOf(event);
  const team = may(actor.role, "team.manage");
  const programs = may(actor.role, "endpoint.manage");
  return (
    <>
      <Announcer />
      <PageHeader
        title={
          <>
            {title.name === undefined ? null : (
              <Actor event={event} name={title.name} team={team} programs={programs} />
            )}{" "}
            <bdi>{title.words}</bdi>
          </>
        }
        lede={
          <>
            <Link href="/audit">Audit</Link> · event {groupDigits(event.sequence)}
          </>
        }
        actions={
          <div className="print:hidden flex flex-wrap gap-2">
            {newer === undefined ? null : (
              <ButtonLink href={`/audit/${newer}`} icon="arrow-left" rel="prev" prefetch={false}>
                Newer
              </ButtonLink>
            )}
            {older === undefined ? null : (
              <ButtonLink href={`/audit/${older}`} icon="arrow-right" rel="next" prefetch={false}>
                Older
              </ButtonLink>
            )}
            {token && !other && judged && mayRevoke(token, judged.verdict, actor) ? (
              <RevokeDialog
                scope={{ of: "numbers", numbers: [token.number] }}
                what={tokenName(token.number)}
                actions={{ preview: previewRevocationAction, revoke: revokeTokensAction }}
              />
            ) : null}
            {token && may(actor.role, "token.issue") ? (
              <ButtonLink href={`/issue?from=${token.number}`} icon="issue" variant="primary" prefetch={false}>
                Issue again
              </ButtonLink>
            ) : null}
          </div>
        }
      />
      {isAlarm(event) || event.action === "token.signed_elsewhere" ? <Alarm event={event} /> : null}
      <div
        className={token ? "grid items-start gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]" : "max-w-3xl"}
      >
        {token && judged ? (
          <LedgerTicket
            entry={token}
            expired={hasExpired(token)}
            verdict={judged.verdict}
            cutShortAt={judged.cutShortAt}
            other={other}
            issued={event.action === "token.issued"}
          />
        ) : null}
        <div className="flex min-w-0 flex-col gap-7">
          <section aria-labelledby="event">
            <h2 id="event" className="mb-2 font-semibold text-small text-soft">
              Event
            </h2>
            <EventFacts event={event} ticket={token && (other ? "other" : "own")} team={team} programs={programs} />
          </section>
          {tokenNumber !== null && others.length > 0 ? <TokenEvents number={tokenNumber} events={others} /> : null}
          <RelatedEvents event={event} />
          <FoldedJson label="As recorded" text={event.recorded} />
        </div>
      </div>
    </>
  );
}

/** Leads to who acted, where whoever looks may see that. */
function Actor({
  event: { actorKind, actorId },
  name,
  team,
  programs,
}: {
  event: AuditEventPage;
  name: string;
  team: boolean;
  programs: boolean;
}) {
  if (actorId !== null && actorKind === "member" && team) return <MemberLink id={actorId} name={name} />;
  if (actorId !== null && actorKind === "endpoint") return <ProgramName id={actorId} name={name} programs={programs} />;
  if (actorKind === "service") return <ProgramName id={undefined} name={name} programs={programs} />;
  return <bdi>{name}</bdi>;
}

const hasExpired = ({ expiresAt }: LedgerRow): boolean => expiresAt * 1000 <= now().getTime();

/** What its vendor accepts no more needs no mark. */
const mayRevoke = (token: LedgerRow, verdict: Verdict, actor: Member): boolean =>
  token.revokedAt === null &&
  isAllowed(actor, "token.revoke", { ownerId: token.actorId }) &&
  !hasExpired(token) &&
  !isAlwaysRefused(verdict);

function Alarm({ event }: { event: AuditEventPage }) {
  const { action, case: found, keyLabel, keyId } = event;
  const altered = isAltered(event);
  const title = (
    <>
      {altered ? "It was signed" : "Signed"} with the secret of{" "}
      {keyId === null ? (
        (keyLabel ?? "a key")
      ) : (
        <Link href={`/keys/${keyId}`} prefetch={false} className="underline underline-offset-2">
          <bdi>{keyLabel ?? "a key"}</bdi>
        </Link>
      )}
      {altered ? "." : ", not issued here."}
    </>
  );
  if (!isAlarm(event))
    return (
      <Notice tone="warn" title={title} className="mb-5">
        Whether a backend of yours signs with it is not said yet: say it at the key.
      </Notice>
    );
  if (action === "case.opened") return null;
  if (action !== "token.signed_elsewhere")
    return <Notice tone="bad" title="It bears the id of a token of this desk, and other claims." className="mb-5" />;
  return (
    <Notice tone="bad" title={title} className="mb-5">
      {found ? (
        <Link href={`/cases/${found.number}`} className="underline underline-offset-2">
          What to do: {caseName(found.number)}
        </Link>
      ) : null}
    </Notice>
  );
}

function NotYours({ reason }: { reason: string }) {
  return (
    <>
      <PageHeader title="This event is another's" />
      <EmptyState
        icon="audit"
        title="You see the ledger, and your own events"
        action={<ButtonLink href="/audit">See what you may see</ButtonLink>}
      >
        {reason}
      </EmptyState>
    </>
  );
}
