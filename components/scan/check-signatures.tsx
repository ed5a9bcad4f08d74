"use client";
/** Asks whether the signatures of tokens that bear a key of this desk and are not in its ledger shall be checked, says how many those are, and how far the check is. */
import { TimeLeft } from "@/components/time/time-left";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type ScanRow, toCheck } from "@/lib/scan/rows";
import type { ScannedToken } from "@/lib/scan/scan";
import type { Checked } from "@/lib/scan/scan-state";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";
import { CHECKED_PER_WINDOW, type InspectAction, useCheck } from "./use-check";

export type CheckSignaturesProps = {
  /** All of them, the most dangerous first. */
  rows: readonly ScanRow[];
  inspect: InspectAction;
  /** The bare token, as it stands in the text. */
  tokenOf: (token: ScannedToken) => string;
  /** Told what was found out, also earlier in this tab: by SHA-256. */
  onChecked: (checks: ReadonlyMap<string, Checked>) => void;
};

export function CheckSignatures({ rows, inspect, tokenOf, onChecked }: CheckSignaturesProps) {
  const check = useCheck(inspect, onChecked);
  const { checking } = check;
  const left = toCheck(rows);
  const open = left.length;
  const unread = left.some(({ keyLabel }) => keyLabel === undefined);
  const start = () => check.start(left.map(({ token }) => ({ sha256: token.sha256 ?? "", token: tokenOf(token) })));
  if (checking.state === "checking") {
    const { done, of, until } = checking;
    return (
      <Panel>
        <div className="min-w-0 flex-1">
          <p role="status">
            Checking signatures
            <span aria-hidden="true" className="tabular-nums">
              : {groupDigits(done)} of {groupDigits(of)}
            </span>
            .
            {until === undefined ? null : (
              <span className="text-soft">
                {" "}
                This desk checks {CHECKED_PER_WINDOW} a minute. On in <TimeLeft until={until} />.
              </span>
            )}
          </p>
          <progress
            max={of}
            value={done}
            aria-label="Signatures checked"
            className="mt-1.5 block h-1.5 w-full accent-accent"
          />
        </div>
        <Button size="sm" onClick={check.stop}>
          Stop
        </Button>
      </Panel>
    );
  }
  const result = <Result rows={rows} />;
  if (open === 0) return result;
  return (
    <>
      {checking.state === "failed" ? (
        <Notice tone="warn" role="alert" title="Not all signatures were checked.">
          {checking.message} {groupDigits(checking.done)} of {groupDigits(checking.of)} were; their results are below.
        </Notice>
      ) : null}
      {result}
      <Panel>
        <div className="min-w-0 flex-[1_1_18rem]">
          <p className="font-medium">
            {counted(open, "token")} {open === 1 ? "bears" : "bear"} a key of yours
            {unread ? ", or one that cannot be read here," : ""} and {open === 1 ? "is" : "are"} not in the ledger. Did
            your secret sign {open === 1 ? "it" : "them"}?
          </p>
          <p className="text-soft">
            To check that, this desk's server is sent {open === 1 ? "the token" : "each token"}, and records those that
            a secret of yours signed.
            {open > CHECKED_PER_WINDOW ? ` It takes about ${minutes(open)} minutes, the most dangerous first.` : ""}
          </p>
        </div>
        <Button size="sm" onClick={start}>
          Check {open === 1 ? "its signature" : `${groupDigits(open)} signatures`}
        </Button>
      </Panel>
    </>
  );
}

const minutes = (count: number) => groupDigits(Math.ceil(count / CHECKED_PER_WINDOW));

function Panel({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-[9px] border border-line-strong bg-surface px-3 py-2.5">
      {children}
    </div>
  );
}

/** What the check has found, worst first. */
function Result({ rows }: { rows: readonly ScanRow[] }) {
  const checked = rows.filter((row) => row.checked);
  if (checked.length === 0) return null;
  const signed = checked.filter(({ bySecretOfOurs }) => bySecretOfOurs);
  const alarms = signed.filter(({ state }) => state.alarm);
  const bad = alarms.some(({ state }) => state.tone === "bad");
  return (
    <p role="status" className={bad ? "text-bad" : alarms.length > 0 ? "text-warn" : "text-soft"}>
      {counted(checked.length, "signature")} checked here:{" "}
      {signed.length === 0
        ? "none is by a secret of yours."
        : `${groupDigits(signed.length)} by a secret of yours, and not issued here.`}
    </p>
  );
}
