"use client";
/** Every token in a text: how many, which of them are alive and which are ours, and whether a secret of ours stands there too. The text and its tokens stay in this browser. */
import { useEffect, useMemo, useState } from "react";
import type { KnownSecret } from "@/lib/tokens/flag-secrets";
import type { Scan, ScannedToken } from "@/lib/tokens/scan";
import { changesOf, countUntil, isAlive, stateAt } from "@/lib/tokens/scan-state";
import { Button } from "./button";
import { Chip, Chips } from "./choice";
import { EmptyState } from "./empty-state";
import { Notice } from "./notice";
import { getNow, useNow } from "./now-store";
import { Region } from "./region";
import { loadCsv, saveScan } from "./save-scan";
import { ScanSecrets } from "./scan-secrets";
import { type ScanRow, ScanTable } from "./scan-table";
import { type LookUp, type LookUpAction, useLookUp } from "./use-look-up";
import { type ScanProgress, useScan } from "./use-scan";

export type ScanResultProps = {
  text: string;
  fileName?: string;
  lookUp: LookUpAction;
  /** Of every secret that this desk holds. */
  fingerprints: readonly KnownSecret[];
  /** Called with the bare token that the person wants to see in the decoder. */
  onOpen: (token: string) => void;
};

const number = (value: number) => value.toLocaleString("en-US");
const tokensWord = (count: number) => (count === 1 ? "1 token" : `${number(count)} tokens`);

export function ScanResult({ text, fileName, lookUp, fingerprints, onOpen }: ScanResultProps) {
  const progress = useScan(text, fingerprints);
  const name = fileName ?? "this text";
  // A dot of a token may stand in a link as %2E.
  const open = ({ range }: ScannedToken) => onOpen(text.slice(range.start, range.end).replace(/%2e/gi, "."));
  return (
    <Region label={`Tokens in ${name}`}>
      <div className="flex min-h-60 flex-col gap-3">
        {/* Always there: a live region that appears together with its text is not announced. */}
        <p role="status" className="text-soft tabular-nums">
          <Status progress={progress} characters={text.length} />
        </p>
        {progress.state === "failed" ? (
          <Notice tone="bad" title="The text could not be scanned.">
            It may need more memory than this tab has. Cut it into smaller pieces and try again.
          </Notice>
        ) : progress.state === "done" ? (
          <Found scan={progress.scan} fileName={fileName} lookUp={lookUp} onOpen={open} />
        ) : null}
      </div>
    </Region>
  );
}

function Status({ progress, characters }: { progress: ScanProgress; characters: number }) {
  if (progress.state === "failed") return "The scan failed.";
  if (progress.state === "working") {
    if (progress.of === 0) return `Looking for tokens in ${number(characters)} characters.`;
    return (
      <>
        Reading {tokensWord(progress.of)}
        <span aria-hidden="true">, {Math.floor((100 * progress.read) / progress.of)}% done</span>.
      </>
    );
  }
  const { tokens, secrets } = progress.scan;
  return (
    <>
      <strong className="font-semibold text-ink">{tokensWord(tokens.length)}</strong> in {number(characters)} characters
      {tokens.length > 1 ? ", each listed once" : ""}.
      {secrets.length > 0 ? <span className="sr-only"> A secret of this desk stands there too.</span> : null}
    </>
  );
}

type Kind = "all" | "alive" | "ours" | "not ours";

const kinds: { kind: Kind; label: string; has: (row: ScanRow) => boolean }[] = [
  { kind: "all", label: "All", has: () => true },
  { kind: "alive", label: "Alive", has: ({ state }) => isAlive(state) },
  { kind: "ours", label: "Ours", has: ({ ledger }) => typeof ledger === "object" },
  { kind: "not ours", label: "Not ours", has: ({ ledger }) => ledger === "absent" },
];

function Found({
  scan: { tokens, secrets, hashed, leftOut },
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
  const answers = useLookUp(hashes, lookUp);
  const instants = useMemo(() => changesOf(tokens), [tokens]);
  // Renders again only when the state of some token changes, not each second.
  useNow((at) => (at === null ? 0 : countUntil(instants, at)));
  const now = getNow();
  useEffect(() => {
    if (tokens.length > 0) loadCsv().catch(() => {});
  }, [tokens]);

  const rows = tokens.map((token): ScanRow => {
    const ledger = answers.answerFor(token.sha256);
    return { token, ledger, state: stateAt(token, ledger, now) };
  });
  const shown = rows.filter((row) => kinds.find((each) => each.kind === kind)?.has(row));

  return (
    <>
      <ScanSecrets secrets={secrets} />
      {tokens.length > 0 && hashed ? (
        <p role="status" className="-mt-2 text-soft">
          <LookedUp answers={answers} rows={rows} />
        </p>
      ) : null}
      {answers.state === "failed" ? (
        <Notice tone="warn" title="Not looked up in the ledger." role="alert">
          {answers.message} What is listed was found in this browser.{" "}
          <Button size="sm" className="mt-1.5 flex!" onClick={answers.again}>
            Look up again
          </Button>
        </Notice>
      ) : null}
      <Limits hashed={hashed} leftOut={leftOut} />
      {tokens.length === 0 ? (
        <EmptyState icon="decode" title="No token in this text">
          A token is three groups of letters and digits with dots between them; the first begins with “eyJ”.
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <Chips label="Show">
              {kinds.map((each) => (
                <Chip
                  key={each.kind}
                  pressed={kind === each.kind}
                  disabled={each.kind.endsWith("ours") && !(hashed && answers.state === "answered")}
                  onClick={() => setKind(each.kind)}
                >
                  {each.label} <span className="tabular-nums">{number(rows.filter(each.has).length)}</span>
                </Chip>
              ))}
            </Chips>
            <Button size="sm" disabled={shown.length === 0} onClick={() => saveScan(shown, getNow(), fileName)}>
              Export as CSV, without tokens
            </Button>
          </div>
          <ScanTable key={kind} rows={shown} now={now} onOpen={onOpen} />
        </>
      )}
    </>
  );
}

function LookedUp({ answers, rows }: { answers: LookUp; rows: readonly ScanRow[] }) {
  const ours = rows.filter(({ ledger }) => typeof ledger === "object").length;
  const privately = "This desk's server is sent only their SHA-256, never a token or the text.";
  if (answers.state === "asking") return `Looking them up in the ledger. ${privately}`;
  if (answers.state === "failed") return privately;
  return `${ours === 0 ? "None" : number(ours)} of them ${ours === 1 ? "is" : "are"} in this ledger. ${privately}`;
}

function Limits({ hashed, leftOut }: Pick<Scan, "hashed" | "leftOut">) {
  if (!hashed) {
    return (
      <Notice tone="warn" title="Not looked up in the ledger, and not searched for this desk's secrets.">
        The browser hashes only on https or localhost, and this page is on plain http. Open the desk there.
      </Notice>
    );
  }
  if (leftOut === 0) return null;
  return (
    <Notice tone="warn" title="Not everything was compared with this desk's secrets.">
      The text has {number(leftOut)} long words more than are compared. Those that look like VideoSDK's secrets came
      first.
    </Notice>
  );
}
