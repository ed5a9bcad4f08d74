"use client";
/** What one does next with a token: issue it again if it is ours, or look at its repair. */
import { Button } from "@/components/ui/button";
import type { Offer } from "@/lib/decoder/offer";

export function VerdictActions({
  offer,
  pending,
  repairing,
  onIssueAgain,
  onRepair,
}: {
  offer: Offer;
  pending: boolean;
  repairing: boolean;
  onIssueAgain: (number: number) => void;
  onRepair: () => void;
}) {
  if (offer.kind === "issue-again")
    return (
      <Button icon="issue" pending={pending} onClick={() => onIssueAgain(offer.number)}>
        Issue again
      </Button>
    );
  return (
    <Button aria-expanded={repairing} onClick={onRepair}>
      Repair…
    </Button>
  );
}
