"use client";
/** Asks whether something else signs with a key's secret, such as a backend of one's own: the decoder's alarm depends on it. */
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ActionResult } from "@/lib/action-result";
import type { SignsElsewhere as Answer, ChangeKeyInput } from "@/lib/keys/schema";
import { refusalIn } from "@/lib/refusal";

const words: Record<"yes" | "no", string> = { yes: "Yes, a backend of ours", no: "No, only this desk" };

export function SignsElsewhere({
  keyId,
  value,
  action,
}: {
  keyId: string;
  /** What was answered before. */
  value: Answer;
  action: (input: ChangeKeyInput) => Promise<ActionResult<unknown>>;
}) {
  const [pending, startTransition] = useTransition();
  const [asked, setAsked] = useState<Answer>(null);
  const [failure, setFailure] = useState<string>();

  function answer(signsElsewhere: "yes" | "no") {
    if (pending || signsElsewhere === value) return;
    setAsked(signsElsewhere);
    setFailure(undefined);
    startTransition(async () => {
      try {
        const result = await action({ keyId, signsElsewhere });
        if (!result.ok) setFailure(result.error.message);
      } catch (error) {
        setFailure(refusalIn(error) ?? "The server could not be reached. Try again in a moment.");
      }
    });
  }

  return (
    <div>
      <div className="flex flex-wrap gap-2 print:hidden">
        {(["yes", "no"] as const).map((each) => (
          <Button
            key={each}
            size="sm"
            icon={value === each ? "check" : undefined}
            aria-pressed={value === each}
            pending={pending && asked === each}
            // Disabled, the one that was pressed would lose the focus.
            aria-disabled={pending || value === each || undefined}
            onClick={() => answer(each)}
          >
            {words[each]}
          </Button>
        ))}
      </div>
      <p className="hidden print:block">{value ? `${words[value]}.` : "Not said yet."}</p>
      {failure ? (
        <Notice tone="bad" role="alert" className="mt-2">
          {failure}
        </Notice>
      ) : null}
    </div>
  );
}
