/** The tokens of a case: what each may do and until when, and who pasted it. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { TimeLeft } from "@/components/time/time-left";
import { Badge } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { IdText } from "@/components/ui/id-text";
import type { CaseTokenView } from "@/lib/cases/get";
import { groupDigits } from "@/lib/text/group-digits";

const seconds = (at: Date) => at.getTime() / 1000;

/** What it may do beyond joining, in words. */
export function rightsOf({ moderates, callsRest }: { moderates: boolean; callsRest: boolean }): string {
  const rights = [moderates && "moderator", callsRest && "REST API"].filter(Boolean);
  return rights.length > 0 ? rights.join(" and ") : "joins only";
}

const placeOf = ({ room, subject }: CaseTokenView) => `${room ?? "any room"} · ${subject ?? "anyone"}`;

const columns: Column<CaseTokenView>[] = [
  {
    key: "token",
    header: "SHA-256",
    render: (token) => <IdText value={token.sha256} copyLabel="Copy SHA-256" tail={4} className="w-36" />,
  },
  {
    key: "may",
    header: "May",
    render: (token) => (
      <>
        {rightsOf(token)}
        {token.imitates === null ? null : (
          <>
            , in the name of{" "}
            <Link href={`/audit?q=${token.imitates}`} className="underline underline-offset-4">
              No. {groupDigits(token.imitates)}
            </Link>
          </>
        )}
      </>
    ),
    className: "min-w-32",
  },
  {
    key: "place",
    header: "Room · participant",
    render: (token) => <bdi>{placeOf(token)}</bdi>,
    shorten: placeOf,
    className: "w-1/4 min-w-32",
  },
  {
    key: "state",
    header: "Active for",
    render: (token) =>
      token.expiresAt === null ? (
        <Badge tone="warn">never expires</Badge>
      ) : (
        <TimeLeft until={seconds(token.expiresAt)} expired="expired" />
      ),
    nowrap: true,
  },
  {
    key: "first",
    header: "First pasted",
    render: (token) => (
      <>
        <bdi>{token.firstSeenBy}</bdi>, <Time epochSeconds={seconds(token.firstSeenAt)} mode="short" />
      </>
    ),
  },
  {
    key: "last",
    header: "Last pasted",
    render: (token) =>
      token.seen === 1 ? (
        "once"
      ) : (
        <>
          {groupDigits(token.seen)} times, last by <bdi>{token.lastSeenBy}</bdi>,{" "}
          <Time epochSeconds={seconds(token.lastSeenAt)} mode="short" />
        </>
      ),
  },
];

export function CaseTokens({ tokens }: { tokens: readonly CaseTokenView[] }) {
  return (
    <DataTable label="Tokens of this case" columns={columns} rows={tokens} rowKey={(token) => token.sha256} cards />
  );
}
