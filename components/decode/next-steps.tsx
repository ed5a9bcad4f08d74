"use client";
/** What one does with a decoded token: repair it in the issue form, or compare it with another. */
import { handDraft, handToken } from "@/components/token/handoff";
import { Button } from "@/components/ui/button";
import { useOpenPage } from "@/components/ui/use-open-page";
import type { DecodedToken } from "@/lib/decoder/decode";
import { repair } from "@/lib/decoder/repair";
import { profileOf } from "@/lib/profiles/registry";

export function NextSteps({
  decoded: { token, profile, claims, verdict },
  mayIssue,
}: {
  decoded: DecodedToken;
  mayIssue: boolean;
}) {
  const { open, pending, problem } = useOpenPage();
  const draft = mayIssue && claims ? repair(profileOf(profile), claims, verdict.times) : undefined;
  // Somebody made it up out of one of ours: what it differs in is the next question, not how to issue it.
  const altered = verdict.word === "Altered after issuing";
  const repairButton =
    draft && (verdict.word !== "Valid" || draft.changes.length > 0) ? (
      <Button
        size="sm"
        variant={altered ? "ghost" : "secondary"}
        pending={pending === "/issue"}
        onClick={() => open("/issue", () => handDraft(draft))}
      >
        Repair…
      </Button>
    ) : null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {altered ? null : repairButton}
      <Button
        size="sm"
        variant={altered ? "secondary" : "ghost"}
        pending={pending === "/decode/compare"}
        onClick={() => open("/decode/compare", () => handToken(token))}
      >
        Compare…
      </Button>
      {altered ? repairButton : null}
      <span role="status" className="text-small text-soft not-empty:basis-full empty:absolute">
        {problem}
      </span>
    </div>
  );
}
