"use client";
/** The tokens that were found in a text: which of them are alive, and which are ours. */
import { useDeferredValue, useMemo, useState } from "react";
import { getNow, useNow } from "@/components/time/now-store";
import { Button } from "@/components/ui/button";
import { Chip, Chips } from "@/components/ui/chips";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import type { Scan, ScannedToken } from "@/lib/scan/scan";
import { changesOf, countUntil, isAlive, stateAt } from "@/lib/scan/scan-state";
import { groupDigits } from "@/lib/text/group-digits";
import { saveScan } from "./save-scan";
import { SearchLimits } from "./scan-secrets";
import { type ScanRow, ScanTable } from "./scan-table";
import { type Answers, type LookUp, type LookUpAction, useLookUp } from "./use-look-up";

type Kind = "all" | "alive" | "ours" | "not ours";

const kinds: { kind: Kind; label: string }[] = [
  { kind: "all", label: "All" },
  { kind: "alive", label: "Alive" },
  { kind: "ours", label: "Ours" },
  { kind: "not ours", label: "Not ours" },
];
const has: Record<Kind, (row: ScanRow) => boolean> = {
  all: () => true,
  alive: ({ state }) => isAlive(state),
  ours: ({ ledger }) => typeof ledger === "object",
  "not ours": ({ ledger }) => ledger === "absent",
};

function judgeRows(tokens: readonly ScannedToken[], answers: Answers, now: number): { rows: ScanRow[]; now: number } {
  const rows = tokens.map((token): ScanRow => {
    const ledger = (token.sha256 && answers.get(token.sha256)) || "not-asked";
    return { token, ledger, state: stateAt(token, ledger, now) };
  });
  return { rows, now };
}

export function FoundTokens({
  scan: { tokens, hashed, leftOut },
  fileName,
  lookUp,
  onOpen,
}: {
  scan: Scan;
  fileName: string | undefined;
  lookUp: LookUpAction;
  onOpen: (token: ScannedToken) => void;
}) {
  const [kind, setKind] = useState<Kind>("all");
  const hashes = useMemo(() => tokens.flatMap(({ sha256 }) => sha256 ?? []), [tokens]);
  const asked = useLookUp(hashes, lookUp);
  const { answers } = asked;
  const known = hashed && asked.state === "answered";
  const instants = useMemo(() => changesOf(tokens), [tokens]);
  // Renders again only when the state of some token changes, not each second.
  const changes = useNow((at) => (at === null ? 0 : countUntil(instants, at)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the instant counts from the latest change on
  const { rows, now } = useMemo(() => judgeRows(tokens, answers, getNow()), [tokens, answers, changes]);
  // The chip answers at once, hundreds of rows a moment later.
  const listed = useDeferredValue(kind);
  const shown = useMemo(() => rows.filter((row) => has[listed](row)), [rows, listed]);

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
          <Button size="sm" className="mt-1.5 flex!" onClick={asked.again}>
            Look up again
          </Button>
        </Notice>
      ) : null}
      <SearchLimits hashed={hashed} leftOut={leftOut} lookedUp={false} />
      {tokens.length === 0 ? (
        <EmptyState icon="decode" title="No token in this text">
          A token is three groups of letters and digits with dots between them; the first begins with “eyJ”.
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <Chips label="Show">
              {kinds.map((each) => {
                const unknown = each.kind.endsWith("ours") && !known;
                return (
                  <Chip
                    key={each.kind}
                    pressed={kind === each.kind}
                    disabled={unknown}
                    className="disabled:opacity-60"
                    onClick={() => setKind(each.kind)}
                  >
                    {each.label}{" "}
                    <span className="tabular-nums">
                      {unknown ? "–" : groupDigits(rows.filter(has[each.kind]).length)}
                    </span>
                  </Chip>
                );
              })}
            </Chips>
            <Button size="sm" disabled={shown.length === 0} onClick={() => saveScan(shown, getNow(), fileName)}>
              Export as CSV, without tokens
            </Button>
          </div>
          <ScanTable key={listed} rows={shown} now={now} onOpen={onOpen} />
        </>
      )}
    </>
  );
}

function LookedUp({ state, rows }: { state: LookUp["state"]; rows: readonly ScanRow[] }) {
  const ours = rows.filter(({ ledger }) => typeof ledger === "object").length;
  const privately = "This desk's server is sent only their SHA-256, never a token or the text.";
  if (state === "asking") return `Looking them up in the ledger. ${privately}`;
  if (state === "failed") return privately;
  return `${ours === 0 ? "None" : groupDigits(ours)} of them ${ours === 1 ? "is" : "are"} in this ledger. ${privately}`;
}
