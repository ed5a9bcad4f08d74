"use client";
/** Asks before a key is disabled or enabled, and says what that does here and what it does not do at the vendor. */
import { useId, useState } from "react";
import type { ButtonSize } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field, Textarea } from "@/components/ui/field";
import type { ActionError, ActionResult } from "@/lib/action-result";
import { digitsAtMost } from "@/lib/count-at-most";
import type { SetKeyStatusInput } from "@/lib/keys/schema";
import { profileOf } from "@/lib/profiles/registry";

export function KeyStatusDialog({
  keyId,
  label,
  disabled,
  activeTokens,
  profile: profileId,
  size = "sm",
  action,
}: {
  keyId: string;
  label: string;
  disabled: boolean;
  activeTokens: number;
  /** The id of its profile. */
  profile: string;
  size?: ButtonSize;
  action: (input: SetKeyStatusInput) => Promise<ActionResult<unknown>>;
}) {
  const tokens = activeTokens === 1 ? "1 active token" : `${digitsAtMost(activeTokens)} active tokens`;
  const { name, words } = profileOf(profileId);
  const note = useId();
  const [why, setWhy] = useState("");
  const verb = disabled ? "Enable" : "Disable";
  return (
    <ConfirmDialog
      trigger={
        <>
          {verb}…<span className="sr-only"> {label}</span>
        </>
      }
      triggerSize={size}
      title={`${verb} “${label}”?`}
      confirmLabel={`${verb} key`}
      tone={disabled ? "primary" : "danger"}
      onConfirm={async () => {
        const result = await action({ keyId, disabled: !disabled, note: why });
        if (result.ok) setWhy("");
        return result.ok ? result : { ...result, error: { ...result.error, message: problemOf(result.error) } };
      }}
    >
      {disabled ? (
        <p>
          Tokens can be issued with it again. {tokens} {activeTokens === 1 ? "was" : "were"} signed with it before;
          nothing changes for {activeTokens === 1 ? "it" : "them"}.
        </p>
      ) : (
        <>
          <p>
            <strong className="text-ink">Here:</strong> nobody can issue a token with it until it is enabled again. You
            can undo this at any time.
          </p>
          <p>
            <strong className="text-ink">At {name}:</strong> nothing changes. The {tokens} of this key{" "}
            {activeTokens === 1 ? "goes" : "go"} on working until {activeTokens === 1 ? "it expires" : "they expire"}.
            To stop {activeTokens === 1 ? "it" : "them"}, {words.toStopKey}
          </p>
        </>
      )}
      <Field id={note} label="Note" optional help="Why. It goes into the audit log." className="mt-1 mb-0!">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={500}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}

/** What is wrong with the note says more than that something is. */
const problemOf = ({ message, fields }: ActionError) => fields?.note ?? message;
