/** Audit events, one row each; a row opens its detail. */

import type { ReactNode } from "react";
import { type AuditAction, actionWords } from "@/lib/audit/actions";
import type { AuditListItem } from "@/lib/audit/list";
import { groupDigits } from "@/lib/group-digits";
import { Badge, type BadgeTone } from "./badge";
import { type Column, DataTable } from "./data-table";
import { Time } from "./time";

const tones: Record<string, BadgeTone> = { ok: "ok", denied: "bad", failed: "warn" };

export function OutcomeBadge({ outcome }: { outcome: string }) {
  return <Badge tone={tones[outcome] ?? "mute"}>{outcome}</Badge>;
}

export function targetOf({
  tokenNumber,
  keyLabel,
  roomId,
  participantId,
  detail,
}: Pick<AuditListItem, "tokenNumber" | "keyLabel" | "roomId" | "participantId" | "detail">): ReactNode {
  const parts = [
    tokenNumber === null ? null : `No. ${groupDigits(tokenNumber)}`,
    keyLabel,
    roomId ? `room ${roomId}` : null,
    participantId ? `as ${participantId}` : null,
    typeof detail.verb === "string" ? detail.verb : null,
    typeof detail.email === "string" ? detail.email : null,
    typeof detail.reason === "string" ? detail.reason : null,
    typeof detail.what === "string" ? detail.what : null,
    typeof detail.attempts === "number" ? `${groupDigits(detail.attempts)} times` : null,
    typeof detail.count === "number" ? `${groupDigits(detail.count)} tokens, ${detail.found} of ours` : null,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "—";
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
  { key: "who", header: "Who", render: (event) => event.actorName },
  {
    key: "what",
    header: "What",
    render: (event) => <span className="font-medium">{actionWords[event.action as AuditAction] ?? event.action}</span>,
  },
  { key: "target", header: "Target", render: targetOf },
  { key: "outcome", header: "Outcome", render: (event) => <OutcomeBadge outcome={event.outcome} /> },
  { key: "door", header: "Door", render: (event) => event.door, nowrap: true, wideOnly: true },
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
