/** What was asked of an endpoint, day by day (UTC): what it gave, and what it refused, by reason. */
import { type Column, DataTable } from "@/components/ui/data-table";
import type { Calls } from "@/lib/endpoints/list";
import { type Refused, refusedWords } from "@/lib/endpoints/refused";
import { groupDigits } from "@/lib/text/group-digits";
import { dayWords } from "@/lib/text/instant";
import { withinSentence } from "@/lib/text/within-sentence";

const sum = (refused: Calls["refused"]) => Object.values(refused).reduce((all, calls) => all + calls, 0);
// A reason that a later version wrote has its own name.
const wordsOf = (reason: string) => refusedWords[reason as Refused] ?? reason;

const columns: Column<Calls>[] = [
  { key: "day", header: "Day (UTC)", render: ({ day }) => dayWords(day), nowrap: true, card: "start" },
  {
    key: "issued",
    header: "Issued",
    render: ({ issued }) => (
      <>
        {groupDigits(issued)}
        <span className="rail:hidden"> issued</span>
      </>
    ),
    align: "right",
    nowrap: true,
    card: "end",
  },
  {
    key: "refused",
    header: "Refused",
    render: ({ refused }) => groupDigits(sum(refused)),
    align: "right",
    nowrap: true,
  },
  {
    key: "why",
    header: "Why",
    render: ({ refused }) =>
      Object.entries(refused)
        .sort(([, one], [, other]) => other - one)
        .map(([reason, calls]) => `${groupDigits(calls)}\u00a0${withinSentence(wordsOf(reason))}`)
        .join("; ") || <span className="text-faint">–</span>,
    className: "rail:min-w-48",
  },
];

export function CallsTable({ calls }: { calls: readonly Calls[] }) {
  return (
    <DataTable
      label="Calls per day"
      columns={columns}
      rows={calls}
      rowKey={({ day }) => day}
      cards
      empty={<p className="text-soft">Nobody has called it so far.</p>}
    />
  );
}
