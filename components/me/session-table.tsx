"use client";
/** Where one is signed in, and how to end that. */
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { Badge } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable } from "@/components/ui/data-table";
import type { ActionResult } from "@/lib/action-result";
import type { EndSessionInput } from "@/lib/me/schema";
import { counted } from "@/lib/text/counted";
import { withinSentence } from "@/lib/text/within-sentence";

export type SessionRow = {
  id: string;
  current: boolean;
  /** In words. */
  device: string;
  address: string;
  /** Seconds since 1970. */
  startedAt: number;
  lastSeenAt: number;
};

/** "A browser on Linux" begins with a word of ours, "Firefox 145" with a name. */
const within = (device: string): string => (device.startsWith("A ") ? withinSentence(device) : device);

export function SessionTable({
  sessions,
  total,
  endAction,
  endOthersAction,
  children,
}: {
  /** A page of them. */
  sessions: SessionRow[];
  /** Of all pages. */
  total: number;
  endAction: (input: EndSessionInput) => Promise<ActionResult<unknown>>;
  endOthersAction: () => Promise<ActionResult<unknown>>;
  /** What leads to the others; under the table. */
  children: ReactNode;
}) {
  const columns: Column<SessionRow>[] = [
    {
      key: "device",
      header: "Device",
      render: ({ device }) => <span className="font-medium">{device}</span>,
      className: "min-w-44 align-middle!",
      card: "start",
    },
    {
      key: "address",
      header: "Address",
      render: ({ address }) => address,
      nowrap: true,
      className: "align-middle! max-rail:order-1",
    },
    {
      key: "started",
      header: "Signed in",
      render: ({ startedAt }) => <Time epochSeconds={startedAt} mode="short" />,
      nowrap: true,
      className: "align-middle! max-rail:order-1",
    },
    {
      key: "seen",
      header: "Last seen",
      render: ({ current, lastSeenAt }) => (current ? "now" : <Time epochSeconds={lastSeenAt} mode="relative" />),
      nowrap: true,
      className: "align-middle! max-rail:order-1",
    },
    {
      key: "end",
      header: <span className="sr-only">End</span>,
      render: ({ id, current, device, address, startedAt }) =>
        current ? (
          <Badge tone="ok">this one</Badge>
        ) : (
          <ConfirmDialog
            trigger={
              <>
                End…
                <span className="sr-only">
                  {" "}
                  the session in {within(device)}, from {address}
                </span>
              </>
            }
            triggerSize="sm"
            title={`End the session in ${within(device)}?`}
            confirmLabel="End session"
            onConfirm={() => endAction({ sessionId: id })}
            done={`The session in ${within(device)} has ended.`}
          >
            <p>
              It began at {address}, <Time epochSeconds={startedAt} mode="short" />. Whoever is there is signed out at
              once. What is typed there stays on the screen, and is sent nowhere.
            </p>
          </ConfirmDialog>
        ),
      align: "right",
      className: "align-middle! pr-0!",
      card: "end",
    },
  ];
  const others = total - 1;
  return (
    <>
      <DataTable label="Your sessions" columns={columns} rows={sessions} rowKey={({ id }) => id} cards />
      {children}
      {others > 0 ? (
        <div className="mt-3">
          <ConfirmDialog
            trigger="End all others…"
            triggerVariant="danger"
            triggerSize="sm"
            title="End all other sessions?"
            confirmLabel={`End ${counted(others, "session")}`}
            onConfirm={endOthersAction}
            done="All other sessions have ended."
          >
            <p>You stay signed in here alone. If one of them was not you, change your password too.</p>
          </ConfirmDialog>
        </div>
      ) : null}
    </>
  );
}
