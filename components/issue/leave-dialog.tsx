"use client";
/** Asks what shall become of a token that is shown once and was not copied yet. */
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Notice } from "@/components/ui/notice";
import { tokenName } from "@/lib/text/numbered";
import { LeaveQuestion } from "./leave-question";

export function LeaveDialog({
  number,
  token,
  onCopied,
  onLeave,
  onStay,
}: {
  /** The ledger's running number. */
  number: number;
  token: string;
  onCopied: () => void;
  onLeave: () => void;
  onStay: () => void;
}) {
  const [failed, setFailed] = useState(false);
  return (
    <LeaveQuestion
      title={`Token ${tokenName(number)} was not copied`}
      onLeave={onLeave}
      onStay={onStay}
      keep={(ref) => (
        <Button
          variant="primary"
          icon="copy"
          ref={ref}
          onClick={async ({ currentTarget }) => {
            if (!(await copyText(token, currentTarget))) return setFailed(true);
            onCopied();
            onLeave();
          }}
        >
          Copy and leave
        </Button>
      )}
    >
      <p className="text-soft">It is shown once. The ledger keeps what it permits, not the token.</p>
      {failed ? (
        <Notice tone="bad" role="alert">
          The browser did not let it be copied. Stay, and copy it by hand.
        </Notice>
      ) : null}
    </LeaveQuestion>
  );
}
