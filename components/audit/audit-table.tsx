/** Audit events, one row each; a row opens its detail. */
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { wordsFor } from "@/lib/audit/actions";
import type { AuditListItem } from "@/lib/audit/list";
import { groupDigits } from "@/lib/text/group-digits";

const tones: Record<string, BadgeTone> = { ok: "ok", denied: "bad", failed: "warn" };

export function OutcomeBadge({ outcome }: { outcome: string }) {
  return <Badge tone={tones[outcome] ?? "mute"}>{outcome}</Badge>;
}

export function targetOf({
  tokenNumber,
  keyLabel,
  room,
  subject,
  detail,
}: Pick<AuditListItem, "tokenNumber" | "keyLabel" | "room" | "subject" | "detail">): ReactNode {
  const parts: [label: string, value: string | null | undefined | false][] = [
    ["", tokenNumber !== null && `No. ${groupDigits(tokenNumber)}`],
    ["", keyLabel],
    ["room ", room],
    ["as ", subject],
    ["", typeof detail.verb === "string" && detail.verb],
    ["", typeof detail.email === "string" && detail.email],
    ["", typeof detail.accounts === "number" && `${groupDigits(detail.accounts)} accounts`],
    ["", typeof detail.reason === "string" && detail.reason],
    ["", typeof detail.what === "string" && detail.what],
    ["", typeof detail.attempts === "number" && `${groupDigits(detail.attempts)} times`],
    [
      "",
      typeof detail.count === "number" &&
        `${groupDigits(detail.count)} tokens, ${groupDigits(Number(detail.found))} of ours`,
    ],
  ];
  const given = parts.filter(([, value]) => value);
  if (given.length === 0) return "—";
  // Apart by what no field can contain, and each in a direction of its own: a room called "x, as somebody" is one room.
  return (
    <ul className="flex flex-wrap gap-x-1.5 gap-y-1">
      {given.map(([label, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew each time, and two of its texts may be the same
        <li key={index} className="rounded bg-mute-bg px-1.5 [overflow-wrap:anywhere]">
          {label}
          <bdi>{value}</bdi>
        </li>
      ))}
    </ul>
  );
}

const columns: Column<AuditListItem>[] = [
  {
    key: "sequence",
    header: "No.",
    render: (event) => groupDigits(event.sequence),
    mono: true,
    align: "right",
    nowrap: true,
  },
  {
    key: "time",
    header: "Time",
    render: (event) => <Time epochSeconds={event.at.getTime() / 1000} seconds />,
    nowrap: true,
  },
  { key: "who", header: "Who", render: (event) => <bdi>{event.actorName}</bdi> },
  {
    key: "what",
    header: "What",
    render: (event) => <span className="font-medium">{wordsFor(event.action)}</span>,
  },
  { key: "target", header: "Target", render: targetOf },
  { key: "outcome", header: "Outcome", render: (event) => <OutcomeBadge outcome={event.outcome} /> },
  { key: "via", header: "Via", render: (event) => event.via, nowrap: true, wideOnly: true },
  { key: "address", header: "Address", render: (event) => event.address, mono: true, nowrap: true, wideOnly: true },
];

export function AuditTable({ events, empty }: { events: AuditListItem[]; empty: ReactNode }) {
  return (
    <DataTable
      label="Audit events"
      columns={columns}
      rows={events}
      rowKey={(event) => event.sequence}
      rowHref={(event) => `/audit/${event.sequence}`}
      empty={empty}
    />
  );
}
