/** Who, when, from where, and what else an event says that its title does not: each fact once, in plain words, and what belongs to it as links. */
import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { deviceInWords } from "@/components/ui/device-words";
import { IdText } from "@/components/ui/id-text";
import { Parts } from "@/components/ui/parts";
import type { AuditEventPage } from "@/lib/audit/get";
import { auditAddress } from "@/lib/audit/schema";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { batchName, caseName, tokenName } from "@/lib/text/numbered";
import { partOf } from "@/lib/text/parts";
import { eventDetail } from "./event-detail";
import { reachOf, titleOf } from "./event-words";

const linked = "underline decoration-edge underline-offset-3";

/** A name that leads to the member's page, for whoever may see it. */
export function MemberLink({ id, name }: { id: string; name: string }) {
  return (
    <Link className={linked} prefetch={false} href={`/team/${id}`}>
      <bdi>{name}</bdi>
    </Link>
  );
}

/** An endpoint's or a credential's name, which leads to it for whoever may see it. @param id of an endpoint; undefined: it is a credential */
export function ProgramName({ id, name, programs }: { id: string | undefined; name: string; programs: boolean }) {
  if (!programs) return <bdi>{name}</bdi>;
  return (
    <Link
      className={linked}
      prefetch={false}
      href={id === undefined ? "/credentials" : `/endpoints/${encodeURIComponent(id)}`}
    >
      <bdi>{name}</bdi>
    </Link>
  );
}

/**
 * @param ticket of which token the ledger's ticket stands beside it: of the event's own, or of the one whose id that bears
 * @param team whether whoever looks may see the team
 * @param programs whether whoever looks may see endpoints and credentials
 */
export function EventFacts({
  event,
  ticket,
  team,
  programs,
}: {
  event: AuditEventPage;
  ticket: "own" | "other" | undefined;
  team: boolean;
  programs: boolean;
}) {
  const { detail, case: found, member } = event;
  const title = titleOf(event);
  // The notice above says whose secret signed it.
  const named = event.action === "token.signed_elsewhere" && event.keyLabel !== null;
  const { endpoint, credential, name: called } = detail;
  const program = typeof called === "string" && (typeof endpoint === "string" || typeof credential === "string");
  const told = Object.fromEntries(
    Object.entries(detail).filter(
      ([name, value]) =>
        !["imitates", "case"].includes(name) &&
        !(program && ["endpoint", "credential", "name"].includes(name)) &&
        !(name === "email" && title.words.endsWith(`${value}`)) &&
        !(named && name === "apiKey") &&
        !(name === "found" && title.words.endsWith(`${value}`)),
    ),
  );
  const items: (Definition | false)[] = [
    { term: "When", detail: <Time epochSeconds={epochSeconds(event.at)} seconds /> },
    (title.name === undefined || event.nowCalled !== undefined) && { term: "Who", detail: <Who event={event} /> },
    program && {
      term: typeof endpoint === "string" ? "Endpoint" : "Credential",
      detail: (
        <ProgramName id={typeof endpoint === "string" ? endpoint : undefined} name={called} programs={programs} />
      ),
    },
    team && member !== undefined && { term: "Member", detail: <MemberLink {...member} /> },
    !ticket && !named && event.keyLabel !== null && { term: "Key", detail: <KeyLink event={event} /> },
    !ticket &&
      event.tokenNumber !== null && {
        term: event.action === "token.signed_elsewhere" ? "Altered from" : "Token",
        detail: (
          <Link className={linked} prefetch={false} href={auditAddress({ q: String(event.tokenNumber) })}>
            {tokenName(event.tokenNumber)}
          </Link>
        ),
      },
    found !== null && { term: "It asks for", detail: <Parts parts={reachOf(found)} /> },
    typeof found?.refusedBy === "string" && { term: found.refusedBy, detail: "refuses it, whenever it is sent" },
    typeof found?.startsAt === "number" &&
      found.startsAt > (found.issuedAt ?? 0) && {
        term: "It begins",
        detail: <Time epochSeconds={found.startsAt} mode="clock" />,
      },
    found !== null &&
      (found.refusedBy === null || found.expiresAt !== null) && {
        term: "It ends",
        detail: found.expiresAt === null ? "never" : <Time epochSeconds={found.expiresAt} mode="clock" />,
      },
    !ticket &&
      event.jti !== null && { term: "Token ID", detail: <IdText value={event.jti} copyLabel="Copy token ID" /> },
    ticket !== "own" &&
      event.sha256 !== null && {
        term: ticket ? "SHA-256 of the altered one" : "SHA-256 of the token",
        detail: <IdText value={event.sha256} copyLabel="Copy SHA-256" />,
      },
    ...eventDetail(told),
    !["ok", "denied", "failed"].includes(event.outcome) && { term: "Outcome", detail: event.outcome },
    !["dashboard", ""].includes(event.via) && { term: "Via", detail: event.via },
    event.address !== "" && { term: "From", detail: <bdi>{event.address}</bdi>, mono: true },
    event.userAgent !== "" && {
      term: ["member", "visitor"].includes(event.actorKind) ? "Browser" : "Program",
      detail: <span title={event.userAgent}>{deviceInWords(event.userAgent)}</span>,
    },
  ];
  return <DefinitionList items={items.filter((item) => item !== false)} />;
}

