"use client";
/** Reads, when a dialog opens, what a member leaves behind by now, since the page may be old; says so when it cannot be read. */
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import type { ActionResult } from "@/lib/action-result";
import type { Leaving } from "@/lib/team/preview-leaving";
import type { PreviewLeavingInput } from "@/lib/team/schema";

export type PreviewLeaving = (input: PreviewLeavingInput) => Promise<ActionResult<Leaving>>;

export function LeavingNow({
  memberId,
  preview,
  onTold,
  children,
}: {
  memberId: string;
  preview: PreviewLeaving;
  /** Whether all was said that can be: only then is it asked for an answer. */
  onTold: (isTold: boolean) => void;
  children: (leaving: Leaving) => ReactNode;
}) {
  const [leaving, setLeaving] = useState<Leaving>();
  const { failure, run } = useDialogAction("The server could not be reached.");
  const read = useEffectEvent(() => run(() => preview({ memberId }), setLeaving));
  const tell = useEffectEvent(onTold);
  useEffect(() => {
    read();
    return () => tell(false);
  }, []);
  const isTold = leaving !== undefined || failure !== undefined;
  useEffect(() => {
    if (isTold) tell(true);
  }, [isTold]);
  return (
    <div role="status" className="flex flex-col gap-2 empty:hidden">
      {failure !== undefined ? (
        <Notice tone="warn" title="What they leave behind could not be read.">
          {failure}
        </Notice>
      ) : leaving === undefined ? (
        <p>Looking what is left behind…</p>
      ) : (
        children(leaving)
      )}
    </div>
  );
}
