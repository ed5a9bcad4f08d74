"use client";
/** Asks before a key is disabled or enabled, and says what that does here and what it does not do at the vendor. */
import type { ReactNode } from "react";
import type { ButtonSize } from "@/components/ui/button";
import { NoteDialog } from "@/components/ui/note-dialog";
import type { ActionResult } from "@/lib/action-result";
import { digitsOrMore } from "@/lib/count-at-most";
import type { NamedEndpoint } from "@/lib/endpoints/stopped-by";
import type { Fall } from "@/lib/keys/fall";
import type { SetKeyStatusInput } from "@/lib/keys/schema";
import { profileOf } from "@/lib/profiles/registry";
import { FallSentence } from "./fall-sentence";
import { StoppedEndpoints } from "./stopped-endpoints";

export function KeyStatusDialog({
  keyId,
  label,
  disabled,
  activeTokens,
  more,
  endpoints,
  fall,
  profile: profileId,
  size = "sm",
  action,
  children,
}: {
  keyId: string;
  label: string;
  disabled: boolean;
  activeTokens: number;
  /** Whether there are more than that. */
  more: boolean;
  /** Those that give tokens of it now. */
  endpoints: readonly NamedEndpoint[];
  /** How they end. */
  fall: Fall;
  /** Whom it would concern to stop them. */
  children?: ReactNode;
  /** The id of its profile. */
  profile: string;
  size?: ButtonSize;
  action: (input: SetKeyStatusInput) => Promise<ActionResult<unknown>>;
}) {
  const none = "No active token was signed with its current secret.";
  const tokens = activeTokens === 1 ? "1 active token" : `${digitsOrMore(activeTokens, more)} active tokens`;
  const { name, words } = profileOf(profileId);
  const verb = disabled ? "Enable" : "Disable";
  return (
    <NoteDialog
      trigger={
        <>
          {verb}…<span className="sr-only"> {label}</span>
        </>
      }
      triggerSize={size}
      title={`${verb} “${label}”?`}
      confirmLabel={`${verb} key`}
      tone={disabled ? "primary" : "danger"}
      onConfirm={(note) => action({ keyId, disabled: !disabled, note })}
    >
      {disabled ? (
        <p>
          Tokens can be issued with it again.{" "}
          {activeTokens === 0
            ? none
            : `${tokens} ${activeTokens === 1 ? "was" : "were"} signed with its current secret; nothing changes for ${activeTokens === 1 ? "it" : "them"}.`}
        </p>
      ) : (
        <>
          <p>
            <strong className="text-ink">Here:</strong> nobody can issue a token with it until it is enabled again. You
            can undo this at any time.
          </p>
          {endpoints.length > 0 ? (
            <p>
              <strong className="text-ink">{endpoints.length === 1 ? "An endpoint" : "Endpoints"}:</strong>{" "}
              <StoppedEndpoints endpoints={endpoints} until="it is enabled again" />
            </p>
          ) : null}
          <p>
            <strong className="text-ink">At {name}:</strong> nothing changes.{" "}
            {activeTokens === 0 ? (
              none
            ) : (
              <>
                The {tokens} of its current secret {activeTokens === 1 ? "goes" : "go"} on working until{" "}
                {activeTokens === 1 ? "it expires" : "they expire"}. <FallSentence fall={fall} /> To stop{" "}
                {activeTokens === 1 ? "it" : "them"}, {words.toStopKey}
              </>
            )}
          </p>
          {activeTokens > 0 ? children : null}
        </>
      )}
    </NoteDialog>
  );
}
