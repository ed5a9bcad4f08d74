/** Cases, one row each: those that nobody has acknowledged stand out. */

import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { Badge } from "@/components/ui/badge";
import { type Column, DataTable, rowLink } from "@/components/ui/data-table";
import type { CaseView } from "@/lib/cases/view";
import { digitsAtMost } from "@/lib/count-at-most";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { groupDigits } from "@/lib/text/group-digits";
import { mightOf } from "./case-words";

const columns: Column<CaseView>[] = [
  {
    key: "number",
    header: "Case",
    render: (each) => (
      <>
        {/* In a table its column says so. */}
        <span className="rail:hidden print:hidden">Case </span>
        {groupDigits(each.number)}
      </>
    ),
    nowrap: true,
    className: "max-rail:-order-2 max-rail:font-semibold",
    card: "start",
  },
  {
    key: "key",
    header: "Key",
    render: (each) => <bdi className="font-medium">{each.keyLabel}</bdi>,
    shorten: (each) => each.keyLabel,
    className: "w-1/4 min-w-28",
    card: "line",
  },
  {
    key: "tokens",
    header: "Tokens",
    render: ({ tokens, altered }) => (
      <>
        {digitsAtMost(tokens)}
        {altered > 0 ? (
          <span className="text-bad">{altered < tokens ? `, ${digitsAtMost(altered)} altered` : " altered"}</span>
        ) : null}
      </>
    ),
    align: "right",
    nowrap: true,
  },
  { key: "may", header: "May", render: mightOf },
  {
    key: "last",
    header: "Last pasted",
    render: (each) => (
      <>
        <bdi>{each.lastSeenBy}</bdi>, <Time epochSeconds={epochSeconds(each.lastSeenAt)} mode="short" />
      </>
    ),
  },
  {
    key: "state",
    header: "State",
    render: ({ acknowledged }) =>
      acknowledged ? (
        <>
          acknowledged by <bdi>{acknowledged.by}</bdi>
        </>
      ) : (
        <Badge tone="bad" icon="alarm">
          open
        </Badge>
      ),
    className: "max-rail:-order-1",
    card: "end",
  },
];

export function CaseTable({ cases, empty }: { cases: readonly CaseView[]; empty?: ReactNode }) {
  return (
    <DataTable
      label="Cases"
      columns={columns}
      rows={cases}
      rowKey={(each) => each.number}
      linkTo={(each, text) => (
        <Link href={`/cases/${each.number}`} {...rowLink}>
          {text}
        </Link>
      )}
      cards
      empty={empty}
    />
  );
}
