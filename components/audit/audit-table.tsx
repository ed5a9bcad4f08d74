/** Audit events, one line each: of a token what it is, for what, and whether it is active now; of all else one sentence. A card each where there is no room for a line. */
import Link from "next/link";
import type { ReactNode } from "react";
import { Time, ZoneMark } from "@/components/time/time";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import type { AuditListItem } from "@/lib/audit/list";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { groupDigits } from "@/lib/text/group-digits";
import { tokenName } from "@/lib/text/numbered";
import { isAlarm } from "./alarm";
import { Sentence, State, TokenCells } from "./audit-cells";
import { AuditRows } from "./audit-rows";
import { shortNameOf, whoOf } from "./event-words";

/** How a token is issued again from its row: not at all, by a button in the place of the key, which is on the token's page, or by one that shows itself where the pointer or the focus is. */
type Again = "no" | "beside" | "on hover";

const columnsFor = (again: Again) => [
  ...["no", "who", "what"],
  ...(again === "beside" ? [] : ["key"]),
  ...["room", "why", "state"],
  ...(again === "on hover" ? ["again-icon"] : []),
  "when",
  ...(again === "beside" ? ["again"] : []),
];

export function AuditTable({
  events,
  empty,
  label = "Audit events",
  again = "no",
}: {
  events: AuditListItem[];
  empty: ReactNode;
  label?: string;
  again?: Again;
}) {
  if (events.length === 0) return empty;
  return (
    <AuditRows>
      <table className="audit-table" aria-label={label}>
        <colgroup>
          {columnsFor(again).map((name) => (
            <col key={name} className={`audit-col-${name}`} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className="audit-head-no">
              Token
            </th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            {again === "beside" ? null : (
              <th scope="col" className="audit-key">
                Key
              </th>
            )}
            <th scope="col">Room · participant</th>
            <th scope="col">Purpose</th>
            <th scope="col">State now</th>
            {again === "on hover" ? <AgainHead /> : null}
            <th scope="col" className="audit-head-when">
              When
              <ZoneMark before=", " />
            </th>
            {again === "beside" ? <AgainHead /> : null}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <AuditRow key={event.sequence} event={event} again={again} />
          ))}
        </tbody>
      </table>
    </AuditRows>
  );
}

const AgainHead = () => (
  <th scope="col">
    <span className="sr-only">Issue again</span>
  </th>
);

function AuditRow({ event, again }: { event: AuditListItem; again: Again }) {
  const { action, tokenNumber, token } = event;
  const alarm = isAlarm(event);
  const issuable = tokenNumber !== null && token !== null && !alarm;
  const who = whoOf(event);
  const href = `/audit/${event.sequence}`;
  const name = shortNameOf(event);
  const question = action === "token.signed_elsewhere" && !alarm;
  const look = alarm
    ? "font-medium text-bad"
    : question
      ? "font-medium text-warn"
      : action === "token.issued"
        ? "font-medium"
        : "text-soft";
  const what = (
    <span className={look}>
      {action === "token.issued" ? <span className="sr-only">issued a token: </span> : null}
      {name}
    </span>
  );
  const open = (text: ReactNode) => (
    // Fifty details are not fetched ahead for the one that is opened.
    <Link href={href} prefetch={false} data-row-link>
      {text}
    </Link>
  );
  return (
    <tr data-alarm={alarm || undefined} data-href={href}>
      <td className="audit-no">
        {tokenNumber === null ? (
          <span className="audit-none" title="An event, not a token">
            {alarm ? <Icon name="shield" size={14} className="inline text-bad" /> : "–"}
          </span>
        ) : (
          open(
            <>
              <span className="audit-no-word">No. </span>
              {groupDigits(tokenNumber)}
            </>,
          )
        )}
      </td>
      <td className="audit-who" title={who.name}>
        <bdi className={who.known ? "" : "text-faint"}>{who.name}</bdi>
      </td>
      <td className="audit-what" title={name}>
        {tokenNumber === null ? open(what) : what}
      </td>
      {token && action !== "token.signed_elsewhere" ? (
        <TokenCells event={event} token={token} withKey={again !== "beside"} />
      ) : (
        <Sentence event={event} columns={again === "beside" ? 2 : 3} />
      )}
      <td className="audit-state">
        <State event={event} />
      </td>
      {again === "on hover" ? (
        <td className="audit-again-icon">{issuable ? <AgainLink number={tokenNumber} /> : null}</td>
      ) : null}
      <td className="audit-when">
        <Time epochSeconds={epochSeconds(event.at)} mode="short" zoned={false} />
        <ZoneMark before=" " className="audit-zone" />
      </td>
      {again === "beside" ? (
        <td className="audit-again">{issuable ? <AgainButton number={tokenNumber} /> : null}</td>
      ) : null}
    </tr>
  );
}

function AgainButton({ number }: { number: number }) {
  return (
    <ButtonLink
      href={`/issue?from=${number}`}
      prefetch={false}
      variant="ghost"
      size="sm"
      icon="again"
      className="print:hidden"
    >
      Again
      <span className="sr-only"> {tokenName(number)}</span>
    </ButtonLink>
  );
}

function AgainLink({ number }: { number: number }) {
  return (
    <Link
      href={`/issue?from=${number}`}
      prefetch={false}
      className="audit-again-link"
      title="Issue again (I)"
      data-again
    >
      <Icon name="again" size={15} />
      <span className="audit-again-word">
        Issue again<span className="sr-only"> {tokenName(number)}</span>
      </span>
    </Link>
  );
}
