/** Audit events, one line each: of a token what it is, for what, and whether it is active now; of all else one sentence. A card each where there is no room for a line. */
import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Parts } from "@/components/ui/parts";
import { refusals } from "@/lib/audit/actions";
import type { AuditListItem } from "@/lib/audit/list";
import { groupDigits } from "@/lib/text/group-digits";
import { caseName, tokenName } from "@/lib/text/numbered";
import { BETWEEN, joinParts, partOf } from "@/lib/text/parts";
import { ANY_ROOM, placeOf } from "@/lib/text/reach";
import { AuditRows } from "./audit-rows";
import { reachOf, sentenceOf, shortNameOf, whoOf } from "./event-words";
import { TokenState } from "./token-state";

const tones: Record<string, BadgeTone> = { ok: "ok", denied: "bad", failed: "warn" };

export function OutcomeBadge({ outcome }: { outcome: string }) {
  return <Badge tone={tones[outcome] ?? "mute"}>{outcome}</Badge>;
}

const isRefusal = (action: string) => (refusals as readonly string[]).includes(action);

/** Danger: a token in the name of one of ours, or by a secret that nothing else signs with. While nobody has said whether something does it is a question. */
export const isAlarm = ({ action, detail, case: found }: Pick<AuditListItem, "action" | "detail" | "case">) =>
  action === "token.signed_elsewhere"
    ? found !== null || detail.imitates !== undefined
    : action === "case.opened" || (action === "token.inspected" && detail.found === "altered after issuing");

/** How a token is issued again from its row: not at all, by a button in the place of the key, which is on the token's page, or by one that shows itself where the pointer or the focus is. */
type Again = "no" | "beside" | "on hover";

const columnsFor = (again: Again) => [
  ...["no", "who", "what"],
  ...(again === "beside" ? [] : ["key"]),
  ...["room", "why", "state", "when"],
  ...(again === "no" ? [] : [again === "beside" ? "again" : "again-icon"]),
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
            <th scope="col" className="audit-head-when">
              When
            </th>
            {again !== "no" ? (
              <th scope="col">
                <span className="sr-only">Issue again</span>
              </th>
            ) : null}
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

function AuditRow({ event, again }: { event: AuditListItem; again: Again }) {
  const { action, tokenNumber, token } = event;
  const alarm = isAlarm(event);
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
      <td className="audit-when">
        <Time epochSeconds={event.at.getTime() / 1000} mode="short" />
      </td>
      {again === "no" ? null : (
        <td className={again === "beside" ? "audit-again" : "audit-again-icon"}>
          {tokenNumber === null || token === null || alarm ? null : again === "beside" ? (
            <ButtonLink href={`/issue?from=${tokenNumber}`} prefetch={false} variant="ghost" size="sm" icon="again">
              Again
              <span className="sr-only"> {tokenName(tokenNumber)}</span>
            </ButtonLink>
          ) : (
            <Link
              href={`/issue?from=${tokenNumber}`}
              prefetch={false}
              className="audit-again-link"
              title="Issue again (I)"
              data-again
            >
              <Icon name="again" size={15} />
              <span className="audit-again-word">
                Issue again<span className="sr-only"> {tokenName(tokenNumber)}</span>
              </span>
            </Link>
          )}
        </td>
      )}
    </tr>
  );
}

function TokenCells({
  event,
  token,
  withKey,
}: {
  event: AuditListItem;
  token: NonNullable<AuditListItem["token"]>;
  withKey: boolean;
}) {
  const { keyLabel, room, subject, action, detail, via } = event;
  const where = joinParts(placeOf(event));
  const altered = detail.found === "altered after issuing";
  const why =
    action === "token.inspected" ? (altered ? "Altered after issuing" : "Pasted into the decoder") : token.purpose;
  const unusual = via === "dashboard" ? "" : ` (via ${via})`;
  return (
    <>
      {withKey ? (
        <td className="audit-key" title={keyLabel ?? undefined}>
          <bdi>{keyLabel}</bdi>
        </td>
      ) : null}
      <td className="audit-room" title={where}>
        <bdi className={room === null ? "text-faint" : ""}>{partOf(room ?? ANY_ROOM)}</bdi>
        {subject === null ? null : (
          <>
            <span className="text-faint">{BETWEEN}</span>
            <bdi>{partOf(subject)}</bdi>
          </>
        )}
      </td>
      <td className="audit-why" title={`${why}${unusual}` || undefined}>
        <bdi className={altered ? "text-bad" : ""}>{why}</bdi>
        {unusual}
      </td>
    </>
  );
}

/** What is told across so many columns. */
function Sentence({ event, columns }: { event: AuditListItem; columns: number }) {
  const found = event.case;
  const opened = event.action === "case.opened" ? event.detail.case : undefined;
  if (event.action === "token.signed_elsewhere") {
    const alarm = isAlarm(event);
    const label = event.keyLabel ?? "";
    const parts = found
      ? reachOf(found)
      : [alarm ? "in the name of a token of this desk" : "whether a backend signs with it is not said yet"];
    return (
      <td className="audit-room audit-tell" colSpan={columns} title={joinParts([label, ...parts])}>
        {found ? <CaseLink number={found.number} /> : null}
        <span className={`font-medium ${alarm ? "text-bad" : "text-warn"}`}>
          <Parts parts={[label]} />
        </span>
        <span className="text-faint">{BETWEEN}</span>
        <Parts parts={parts} />
      </td>
    );
  }
  const parts = sentenceOf(event);
  const via = event.via === "dashboard" || event.via === "not known" ? "" : ` (via ${event.via})`;
  return (
    <td className="audit-room audit-tell" colSpan={columns} title={`${joinParts(parts)}${via}` || undefined}>
      {typeof opened === "number" ? <CaseLink number={opened} /> : null}
      <Parts parts={parts} />
      {via}
    </td>
  );
}

/** First in its cell, as what ends there is cut off. */
function CaseLink({ number }: { number: number }) {
  return (
    <>
      <Link href={`/cases/${number}`} prefetch={false} className="underline underline-offset-3">
        {caseName(number)}
      </Link>
      {": "}
    </>
  );
}

function State({ event }: { event: AuditListItem }) {
  const { action, token, case: found, outcome } = event;
  if (action === "token.signed_elsewhere") return found ? <TokenState alarm expiresAt={found.expiresAt} /> : null;
  // What the ledger says is of the token that was issued, not of the altered one.
  if (isAlarm(event)) return null;
  if (token) return <TokenState {...token} />;
  if (isRefusal(action)) return <Badge tone="warn">refused</Badge>;
  return outcome === "ok" ? null : <OutcomeBadge outcome={outcome} />;
}
