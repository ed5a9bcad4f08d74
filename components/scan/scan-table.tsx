"use client";
/** The tokens that were found in a text, one row each: state, who issued it, for where, how long it still lives, and where it stands. */
import { memo, startTransition, useEffect, useState } from "react";
import { Time } from "@/components/time/time";
import { TimeLeft } from "@/components/time/time-left";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CarefulLink } from "@/components/ui/careful-link";
import { CodeText } from "@/components/ui/code-text";
import { type Column, DataTable } from "@/components/ui/data-table";
import type { ScannedToken } from "@/lib/scan/scan";
import type { LedgerAnswer, ScanState } from "@/lib/scan/scan-state";
import { groupDigits } from "@/lib/text/group-digits";
import { makeVisible } from "@/lib/text/visible";

export type ScanRow = { token: ScannedToken; ledger: LedgerAnswer; state: ScanState };

const PORTION = 200;
/** Rows that are laid out at once: more would hold the page up for longer than a tenth of a second. */
const STEP = 40;

export const ScanTable = memo(function ScanTable({
  rows,
  now,
  onOpen,
}: {
  rows: readonly ScanRow[];
  /** Seconds since 1970. */
  now: number;
  onOpen: (token: ScannedToken) => void;
}) {
  const [most, setMost] = useState(PORTION);
  const painted = useGrowing(Math.min(most, rows.length));
  const columns: Column<ScanRow>[] = [
    {
      key: "line",
      header: "Line",
      align: "right",
      nowrap: true,
      mono: true,
      render: ({ token }) => <Place token={token} />,
    },
    { key: "state", header: "State", render: ({ state }) => <State state={state} /> },
    { key: "check", header: "Claim check", render: ({ ledger }) => <ClaimCheck ledger={ledger} /> },
    { key: "key", header: "Key", render: ({ token, ledger }) => <KeyOf token={token} ledger={ledger} /> },
    { key: "room", header: "Room and participant", render: ({ token }) => <RoomOf token={token} /> },
    { key: "life", header: "Remaining life", render: ({ token }) => <Life token={token} now={now} />, nowrap: true },
    {
      key: "open",
      header: <span className="sr-only">Decoder</span>,
      align: "right",
      render: ({ token }) => (
        <Button size="sm" aria-label={`Open the token in line ${token.line}`} onClick={() => onOpen(token)}>
          Open
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label="Tokens found"
        columns={columns}
        rows={rows.slice(0, painted)}
        rowKey={({ token }) => token.range.start}
        empty={<p className="border-line border-y py-6 text-center text-soft">None of them is of this kind.</p>}
      />
      {rows.length > most ? (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button size="sm" onClick={() => setMost(most + PORTION)}>
            Show more
          </Button>
          <p className="text-faint text-small tabular-nums">
            The first {groupDigits(most)} of {groupDigits(rows.length)} are shown.
          </p>
        </div>
      ) : null}
    </>
  );
});

/** Comes to `goal` in steps, one a frame. */
function useGrowing(goal: number): number {
  const [reached, setReached] = useState(STEP);
  useEffect(() => {
    if (reached >= goal) return;
    const frame = requestAnimationFrame(() => startTransition(() => setReached(reached + STEP)));
    return () => cancelAnimationFrame(frame);
  }, [reached, goal]);
  return Math.min(reached, goal);
}

function Place({ token: { line, column, further } }: { token: ScannedToken }) {
  const lines = [...new Set(further.lines)];
  const more = further.count > further.lines.length ? " and more" : "";
  return (
    <>
      {groupDigits(line)}
      <span className="block font-sans text-caption text-faint">column {groupDigits(column)}</span>
      {further.count > 0 ? (
        <span className="block font-sans text-caption text-faint" title={`Lines ${lines.join(", ")}${more}`}>
          {groupDigits(further.count)} more
        </span>
      ) : null}
    </>
  );
}

function State({ state: { word, tone, reason } }: { state: ScanState }) {
  return (
    <>
      <Badge tone={tone} icon={word === "Signature not checked" ? "unknown" : undefined}>
        {word}
      </Badge>
      {reason ? (
        <span className="mt-0.5 block max-w-72 whitespace-normal text-caption text-soft">
          <CodeText text={reason} />
        </span>
      ) : null}
    </>
  );
}

function ClaimCheck({ ledger }: { ledger: LedgerAnswer }) {
  if (ledger === "absent") return <span className="whitespace-nowrap text-soft">Not in this ledger</span>;
  if (ledger === "not-asked") return <span className="whitespace-nowrap text-faint">Not looked up</span>;
  const number = `No. ${groupDigits(ledger.number)}`;
  return (
    <>
      {ledger.event === null ? (
        <span className="font-mono font-semibold">{number}</span>
      ) : (
        <CarefulLink href={`/audit/${ledger.event}`} className="font-mono font-semibold underline underline-offset-4">
          {number}
        </CarefulLink>
      )}
      <span className="block text-soft">
        <bdi>{ledger.actorName}</bdi>
        {ledger.purpose ? (
          <>
            , <bdi>{ledger.purpose}</bdi>
          </>
        ) : null}
      </span>
    </>
  );
}

function KeyOf({ token, ledger }: { token: ScannedToken; ledger: LedgerAnswer }) {
  return (
    <>
      {typeof ledger === "object" ? <bdi>{ledger.keyLabel}</bdi> : null}
      {token.apiKey ? (
        <span className="block max-w-36 truncate font-mono text-caption text-soft" title={token.apiKey}>
          {makeVisible(token.apiKey)}
        </span>
      ) : (
        <span className="block text-faint">no API key</span>
      )}
    </>
  );
}

function RoomOf({ token: { roomId, participantId } }: { token: ScannedToken }) {
  return (
    <>
      {roomId ? (
        <span className="font-mono text-[0.78125rem]">{makeVisible(roomId)}</span>
      ) : (
        <span className="text-soft">any room</span>
      )}
      {participantId ? (
        <span className="block text-soft">
          as <span className="font-mono text-[0.78125rem]">{makeVisible(participantId)}</span>
        </span>
      ) : null}
    </>
  );
}

function Life({ token: { expiresAt, lasting }, now }: { token: ScannedToken; now: number }) {
  if (lasting.word === "Malformed" && expiresAt === undefined) return <span className="text-faint">not readable</span>;
  if (expiresAt === undefined) return "never expires";
  // Its hidden words are positioned, and must scroll with the table.
  if (now < expiresAt) return <TimeLeft until={expiresAt} className="relative" />;
  return (
    <span className="text-soft">
      expired <Time epochSeconds={expiresAt} mode="relative" />
    </span>
  );
}
