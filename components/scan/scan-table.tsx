"use client";
/** The tokens that were found in a text, one line each: what to make of it, whose it is, what it may do, where, until when, and where it stands. */
import { type KeyboardEvent, memo, type ReactNode, startTransition, useEffect, useState } from "react";
import { wholeMinutes } from "@/components/audit/token-state";
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CarefulLink } from "@/components/ui/careful-link";
import { type Column, DataTable } from "@/components/ui/data-table";
import type { ScanRow } from "@/lib/scan/rows";
import type { ScannedToken } from "@/lib/scan/scan";
import { groupDigits } from "@/lib/text/group-digits";
import { caseName, tokenName } from "@/lib/text/numbered";
import { BETWEEN, joinParts, partOf } from "@/lib/text/parts";
import { placeOf as placeIn } from "@/lib/text/reach";
import { makeVisible } from "@/lib/text/visible";

const PORTION = 200;
/** Rows that are laid out at once: more would hold the page up for longer than a tenth of a second. */
const STEP = 40;

export const ScanTable = memo(function ScanTable({
  rows,
  now,
  mayRead,
  onOpen,
}: {
  rows: readonly ScanRow[];
  /** Seconds since 1970. */
  now: number;
  /** Whether the person sees the cases. */
  mayRead: boolean;
  onOpen: (token: ScannedToken) => void;
}) {
  const [most, setMost] = useState(PORTION);
  const painted = useGrowing(Math.min(most, rows.length));
  const columns: Column<ScanRow>[] = [
    {
      key: "state",
      header: "What it is",
      render: (row) => <WhatItIs row={row} mayRead={mayRead} />,
      shorten: tooltipOf,
      className: "w-[45%] min-w-88 lg:max-[70rem]:min-w-64 max-rail:order-1",
      card: "line",
    },
    {
      key: "key",
      header: "Key",
      render: (row) => <KeyOf row={row} />,
      shorten: ({ token, keyLabel }) => [keyLabel, token.apiKey].filter(Boolean).join(", "),
      className: "w-1/6 min-w-24 max-rail:order-3",
    },
    {
      key: "may",
      header: "May",
      render: ({ token }) => rightsOf(token),
      nowrap: true,
      className: "max-rail:order-4",
    },
    {
      key: "room",
      header: "Room · participant",
      render: ({ token }) => <PlaceOf token={token} />,
      shorten: ({ token }) => joinParts(placeOf(token)),
      className: "w-1/5 min-w-36 max-rail:order-5",
    },
    {
      key: "ends",
      header: "Ends",
      render: ({ token }) => <Ends token={token} now={now} />,
      nowrap: true,
      className: "max-rail:order-6",
    },
    {
      key: "line",
      header: "Line",
      align: "right",
      nowrap: true,
      mono: true,
      render: ({ token }) => <Lines token={token} />,
      className: "max-rail:order-7",
    },
    {
      key: "open",
      header: <span className="sr-only">Decoder</span>,
      align: "right",
      render: ({ token }) => (
        <Button size="sm" data-open aria-label={`Open the token in line ${token.line}`} onClick={() => onOpen(token)}>
          Open
        </Button>
      ),
      className: "py-1! max-rail:order-8",
      card: "end",
    },
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the rows' buttons, each of which is reached by Tab as well
    <div onKeyDown={moveAlong}>
      <DataTable
        label="Tokens found"
        columns={columns}
        rows={rows.slice(0, painted)}
        rowKey={({ token: { range, packed } }) => `${range.start} ${packed?.run} ${packed?.range.start}`}
        cards
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
    </div>
  );
});

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** J and K, or the arrows, go from row to row; Enter opens the one that has the focus. */
function moveAlong(event: KeyboardEvent<HTMLElement>) {
  const step = STEPS[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-open]")];
  const at = buttons.findIndex((button) => button.closest("tr")?.contains(document.activeElement));
  const next = buttons[at < 0 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

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

/** Whose it is, in words; nothing where its state has said so. */
function whose({ ledger, keyLabel, state }: ScanRow): string {
  if (typeof ledger === "object") return [ledger.actorName, ledger.purpose].filter(Boolean).join(", ");
  if (ledger === "not-asked") return "";
  if (state.alarm) return "";
  return keyLabel === undefined ? "no key of yours" : "your key, not in the ledger";
}

function tooltipOf(row: ScanRow): string {
  const number = typeof row.ledger === "object" ? tokenName(row.ledger.number) : "";
  return [row.state.word, row.state.reason.replaceAll("`", ""), number, whose(row)].filter(Boolean).join(" · ");
}

function WhatItIs({ row, mayRead }: { row: ScanRow; mayRead: boolean }) {
  const { state, ledger, caseNumber } = row;

  return (
    <>
      <Badge tone={state.tone} icon={state.word === "Signature not checked" ? "unknown" : undefined}>
        {state.word}
      </Badge>{" "}
      {typeof ledger !== "object" ? null : (
        <Reference href={ledger.event === null ? undefined : `/audit/${ledger.event}`}>
          {tokenName(ledger.number)}
        </Reference>
      )}
      {caseNumber === undefined ? null : (
        <Reference href={mayRead ? `/cases/${caseNumber}` : undefined}>{caseName(caseNumber)}</Reference>
      )}{" "}
      <bdi className="text-soft">{whose(row)}</bdi>
    </>
  );
}

/** A number of ours; a link for who may see what it leads to. */
function Reference({ href, children }: { href: string | undefined; children: ReactNode }) {
  const look = "font-mono font-semibold";
  return href ? (
    <CarefulLink href={href} className={`relative z-1 ${look} underline underline-offset-4`}>
      {children}
    </CarefulLink>
  ) : (
    <span className={look}>{children}</span>
  );
}

function KeyOf({ row: { token, keyLabel } }: { row: ScanRow }) {
  if (keyLabel !== undefined) return <bdi>{keyLabel}</bdi>;
  if (!token.apiKey) return <span className="text-faint">none</span>;
  return <span className="font-mono text-[0.78125rem] text-faint">{makeVisible(token.apiKey)}</span>;
}

function rightsOf({ joins, moderates, callsRest, lasting, apiKey }: ScannedToken): string {
  if (lasting.word === "Malformed" && apiKey === undefined) return "";
  const rights = [moderates ? "moderate" : joins && "join", callsRest && "REST API"].filter(Boolean);
  return rights.join(", ") || "nothing";
}

const placeOf = ({ room, subject }: ScannedToken) => placeIn({ room: room || null, subject: subject || null });

function PlaceOf({ token }: { token: ScannedToken }) {
  const [room, subject] = placeOf(token);
  return (
    <>
      {token.room ? <bdi>{partOf(room)}</bdi> : <span className="text-soft">{room}</span>}
      <span className="text-faint">{BETWEEN}</span>
      {token.subject ? <bdi>{partOf(subject)}</bdi> : <span className="text-soft">{subject}</span>}
    </>
  );
}

function Ends({ token: { expiresAt, lasting }, now }: { token: ScannedToken; now: number }) {
  if (lasting.word === "Malformed" && expiresAt === undefined) return <span className="text-faint">not readable</span>;
  if (expiresAt === undefined)
    return (
      <Badge tone="warn" icon={null}>
        never ends
      </Badge>
    );
  if (now < expiresAt) return <Left until={expiresAt} />;
  return <Time epochSeconds={expiresAt} mode="relative" className="text-soft" />;
}

function Left({ until }: { until: number }) {
  const left = useNow((at) => (at === null ? "…" : at < until ? wholeMinutes(until - at) : "expired"));
  return <span className="tabular-nums">{left}</span>;
}

function Lines({ token: { line, column, further } }: { token: ScannedToken }) {
  const lines = [...new Set(further.lines)];
  const more = further.count > further.lines.length ? " and more" : "";
  const others = further.count > 0 ? `; also in line ${lines.join(", ")}${more}` : "";
  return (
    <span title={`Line ${line}, column ${column}${others}`}>
      {groupDigits(line)}
      {further.count > 0 ? <span className="text-faint"> +{groupDigits(further.count)}</span> : null}
    </span>
  );
}
