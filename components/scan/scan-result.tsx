"use client";
/** Every token in a text, found in this browser: how far the search is, then what it found. The text and its tokens go nowhere. */
import { type ComponentType, useCallback, useEffect, useMemo, useState } from "react";
import type { RevokeActions } from "@/components/token/revoke-dialog";
import { Notice } from "@/components/ui/notice";
import { Region } from "@/components/ui/region";
import type { KnownKey } from "@/lib/decoder/judge-text";
import { type Run, tokenReader } from "@/lib/scan/packed-tokens";
import type { ScannedToken } from "@/lib/scan/scan";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";
import type { FoundTokensProps } from "./found-tokens";
import type { InspectAction } from "./use-check";
import type { LookUpAction } from "./use-look-up";
import type { ScanProgress } from "./use-scan";

export type ScanResultProps = {
  text: string;
  fileName?: string | undefined;
  /** Of this desk. */
  keys: readonly KnownKey[];
  /** Whether the person sees the cases. */
  mayRead: boolean;
  lookUp: LookUpAction;
  inspect: InspectAction;
  revoke?: RevokeActions | undefined;
  progress: ScanProgress;
  /** Called with the bare token that the person wants to see in the decoder. */
  onOpen: (token: string) => void;
};

const none: Run[] = [];

/** The browser keeps what came. */
const importList = () => import("./found-tokens");

/** Ahead of the first text that needs it; without the network that one asks again. */
export const loadList = (): void => void importList().catch(() => {});

export function ScanResult(props: ScanResultProps) {
  const { text, fileName, keys, mayRead, lookUp, inspect, revoke, progress, onOpen } = props;
  const name = fileName ?? "this text";
  const runs = progress.state === "done" ? progress.scan.runs : none;
  const tokenOf = useMemo(() => tokenReader(text, runs), [text, runs]);
  const open = useCallback((token: ScannedToken) => onOpen(tokenOf(token)), [tokenOf, onOpen]);
  const [List, setList] = useState<ComponentType<FoundTokensProps>>();
  const [listFailed, setListFailed] = useState(false);
  // Another text asks again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    setListFailed(false);
    importList().then(
      ({ FoundTokens }) => setList(() => FoundTokens),
      () => setListFailed(true),
    );
  }, [text]);
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
        ) : progress.state === "done" && listFailed ? (
          <Notice tone="warn" role="alert" title="The list could not be loaded.">
            Paste the text again once the server answers.
          </Notice>
        ) : progress.state === "done" && List ? (
          <List
            scan={progress.scan}
            fileName={fileName}
            keys={keys}
            mayRead={mayRead}
            lookUp={lookUp}
            inspect={inspect}
            revoke={revoke}
            tokenOf={tokenOf}
            onOpen={open}
          />
        ) : null}
      </div>
    </Region>
  );
}

function Status({ progress, characters }: { progress: ScanProgress; characters: number }) {
  if (progress.state === "failed") return "The scan failed.";
  if (progress.state === "working") {
    if (progress.of === 0) return `Looking for tokens in ${groupDigits(characters)} characters.`;
    return (
      <>
        Reading {counted(progress.of, "token")}
        <span aria-hidden="true">, {Math.floor((100 * progress.read) / progress.of)}% done</span>.
      </>
    );
  }
  const { tokens, secrets } = progress.scan;
  return (
    <>
      <strong className="font-semibold text-ink">{counted(tokens.length, "token")}</strong> in {groupDigits(characters)}{" "}
      characters
      {tokens.length > 1 ? ", each listed once" : ""}.
      {secrets.length > 0 ? <span className="sr-only"> A secret of this desk stands there too.</span> : null}
    </>
  );
}
