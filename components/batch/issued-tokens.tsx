"use client";
/** A batch that was just issued: its number, its files, and each token to be copied. They are in this tab alone. */
import Link from "next/link";
import { useEffect, useRef } from "react";
import { Time } from "@/components/time/time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Icon } from "@/components/ui/icon";
import type { IssuedBatch, IssuedRow } from "@/lib/batch/issued";
import { type BatchFormat, batchFormats, writeBatch } from "@/lib/batch/write-files";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { tokenName, tokenRangeName } from "@/lib/text/numbered";
import { ANY_ROOM } from "@/lib/text/reach";
import { makeVisible } from "@/lib/text/visible";
import { PageTurner, useTurned } from "./page-turner";
import { saveBatch } from "./save-batch";

/** What says the same of every row is said once, above them. */
type Shared = { room?: string | null; purpose?: string; until?: number };

function sharedBy(rows: readonly IssuedRow[]): Shared {
  const [first, ...others] = rows;
  // Of one token its row tells.
  if (!first || others.length === 0) return {};
  const { room, purpose, expiresAt: until } = first;
  return {
    ...(others.every((each) => each.room === room) && { room }),
    ...(others.every((each) => each.purpose === purpose) && { purpose }),
    ...(others.every((each) => each.expiresAt === until) && { until }),
  };
}

const columns: Column<IssuedRow>[] = [
  {
    key: "number",
    header: "No.",
    render: ({ number }) => groupDigits(number),
    align: "right",
    nowrap: true,
    card: "start",
    className: "w-16",
  },
  {
    key: "subject",
    header: "Participant",
    render: ({ subject }) => (subject === null ? <span className="text-faint">anyone</span> : <bdi>{subject}</bdi>),
    shorten: ({ subject }) => subject ?? "",
    mono: true,
    className: "w-1/3 min-w-40",
    card: "line",
  },
  {
    key: "room",
    header: "Room",
    render: ({ room }) => (room === null ? <span className="text-faint">any room</span> : <bdi>{room}</bdi>),
    shorten: ({ room }) => room ?? "",
    mono: true,
    className: "w-1/5 min-w-36",
  },
  {
    key: "purpose",
    header: "Purpose",
    render: ({ purpose }) => (purpose ? <bdi>{purpose}</bdi> : <span className="text-faint">none given</span>),
    shorten: ({ purpose }) => purpose,
    className: "w-1/4 min-w-32",
  },
  {
    key: "until",
    header: "Until",
    render: ({ expiresAt }) => <Time epochSeconds={expiresAt} mode="short" />,
    nowrap: true,
  },
  {
    key: "copy",
    header: "Token",
    render: ({ token, number }) => (
      <CopyButton size="sm" className="tabular-nums rail:-my-1.5" label={`Copy ${tokenName(number)}`} value={token} />
    ),
    nowrap: true,
    card: "line",
  },
];

const InRoom = ({ room }: { room: string }) => (
  <>
    in room <code className="font-semibold [overflow-wrap:anywhere]">{makeVisible(room)}</code>
  </>
);

export function IssuedTokens({
  batch,
  saved,
  onSaved,
  onAnother,
}: {
  batch: IssuedBatch;
  saved: boolean;
  onSaved: () => void;
  onAnother: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const turned = useTurned(batch.rows);
  const { rows } = batch;
  const isOne = rows.length === 1;
  const [first, last] = [rows[0]?.number ?? 0, rows.at(-1)?.number ?? 0];
  const shared = sharedBy(rows);
  // Ten thousand arguments are more than a call should have.
  const until = rows.reduce((latest, { expiresAt }) => Math.max(latest, expiresAt), 0);

  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);

  const save = (format: BatchFormat) => () => {
    saveBatch(batch, format);
    onSaved();
  };
  return (
    <section aria-label="Issued batch" className="issued-token">
      <div className="ticket">
        <div className="ticket-card">
          <div className="ticket-body">
            <h1
              ref={heading}
              tabIndex={-1}
              className="mb-1 flex items-start gap-1.5 font-medium text-ok text-small outline-none"
            >
              <Icon name="check-circle" size={14} className="mt-[3px]" />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                Issued and recorded, with <bdi>{batch.keyLabel}</bdi>
              </span>
            </h1>
            <p className="text-say">
              {isOne ? "One token" : `${groupDigits(rows.length)} tokens`}, {tokenRangeName(first, last)},{" "}
              {shared.room === undefined ? null : (
                <>{shared.room === null ? `in ${ANY_ROOM}` : <InRoom room={shared.room} />}, </>
              )}
              {isOne || shared.until !== undefined ? "good" : "the last of them"} until{" "}
              <Time epochSeconds={until} mode="clock" />.
            </p>
            {shared.purpose ? (
              <p className="text-soft">
                Purpose: <bdi>{shared.purpose}</bdi>
              </p>
            ) : null}
          </div>
          <dl className="ticket-stub">
            <div className="ticket-number">
              <dt className="text-caption text-faint">Batch</dt>
              <dd data-testid="batch">{groupDigits(batch.batch)}</dd>
            </div>
          </dl>
        </div>
      </div>
      <div className="issued-card">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
          <Button variant="primary" icon="download" onClick={save("csv")}>
            Save as CSV
          </Button>
          <Button onClick={save("jsonl")}>Save as JSON lines</Button>
          <Button onClick={save("env")}>Save as .env</Button>
          <CopyButton
            variant="ghost"
            label={`Copy all as ${batchFormats.env.label}`}
            getValue={() => writeBatch(profileOf(batch.profile), batch, "env")}
            onCopied={onSaved}
          />
          <span role="status" className="inline-flex min-h-6">
            {saved ? (
              <Badge tone="ok">Saved</Badge>
            ) : (
              <Badge tone="warn">Not saved yet. {isOne ? "It is" : "They are"} in this tab only</Badge>
            )}
          </span>
        </div>
        <p className="mt-2 text-faint text-small">
          {isOne
            ? "The ledger keeps what it permits, not the token. Whoever has the file has it."
            : "The ledger keeps what each permits, not the tokens. Whoever has the file has all of them."}{" "}
          <Link
            href={`/batches/${batch.batch}`}
            prefetch={false}
            className="underline decoration-edge underline-offset-3"
          >
            The batch's page
          </Link>{" "}
          {isOne ? "says later how it is, and revokes it." : "says later how they are, and revokes all of them."}
        </p>
      </div>
      <div className="mt-4">
        <DataTable
          label="Tokens"
          columns={columns.filter(({ key }) => !(key in shared))}
          rows={turned.rows}
          rowKey={({ number }) => number}
          cards
        />
        <PageTurner label="Tokens" {...turned} total={rows.length} />
      </div>
      <p className="mt-5">
        <Button icon="again" onClick={onAnother}>
          Issue another batch
        </Button>
      </p>
    </section>
  );
}
