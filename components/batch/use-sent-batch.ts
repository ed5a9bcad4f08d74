"use client";
/** Sends a batch, once at a time, and holds what came of it: its tokens, which are nowhere else, or why it was refused, at the fields and rows that are still as they were sent. */
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useIsHere } from "@/components/ui/use-is-here";
import { type ActionError, isNewsToPage } from "@/lib/action-result";
import { type Column, rowOf } from "@/lib/batch/columns";
import type { IssuedBatch } from "@/lib/batch/issued";
import { sendBatch } from "./send-batch";
import { standing } from "./standing";
import type { useBatchRows } from "./use-batch-rows";
import type { KeptBatch } from "./use-kept-batch";

/** Said of what was another one when it was sent. */
const CHANGED = "You have changed that since: press the button again.";
/** `marked`: what is wrong is marked beside fields or rows, and told for as long as it stands there. */
type BatchFailure = ActionError & { marked: boolean };

export function useSentBatch(kept: KeptBatch, rows: ReturnType<typeof useBatchRows>, columns: readonly Column[]) {
  const router = useRouter();
  const [failure, setFailure] = useState<BatchFailure>();
  const [pending, setPending] = useState(false);
  const [issued, setIssued] = useState<IssuedBatch>();
  const [saved, setSaved] = useState(false);
  const underWay = useRef(false);
  const isHere = useIsHere();
  const { common, asChosen, requestId } = kept;
  const latest = useRef(asChosen);
  latest.current = asChosen;

  async function issue() {
    if (underWay.current) return;
    underWay.current = true;
    setPending(true);
    setFailure(undefined);
    // By its id it is known again.
    kept.keepNow();
    const lines = rows.table?.lines ?? [];
    const result = await sendBatch(
      common,
      lines.map(({ cells }) => rowOf(columns, cells)),
      requestId,
    );
    underWay.current = false;
    setPending(false);
    // Nobody has seen them: sent again, the form asks for the same ones.
    if (!isHere()) return;
    if (!result.ok) return refuse(result.error);
    kept.forget();
    kept.renewId();
    setSaved(false);
    setIssued(result.data);
  }

  function refuse(error: ActionError) {
    // Whatever was issued by this id was issued: what is sent now is another one.
    if (error.code === "conflict") kept.renewId();
    if (isNewsToPage(error)) router.refresh();
    const { others, stands: inRows } = rows.refuse(error.fields ?? {});
    const stands = standing({ sent: asChosen, fields: others }, latest.current);
    // Of a field that is another one by now it is told here alone.
    const changed = Object.entries(others).flatMap(([name, said]) => (name in stands ? [] : [said]));
    kept.setRefused({ sent: asChosen, fields: stands });
    setFailure({
      ...error,
      message: [error.message, ...changed, ...(changed.length > 0 ? [CHANGED] : [])].join(" "),
      marked: changed.length === 0 && (inRows || Object.keys(stands).length > 0),
    });
  }

  // Once all that was marked is mended, nothing is wrong any more.
  const isTold = failure && (!failure.marked || rows.stands || Object.keys(kept.refused).length > 0);
  return {
    issue,
    pending,
    /** Another one each time. */
    failure,
    /** What is to be said of it now. */
    told: isTold ? failure.message : undefined,
    forgetFailure: () => setFailure(undefined),
    issued,
    /** Whether its tokens are somewhere else, too. */
    saved,
    onSaved: () => setSaved(true),
    close: () => setIssued(undefined),
  };
}
