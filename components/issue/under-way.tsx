"use client";
/** Stands while something is made that is shown once: whoever leaves before the answer is asked, as nobody would see it. Goes with the answer, and its question too. */
import { useState } from "react";
import { LeaveQuestion } from "./leave-question";
import { useLeaveGuard } from "./use-leave-guard";

export function UnderWay({
  what,
  loss,
}: {
  /** As a sentence begins with it. */
  what: string;
  /** What becomes of it then, and what can be done about that. */
  loss: string;
}) {
  const [leave, setLeave] = useState<() => void>();
  // Nothing stands here yet that going back would close.
  useLeaveGuard(
    false,
    (go) => setLeave(() => go),
    () => {},
  );
  if (!leave) return null;
  return (
    <LeaveQuestion
      title={`${what} is under way`}
      onStay={() => setLeave(undefined)}
      onLeave={() => {
        setLeave(undefined);
        leave();
      }}
    >
      <p className="text-soft">{loss}</p>
    </LeaveQuestion>
  );
}
