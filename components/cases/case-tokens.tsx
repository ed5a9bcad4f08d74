/** The tokens of a case: what each may do and until when, and who pasted it. */
import Link from "next/link";
import { TokenState } from "@/components/audit/token-state";
import { Time } from "@/components/time/time";
import { Place } from "@/components/token/place";
import { type Column, DataTable } from "@/components/ui/data-table";
import { IdText } from "@/components/ui/id-text";
import { PageLinks } from "@/components/ui/page-links";
import type { CaseTokenView } from "@/lib/cases/get";
import { COUNTED_AT_MOST, digitsAtMost } from "@/lib/count-at-most";
import { PAGE_SIZE, pageOf } from "@/lib/page-of";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { groupDigits } from "@/lib/text/group-digits";
import { tokenName } from "@/lib/text/numbered";
import { joinParts } from "@/lib/text/parts";
import { placeOf, powersOf, rightsOf } from "@/lib/text/reach";

/** What is refused may nothing, whatever it asks for. */
const mayDo = (token: CaseTokenView): string =>
  token.refusedBy === null ? rightsOf(token) : `nothing, but asks for ${powersOf(token) || "joining only"}`;

const columns: Column<CaseTokenView>[] = [
  {
    key: "token",
    header: "SHA-256",
    render: (token) => <IdText value={token.sha256} copyLabel="Copy SHA-256" tail={4} className="w-30" />,
  },
  {
    key: "may",
    header: "May",
    render: (token) => (
      <>
        {token.imitates === null ? null : (
          <>
            as{" "}
            <Link href={`/audit?q=${token.imitates}`} prefetch={false} className="underline underline-offset-4">
              {tokenName(token.imitates)}
            </Link>
            :{" "}
          </>
        )}
        {mayDo(token)}
      </>
    ),
    shorten: (token) =>
      `${token.imitates === null ? "" : `In the name of ${tokenName(token.imitates)}: `}${mayDo(token)}`,
    className: "w-1/4 min-w-43",
  },
  {
    key: "place",
    header: "Room · participant",
    render: ({ room, subject }) => <Place room={room} subject={subject} whole />,
    shorten: (token) => joinParts(placeOf(token)),
    className: "w-[35%] min-w-44",
  },
  {
    key: "state",
    header: "Active for",
    render: ({ startsAt, expiresAt, refusedBy }) => (
      <TokenState
        alarm
        refusedBy={refusedBy}
        startsAt={startsAt && epochSeconds(startsAt)}
        expiresAt={expiresAt && epochSeconds(expiresAt)}
      />
    ),
    nowrap: true,
  },
  {
    key: "first",
    header: "First pasted",
    render: (token) => (
      <>
        <Time epochSeconds={epochSeconds(token.firstSeenAt)} mode="short" />, <bdi>{token.firstSeenBy}</bdi>
      </>
    ),
    shorten: (token) => token.firstSeenBy,
    className: "w-1/5 min-w-32",
  },
];

/** Who pasted one again; for a case of which one was: there room and participant leave it the width that it needs. */
const withAgain: Column<CaseTokenView>[] = [
  ...columns.map((column) => (column.key === "place" ? { ...column, className: "w-[27%] min-w-44" } : column)),
  {
    key: "last",
    header: "Pasted again",
    render: (token) =>
      token.seen === 1 ? (
        <span className="text-faint">not since</span>
      ) : (
        <>
          {groupDigits(token.seen - 1)}×, last <Time epochSeconds={epochSeconds(token.lastSeenAt)} mode="short" />,{" "}
          <bdi>{token.lastSeenBy}</bdi>
        </>
      ),
    shorten: (token) =>
      token.seen === 1 ? "" : `${groupDigits(token.seen - 1)} times since, last by ${token.lastSeenBy}`,
    className: "w-[28%] min-w-32",
  },
];

/** More are shown when asked for: what to do stands below them, on a phone a screen or two away. */
const SHOWN = 10;
/** As many as leave room for the rest on one printed page. */
const PRINTED = 6;

export function CaseTokens({
  number,
  keyId,
  tokens,
  page,
}: {
  number: number;
  keyId: string;
  tokens: readonly CaseTokenView[];
  /** Which page of all of them is asked for, from 1; without it the first few stand. */
  page: number | undefined;
}) {
  const asked = pageOf(tokens, page ?? 1);
  const shown = page === undefined ? tokens.slice(0, SHOWN) : asked.rows;
  // Nothing that is the same in every row.
  const shownColumns = tokens.some(({ seen }) => seen > 1) ? withAgain : columns;
  const unprinted = tokens.length - PRINTED;
  return (
    <div className="case-tokens">
      <DataTable
        label="Tokens of this case"
        columns={shownColumns}
        rows={shown}
        rowKey={(token) => token.sha256}
        cards
      />
      {page !== undefined ? (
        <div className="print:hidden">
          <PageLinks label="Tokens" {...asked} size={PAGE_SIZE} hrefOf={(other) => `/cases/${number}?page=${other}`} />
        </div>
      ) : shown.length < tokens.length ? (
        <p className="mt-2 text-small print:hidden">
          The {groupDigits(SHOWN)} most dangerous are shown.{" "}
          <Link href={`/cases/${number}?page=1`} scroll={false}>
            Show all {digitsAtMost(tokens.length)}
          </Link>
        </p>
      ) : null}
      {tokens.length >= COUNTED_AT_MOST ? (
        <p className="mt-2 text-small">
          A case keeps the {groupDigits(COUNTED_AT_MOST - 1)} most dangerous and the last one; the others stand in{" "}
          <Link href={`/audit?elsewhere=1&key=${keyId}`} prefetch={false}>
            the audit log
          </Link>
          .
        </p>
      ) : null}
      {unprinted > 0 ? (
        <p className="hidden text-small print:block">
          And {digitsAtMost(unprinted)} more, which the desk lists
          {asked.page === 1 ? ": the most dangerous are printed" : ""}.
        </p>
      ) : null}
    </div>
  );
}
