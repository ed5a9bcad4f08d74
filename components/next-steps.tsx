"use client";
/** What one does with a decoded token: repair it in the issue form, or compare it with another. */
import { useRouter } from "next/navigation";
import type { DecodedToken } from "@/lib/tokens/decode";
import { repair } from "@/lib/tokens/repair";
import { Button } from "./button";
import { handDraft, handToken } from "./handoff";

export function NextSteps({
  decoded: { token, claims, verdict },
  mayIssue,
}: {
  decoded: DecodedToken;
  mayIssue: boolean;
}) {
  const router = useRouter();
  const draft = mayIssue && claims ? repair(claims, verdict.times) : undefined;
  const go = (href: string) => router.push(href);
  return (
    <div className="flex flex-wrap gap-2">
      {draft && (verdict.word !== "Valid" || draft.changes.length > 0) ? (
        <Button
          size="sm"
          onClick={() => {
            handDraft(draft);
            go("/issue");
          }}
        >
          Repair…
        </Button>
      ) : null}
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          handToken(token);
          go("/decode/compare");
        }}
      >
        Compare…
      </Button>
    </div>
  );
}
