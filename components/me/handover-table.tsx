"use client";
/** The links with which one handed tokens over: what became of each, and how to withdraw one that nobody has opened. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { Badge } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable } from "@/components/ui/data-table";
import type { ActionResult } from "@/lib/action-result";
import type { OwnHandover } from "@/lib/handover/list";
import type { HandoverInput } from "@/lib/handover/schema";
import { tokenName } from "@/lib/text/numbered";

export function HandoverTable({
  handovers,
  withdrawAction,
}: {
  handovers: OwnHandover[];
  withdrawAction: (input: HandoverInput) => Promise<ActionResult<void>>;
}) {
  const columns: Column<OwnHandover>[] = [
    {
      key: "token",
      header: "Token",
      render: ({ tokenNumber }) => (
        <Link href={`/audit?q=${tokenNumber}`} prefetch={false}>
          {tokenName(tokenNumber)}
        </Link>
      ),
      card: "start",
    },
    {
      key: "for",
      header: "For",
      render: ({ forName }) => (forName ? <bdi>{forName}</bdi> : "whoever has the link"),
    },
    { key: "made", header: "Made", render: ({ madeAt }) => <Time epochSeconds={madeAt} mode="short" /> },
    { key: "state", header: "State", render: (handover) => <State {...handover} /> },
    {
      key: "end",
      header: <span className="sr-only">Withdraw</span>,
      render: ({ id, state, tokenNumber }) =>
        state === "open" ? (
          <ConfirmDialog
            trigger={
              <>
                Withdraw…<span className="sr-only"> the link to {tokenName(tokenNumber)}</span>
              </>
            }
            triggerSize="sm"
            title={`Withdraw the link to ${tokenName(tokenNumber)}?`}
            confirmLabel="Withdraw link"
            onConfirm={() => withdrawAction({ id })}
            done="The link is withdrawn."
          >
            <p>It opens no more, and what was sealed is erased. The token itself stays as it is.</p>
          </ConfirmDialog>
        ) : null,
      align: "right",
      className: "align-middle! pr-0!",
      card: "end",
    },
  ];
  return <DataTable label="Handed over" columns={columns} rows={handovers} rowKey={({ id }) => id} cards />;
}

const whyClosed: Record<NonNullable<OwnHandover["closing"]>, string> = {
  revoked: "the token was revoked",
  disabled: "while its key is disabled",
  changed: "its key has another secret",
};

function State({ state, closing, expiresAt, endedBy, endedAt }: OwnHandover) {
  if (state === "open" && closing)
    return (
      <>
        <Badge>Does not open</Badge> {whyClosed[closing]}
      </>
    );
  if (state === "open")
    return (
      <>
        <Badge tone="warn">Not opened</Badge> until <Time epochSeconds={expiresAt} mode="short" />
      </>
    );
  if (state === "expired") return "Expired, not opened";
  return (
    <>
      {state === "opened" ? "Opened" : "Withdrawn"} by <bdi>{endedBy}</bdi>
      {endedAt === null ? null : (
        <>
          , <Time epochSeconds={endedAt} mode="short" />
        </>
      )}
    </>
  );
}
