/** A page of a batch's tokens as the ledger has them: for whom, where, and how each is now. A row leads to what is recorded of it. */
import Link from "next/link";
import { TokenState } from "@/components/audit/token-state";
import { type Column, DataTable, rowLink } from "@/components/ui/data-table";
import { groupDigits } from "@/lib/text/group-digits";
import type { BatchToken } from "@/lib/tokens/get-batch";

const faint = (words: string) => <span className="text-faint">{words}</span>;

const columns: Column<BatchToken>[] = [
  {
    key: "number",
    header: "No.",
    render: ({ number }) => groupDigits(number),
    align: "right",
    nowrap: true,
    className: "max-rail:-order-2",
    card: "start",
  },
  {
    key: "subject",
    header: "Participant",
    render: ({ subject }) => (subject === null ? faint("anyone") : <bdi>{subject}</bdi>),
    shorten: ({ subject }) => subject ?? "",
    mono: true,
    className: "w-1/3 min-w-40",
    card: "line",
  },
  {
    key: "room",
    header: "Room",
    render: ({ room }) => (room === null ? faint("any room") : <bdi>{room}</bdi>),
    shorten: ({ room }) => room ?? "",
    mono: true,
    className: "w-1/4 min-w-36",
  },
  {
    key: "purpose",
    header: "Purpose",
    render: ({ purpose }) => (purpose ? <bdi>{purpose}</bdi> : faint("none given")),
    shorten: ({ purpose }) => purpose,
    className: "w-1/4 min-w-32",
  },
  {
    key: "state",
    header: "State",
    render: ({ startsAt, expiresAt, revokedAt, refusedBy }) => (
      <TokenState startsAt={startsAt} expiresAt={expiresAt} revoked={revokedAt !== null} refusedBy={refusedBy} />
    ),
    nowrap: true,
    className: "max-rail:-order-1",
    card: "end",
  },
];

export function BatchTokens({ tokens }: { tokens: readonly BatchToken[] }) {
  return (
    <DataTable
      label="Tokens of the batch"
      columns={columns}
      rows={tokens}
      rowKey={({ number }) => number}
      linkTo={({ sequence }, text) =>
        sequence === undefined ? (
          text
        ) : (
          <Link href={`/audit/${sequence}`} {...rowLink}>
            {text}
          </Link>
        )
      }
      cards
    />
  );
}
