/** The endpoints, one row each: what each gives, how much it gave, and whether it still does. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { type Column, DataTable, rowLink } from "@/components/ui/data-table";
import { Icon } from "@/components/ui/icon";
import { reachInWords } from "@/lib/endpoints/judge";
import type { ListedEndpoint } from "@/lib/endpoints/list";
import { groupDigits } from "@/lib/text/group-digits";
import { lifetimeWords } from "@/lib/text/lifetime";
import { askedInWords } from "./endpoint-words";
import { StateBadge } from "./state-badge";

const isOver = (state: ListedEndpoint["state"]) => state === "ended" || state === "over";

const columns: Column<ListedEndpoint>[] = [
  {
    key: "name",
    header: "Endpoint",
    render: ({ name }) => <bdi className="font-medium [overflow-wrap:anywhere]">{name}</bdi>,
    className: "min-w-40",
    card: "line",
  },
  {
    key: "state",
    header: "State",
    render: ({ state, broken }) => <StateBadge state={state} refuses={Boolean(broken)} />,
    nowrap: true,
    card: "start",
  },
  {
    key: "gives",
    header: "Gives",
    render: ({ templateName, givesSeconds, keyLabel, reach, asks, broken, state }) => (
      <span className="flex flex-col [overflow-wrap:anywhere]">
        <span>
          <bdi>{templateName}</bdi>, {lifetimeWords(givesSeconds)}, with <bdi>{keyLabel}</bdi>
        </span>
        {isOver(state) || reach.length === 0 ? null : (
          <span className="flex gap-1 text-warn">
            <Icon name="warn" size={13} className="mt-[3px]" />
            may {reachInWords(reach)}
          </span>
        )}
        {isOver(state) || broken || asks.length === 0 ? null : (
          <span className="flex gap-1 text-warn">
            <Icon name="warn" size={13} className="mt-[3px]" />
            asks each caller for {askedInWords(asks)}
          </span>
        )}
        {broken && !isOver(state) ? (
          <span className="flex gap-1 text-bad">
            <Icon name="cross-circle" size={13} className="mt-[3px]" />
            {broken}
          </span>
        ) : null}
      </span>
    ),
    className: "min-w-56",
    card: "line",
  },
  {
    key: "issued",
    header: "Issued",
    render: ({ issuedTokens }) => groupDigits(issuedTokens),
    align: "right",
    nowrap: true,
  },
  {
    key: "ends",
    header: "Ends",
    render: ({ endsAt, state }) =>
      endsAt === null ? (
        <span className={isOver(state) ? "" : "text-warn"}>{state === "ended" ? "has ended" : "never"}</span>
      ) : (
        <Time epochSeconds={endsAt} mode="short" />
      ),
    nowrap: true,
  },
  {
    key: "owner",
    header: "Answers for it",
    render: ({ owner }) => <bdi className={owner.gone ? "text-warn" : ""}>{owner.name}</bdi>,
    className: "lg:min-w-32",
  },
];

/** What the overview counts comes first: what refuses or stands still, then what reaches far or asks for more. */
const rankOf = ({ state, broken, reach, asks }: ListedEndpoint) => {
  if (isOver(state)) return 3;
  if (broken || state === "without owner") return 0;
  return reach.length + asks.length > 0 ? 1 : 2;
};

export function EndpointTable({ endpoints }: { endpoints: readonly ListedEndpoint[] }) {
  return (
    <DataTable
      label="Endpoints"
      columns={columns}
      rows={endpoints.toSorted((one, other) => rankOf(one) - rankOf(other))}
      rowKey={({ id }) => id}
      linkTo={({ id }, text) => (
        <Link href={`/endpoints/${id}`} {...rowLink}>
          {text}
        </Link>
      )}
      cards
    />
  );
}