function Who({ event }: { event: AuditEventPage }): ReactNode {
  if (event.actorKind === "visitor") return "A visitor, not signed in";
  if (event.actorId === null) return <bdi>{event.actorName}</bdi>;
  return (
    <>
      <Link className={linked} prefetch={false} href={auditAddress({ member: event.actorId })}>
        <bdi>{event.actorName}</bdi>
      </Link>
      {event.nowCalled ? (
        <>
          , now called <bdi>{event.nowCalled}</bdi>
        </>
      ) : null}
    </>
  );
}

function KeyLink({ event: { keyId, keyLabel, keyExists } }: { event: AuditEventPage }) {
  const label = <bdi>{keyLabel}</bdi>;
  return keyId === null || !keyExists ? (
    label
  ) : (
    <Link className={linked} prefetch={false} href={`/keys/${keyId}`}>
      {label}
    </Link>
  );
}

/** What an actor's other events are called by. */
const sameActor: Record<string, string> = { endpoint: "The same endpoint", service: "The same credential" };

/** Where the others are that have something in common with it. */
export function RelatedEvents({ event }: { event: AuditEventPage }) {
  const { tokenNumber, sha256, keyId, keyLabel, actorKind, actorId, actorName, action, member } = event;
  // Of a token that was signed elsewhere its case knows them.
  const { room, subject } = event.case ?? event;
  const { case: caseNumber, batch } = event.detail;
  const links: { label: string; of: string; href: string }[] = [
    ...(typeof caseNumber === "number" ? [{ label: caseName(caseNumber), of: "", href: `/cases/${caseNumber}` }] : []),
    ...(typeof batch === "number" ? [{ label: batchName(batch), of: "", href: `/batches/${batch}` }] : []),
    ...(tokenNumber === null
      ? // One that is not in the ledger has no number; pasted again, it has the same hash.
        sha256 === null
        ? []
        : [{ label: "The same token", of: sha256, href: auditAddress({ q: sha256 }) }]
      : [
          {
            label: "The same token",
            of: tokenName(tokenNumber),
            href: auditAddress({ q: String(tokenNumber) }),
          },
        ]),
    ...(room === null ? [] : [{ label: "The same room", of: room, href: auditAddress({ room }) }]),
    ...(subject === null
      ? []
      : [{ label: "The same participant", of: subject, href: auditAddress({ participant: subject }) }]),
    ...(keyId === null || keyLabel === null
      ? []
      : [{ label: "The same key", of: keyLabel, href: auditAddress({ key: keyId }) }]),
    ...(actorId === null
      ? []
      : [
          {
            label: sameActor[actorKind] ?? "The same person",
            of: actorName,
            href: auditAddress({ member: actorId }),
          },
        ]),
    ...(member === undefined
      ? []
      : [{ label: `What ${partOf(member.name)} did`, of: "", href: auditAddress({ member: member.id }) }]),
    ...(actorId === null || action !== "token.issued"
      ? []
      : [
          {
            label: actorKind === "member" ? "Their tokens that have not expired" : "Its tokens that have not expired",
            of: actorName,
            href: auditAddress({ member: actorId, active: "1" }),
          },
        ]),
  ];
  if (links.length === 0) return null;
  return (
    <section aria-labelledby="related" className="print:hidden">
      <h2 id="related" className="mb-2 font-semibold text-small text-soft">
        More of
      </h2>
      <ul className="flex flex-wrap gap-x-5 gap-y-1.5">
        {links.map(({ label, of, href }) => (
          <li key={label}>
            <Link
              href={href}
              prefetch={false}
              className="underline decoration-edge leading-[1.7] underline-offset-3"
              title={partOf(of) || undefined}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
