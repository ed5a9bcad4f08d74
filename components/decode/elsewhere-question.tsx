"use client";
/** Asks whether a backend of one's own signs with the key of a token that was not issued here. Once answered, such tokens are a note or an alarm. */
import type { ComponentProps } from "react";
import { SignsElsewhere } from "@/components/keys/signs-elsewhere";
import { buttonClass } from "@/components/ui/button";
import { CarefulLink } from "@/components/ui/careful-link";

export type SayElsewhereAction = ComponentProps<typeof SignsElsewhere>["action"];

export function ElsewhereQuestion({
  keyId,
  said,
  say,
  onSaid,
}: {
  keyId: string;
  /** Whether the verdict beside it is the question. */
  said: boolean;
  /** Undefined for who may not say it. */
  say: SayElsewhereAction | undefined;
  onSaid: () => void;
}) {
  if (!say)
    return (
      <CarefulLink href={`/keys/${keyId}`} className={buttonClass()}>
        See the key
      </CarefulLink>
    );
  return (
    <div>
      {said ? null : <p className="mb-1.5 text-small text-soft">Does a backend of yours sign with its secret?</p>}
      <SignsElsewhere
        keyId={keyId}
        value={null}
        action={async (input) => {
          const result = await say(input);
          if (result.ok) onSaid();
          return result;
        }}
      />
    </div>
  );
}
