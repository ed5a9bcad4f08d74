"use client";
/** Asks what shall become of tokens that are in this tab only and were not saved yet. */
import { LeaveQuestion } from "@/components/issue/leave-question";
import { Button } from "@/components/ui/button";
import type { IssuedBatch } from "@/lib/batch/issued";
import { batchName } from "@/lib/text/numbered";
import { saveBatch } from "./save-batch";

export function LeaveBatchDialog({
  batch,
  onSaved,
  onLeave,
  onStay,
}: {
  batch: IssuedBatch;
  onSaved: () => void;
  onLeave: () => void;
  onStay: () => void;
}) {
  return (
    <LeaveQuestion
      title={`${batchName(batch.batch)} was not saved`}
      onLeave={onLeave}
      onStay={onStay}
      keep={(ref) => (
        <Button
          variant="primary"
          icon="download"
          ref={ref}
          onClick={() => {
            saveBatch(batch, "csv");
            onSaved();
            onLeave();
          }}
        >
          Save as CSV and leave
        </Button>
      )}
    >
      <p className="text-soft">
        {batch.rows.length === 1
          ? "Its token is in this tab only. The ledger keeps what it permits, not the token."
          : "Its tokens are in this tab only. The ledger keeps what they permit, not the tokens."}
      </p>
    </LeaveQuestion>
  );
}
