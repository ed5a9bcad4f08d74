"use client";
/** The tokens that were found in a text, the most dangerous first: which of them are active, which were issued here, and whose secret signed the others. */
import { type ComponentType, useDeferredValue, useEffect, useMemo, useState } from "react";
import { getNow, useNow } from "@/components/time/now-store";
import type { RevokeActions, RevokeDialog } from "@/components/token/revoke-dialog";
import { Button } from "@/components/ui/button";
import { Chip, Chips } from "@/components/ui/chips";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import type { KnownKey } from "@/lib/decoder/judge-text";
import { isOfKind, type Kind, kinds, revocableIn, type ScanRow, scanRows, toCheck } from "@/lib/scan/rows";
import type { Scan, ScannedToken } from "@/lib/scan/scan";
import { type Checked, changesOf, countUntil } from "@/lib/scan/scan-state";
import { groupDigits } from "@/lib/text/group-digits";
import type { CheckSignaturesProps } from "./check-signatures";
import { saveScan } from "./save-scan";
import { ScanTable } from "./scan-table";
import { SearchLimits } from "./search-limits";
import type { InspectAction } from "./use-check";
import { type LookUp, type LookUpAction, useLookUp } from "./use-look-up";

const labels: Record<Kind, string> = {
  all: "All",
  active: "Active",
  moderators: "Moderators",
  rest: "REST API",
  issued: "Issued here",
  "not-issued": "Your key, not in the ledger",
  others: "No key of yours",
};
/** Only the ledger tells. */
const byLedger: Kind[] = ["issued", "not-issued", "others"];

export type FoundTokensProps = {
  scan: Scan;
  fileName: string | undefined;
  /** Of this desk. */
  keys: readonly KnownKey[];
  /** Whether the person sees the cases. */
  mayRead: boolean;
  lookUp: LookUpAction;
  inspect: InspectAction;
  /** Absent for who may not. */
  revoke?: RevokeActions | undefined;
  /** The bare token, as it stands in the text. */
  tokenOf: (token: ScannedToken) => string;
  onOpen: (token: ScannedToken) => void;
};

