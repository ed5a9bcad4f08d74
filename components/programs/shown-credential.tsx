"use client";
/** A credential's value, shown once: to be put where the program reads it, and nowhere else. Asks before it is left without having been copied. */
import { type Ref, useImperativeHandle, useState } from "react";
import { flushSync } from "react-dom";
import { LeaveDialog } from "@/components/issue/leave-dialog";
import { useLeaveGuard } from "@/components/issue/use-leave-guard";
import { useCopiedByHand } from "@/components/token/use-copied-by-hand";
import { CopyButton } from "@/components/ui/copy-button";
import { ShownText } from "@/components/ui/shown-text";

/** Puts it away: at once, or when the person wants to. */
export type PutAway = () => void;

/** @param close takes it away: the page's panel, or the dialog, that it stands in */
export function ShownCredential({ value, close, ref }: { value: string; close: () => void; ref: Ref<PutAway> }) {
  const [copied, setCopied] = useState(false);
  const [leave, setLeave] = useState<() => void>();
  useCopiedByHand(value, () => setCopied(true));
  const goBack = useLeaveGuard(true, copied ? undefined : (go) => setLeave(() => go), close);
  useImperativeHandle(ref, () => () => (copied ? goBack() : setLeave(() => goBack)));
  return (
    <div className="flex flex-col gap-2">
      <ShownText id="credential" testId="credential" text={value} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <CopyButton
          value={value}
          selectId="credential"
          label="Copy credential"
          variant="primary"
          size="sm"
          onCopied={() => setCopied(true)}
          saidBeside
        />
        <p role="status" className="text-small text-soft">
          {copied ? "Copied. " : ""}Shown only now: the desk keeps its hash alone.
        </p>
      </div>
      {leave ? (
        <LeaveDialog
          what="The credential"
          text={value}
          loss="Afterwards only another value can be had, by renewing it."
          onCopied={() => setCopied(true)}
          onLeave={() => {
            // Before what it stands over: the focus goes back from one to the other.
            flushSync(() => setLeave(undefined));
            leave();
          }}
          onStay={() => setLeave(undefined)}
        />
      ) : null}
    </div>
  );
}
