/** The endpoints, one row each: what each gives, how much it gave, and whether it still does. What all have in common stands once above. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { type Column, DataTable, rowLink } from "@/components/ui/data-table";
import { Icon } from "@/components/ui/icon";
import { reachInWords } from "@/lib/endpoints/judge";
import type { ListedEndpoint } from "@/lib/endpoints/list";
import { type Common, isOver } from "@/lib/endpoints/listed";
import { groupDigits } from "@/lib/text/group-digits";
import { lifetimeWords } from "@/lib/text/lifetime";
import { commonInWords, type Note, notesOf } from "./endpoint-words";
import { StateBadge } from "./state-badge";

const tones = {
  bad: ["text-bad", "cross-circle"],
  warn: ["text-warn", "warn"],
} as const;

/** In one line with what it gives, or below where that leaves no room: then nobody would see it. Why it gives nothing stands whole, below. */
function Noted({ note: { tone, text } }: { note: Note }) {
  if (tone === "mute") return <span className="whitespace-normal text-faint max-rail:block">{text}</span>;
  const [colour, icon] = tones[tone];
  const place = tone === "bad" ? "max-rail:block rail:w-full" : "max-rail:block";
  return (
    <span className={`whitespace-normal ${place} ${colour}`}>
      <Icon name={icon} size={13} className="mr-1 inline-block align-[-2px]" />
      {text}
    </span>
  );
}

const givesWords = ({ templateName, givesSeconds, keyLabel }: ListedEndpoint, common: Common) =>
  [templateName, lifetimeWords(givesSeconds), ...(common.keyLabel === undefined ? [`with ${keyLabel}`] : [])].join(
    ", ",
  );

/** @param ended whether every row has: then that is no column */
const columnsFor = (common: Common, ended: boolean): Column<ListedEndpoint>[] => [
  {
    key: "name",
    header: "Endpoint",
    render: ({ name }) => <bdi className="font-medium">{name}</bdi>,
    shorten: ({ name }) => name,
    className: "w-1/3 min-w-36",
    card: "start",
  },
  ...(ended
    ? []
    : [
        {
          key: "state",
          header: "State",
          render: ({ state, broken }) => <StateBadge state={state} refuses={Boolean(broken)} />,
          nowrap: true,
          card: "end",
        } satisfies Column<ListedEndpoint>,
      ]),
  {
    key: "gives",
    header: "Gives",
    render: (endpoint) => (
      <div className="gap-x-3 rail:flex rail:flex-wrap">
        <span className="min-w-0 rail:truncate">{givesWords(endpoint, common)}</span>
        {notesOf(endpoint, common).map((note) => (
          <Noted key={note.text} note={note} />
        ))}
      </div>
    ),
    shorten: (endpoint) =>
      [givesWords(endpoint, common), ...notesOf(endpoint, common).map(({ text }) => text)].join(". "),
    className: "w-2/3 min-w-48",
    card: "line",
  },
  {
    key: "issued",
    header: "Issued",
    render: ({ issuedTokens }) => (
      <>
        {groupDigits(issuedTokens)}
        <span className="rail:hidden"> issued</span>
      </>
    ),
    align: "right",
    nowrap: true,
    card: "start",
  },
  {
    key: "ends",
    header: ended ? "Ended" : "Ends",
    render: (endpoint) => <Ends endpoint={endpoint} />,
    nowrap: true,
    card: "end",
  },
  ...(common.owner === undefined
    ? [
        {
          key: "owner",
          header: "Answers for it",
          render: ({ owner }) => <bdi className={owner.gone ? "text-warn" : ""}>{owner.name}</bdi>,
          className: "lg:min-w-32",
        } satisfies Column<ListedEndpoint>,
      ]
    : []),
];

function Ends({ endpoint: { endsAt, endedAt, state } }: { endpoint: ListedEndpoint }) {
  const at = endedAt ?? endsAt;
  if (at === null)
    return (
      <span className="text-faint">
        never<span className="rail:hidden"> ends</span>
      </span>
    );
  return (
    <>
      <span className="text-faint rail:hidden">{isOver({ state }) ? "ended" : "ends"} </span>
      <Time epochSeconds={at} mode="short" />
    </>
  );
}

export function EndpointTable({ endpoints, common }: { endpoints: readonly ListedEndpoint[]; common: Common }) {
  return (
    <>
      <InCommon common={common} reaches={endpoints.some((each) => !isOver(each) && !each.broken)} />
      <DataTable
        label="Endpoints"
        columns={columnsFor(
          common,
          endpoints.every(({ state }) => state === "ended"),
        )}
        rows={endpoints}
        rowKey={({ id }) => id}
        linkTo={({ id }, text) => (
          <Link href={`/endpoints/${id}`} {...rowLink}>
            {text}
          </Link>
        )}
        cards
      />
    </>
  );
}

/** @param props `reaches`: whether any of them gives anything, or would once it is switched on */
function InCommon({ common, reaches }: { common: Common; reaches: boolean }) {
  const said = commonInWords(common);
  const reach = reaches ? common.reach : undefined;
  if (!said && !reach) return null;
  return (
    <p className="mb-2 flex flex-wrap gap-x-3 text-small text-soft">
      {said ? <span className="[overflow-wrap:anywhere]">{said}</span> : null}
      {reach ? (
        <span className="text-warn">
          <Icon name="warn" size={13} className="mr-1 inline-block align-[-2px]" />
          They may {reachInWords(reach)}, unless a row says otherwise.
        </span>
      ) : null}
    </p>
  );
}