export function FoundTokens({
  scan: { tokens, hashed, leftOut },
  fileName,
  keys,
  mayRead,
  lookUp,
  inspect,
  revoke,
  tokenOf,
  onOpen,
}: FoundTokensProps) {
  const [kind, setKind] = useState<Kind>("all");
  const hashes = useMemo(() => tokens.flatMap(({ sha256 }) => sha256 ?? []), [tokens]);
  const asked = useLookUp(hashes, lookUp);
  const { answers } = asked;
  const [checks, setChecks] = useState<ReadonlyMap<string, Checked>>(new Map());
  const [Check, setCheck] = useState<ComponentType<CheckSignaturesProps>>();
  const known = hashed && asked.state === "answered";
  const instants = useMemo(() => changesOf(tokens), [tokens]);
  // Renders again only when the state of some token changes, not each second.
  const changes = useNow((at) => (at === null ? 0 : countUntil(instants, at)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the instant counts from the latest change on
  const { rows, now } = useMemo(() => {
    const at = getNow();
    return { rows: scanRows(tokens, { answers, checks, keys }, at), now: at };
  }, [tokens, answers, checks, keys, changes]);
  // The chip answers at once, hundreds of rows a moment later.
  const listed = useDeferredValue(kind);
  const shown = useMemo(() => rows.filter((row) => isOfKind(listed, row)), [rows, listed]);
  const counts = useMemo(() => countKinds(rows), [rows]);
  const { first: ours, words: oursInWords } = useMemo(() => revocableIn(rows), [rows]);
  const [Revoke, setRevoke] = useState<typeof RevokeDialog>();
  const asksToRevoke = revoke !== undefined && ours.length > 0;
  useEffect(() => {
    if (!asksToRevoke) return;
    import("@/components/token/revoke-dialog").then(
      (module) => setRevoke(() => module.RevokeDialog),
      () => {},
    );
  }, [asksToRevoke]);
  const asks = useMemo(() => known && toCheck(rows).length > 0, [known, rows]);
  // It needs the server, and so the network, anyway; without it there is nothing to ask.
  useEffect(() => {
    if (!asks) return;
    import("./check-signatures").then(
      ({ CheckSignatures }) => setCheck(() => CheckSignatures),
      () => {},
    );
  }, [asks]);

  return (
    <>
      {tokens.length > 0 && hashed ? (
        <p role="status" className="-mt-2 text-soft">
          <LookedUp state={asked.state} rows={rows} />
        </p>
      ) : null}
      {asked.state === "failed" ? (
        <Notice tone="warn" title="Not looked up in the ledger." role="alert">
          {asked.message} What is listed was found in this browser.{" "}
          <Button size="sm" className="mt-1.5 flex!" onClick={() => asked.again()}>
            Look up again
          </Button>
        </Notice>
      ) : null}
      {asked.unrecorded ? (
        <Notice tone="warn" role="alert">
          {asked.unrecorded}
        </Notice>
      ) : null}
      <SearchLimits hashed={hashed} leftOut={leftOut} lookedUp={false} />
      {tokens.length === 0 ? (
        <EmptyState icon="decode" title="No token in this text">
          A token is three groups of letters and digits with dots between them; the first begins with “eyJ”.
        </EmptyState>
      ) : (
        <>
          {Check ? <Check rows={rows} inspect={inspect} tokenOf={tokenOf} onChecked={setChecks} /> : null}
          <div className="flex flex-wrap items-start justify-between gap-3">
            <Chips label="Show">
              {kinds
                .filter((each) => each === "all" || each === kind || (counts.get(each) ?? 0) > 0)
                .filter((each) => known || !byLedger.includes(each))
                .map((each) => (
                  <Chip key={each} pressed={kind === each} onClick={() => setKind(each)}>
                    {labels[each]} <span className="tabular-nums">{groupDigits(counts.get(each) ?? 0)}</span>
                  </Chip>
                ))}
            </Chips>
            <div className="flex flex-wrap gap-2">
              {Revoke && revoke && known && ours.length > 0 ? (
                <Revoke
                  scope={{ of: "numbers", numbers: ours.map(({ number }) => number) }}
                  what={oursInWords}
                  size="sm"
                  actions={revoke}
                  onRevoked={() => asked.again(ours.map(({ sha256 }) => sha256))}
                />
              ) : null}
              <Button size="sm" disabled={shown.length === 0} onClick={() => saveScan(shown, fileName)}>
                <span>
                  Save as CSV<span className="sr-only">, without tokens</span>
                </span>
              </Button>
            </div>
          </div>
          <ScanTable key={listed} rows={shown} now={now} mayRead={mayRead} onOpen={onOpen} />
        </>
      )}
    </>
  );
}

function countKinds(rows: readonly ScanRow[]): Map<Kind, number> {
  return new Map(kinds.map((kind) => [kind, rows.filter((row) => isOfKind(kind, row)).length]));
}

function LookedUp({ state, rows }: { state: LookUp["state"]; rows: readonly ScanRow[] }) {
  const ours = rows.filter(({ ledger }) => typeof ledger === "object").length;
  const checked = rows.filter((row) => row.checked).length;
  const privately =
    checked === 0
      ? "This desk's server is sent only their SHA-256, never a token or the text."
      : `This desk's server is sent only their SHA-256, but for the ${checked === 1 ? "one whose signature" : `${groupDigits(checked)} whose signatures`} you had checked.`;
  if (state === "asking") return `Looking them up in the ledger. ${privately}`;
  if (state === "failed") return privately;
  return `${ours === 0 ? "None" : groupDigits(ours)} of them ${ours === 1 ? "is" : "are"} in this ledger. ${privately}`;
}
