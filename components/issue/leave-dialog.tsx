"use client";
/** Asks what shall become of a text that is shown once and was not copied yet. */
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Notice } from "@/components/ui/notice";
import { LeaveQuestion } from "./leave-question";

export function LeaveDialog({
  what,
  text,
  loss,
  onCopied,
  onLeave,
  onStay,
}: {
  /** As a sentence begins with it. */
  what: string;
  text: string;
  /** What is left of it then. */
  loss: string;
  onCopied: () => void;
  onLeave: () => void;
  onStay: () => void;
}) {
  const [failed, setFailed] = useState(false);
  return (
    <LeaveQuestion
      title={`${what} was not copied`}
      onLeave={onLeave}
      onStay={onStay}
      keep={(ref) => (
        <Button
          variant="primary"
          icon="copy"
          ref={ref}
          onClick={async ({ currentTarget }) => {
            if (!(await copyText(text, currentTarget))) return setFailed(true);
            onCopied();
            onLeave();
          }}
        >
          Copy and leave
        </Button>
      )}
    >
      <p className="text-soft">It is shown once. {loss}</p>
      {failed ? (
        <Notice tone="bad" role="alert">
          The browser did not let it be copied. Stay, and copy it by hand.
        </Notice>
      ) : null}
    </LeaveQuestion>
  );
}
