"use client";
/** What an admin does to an endpoint: switch it off and on, give it another address, take it over, end it. Each says first what it breaks. */
import { announce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import type { ActionResult } from "@/lib/action-result";
import type { OwnerGone } from "@/lib/auth/owner";
import type { Calls } from "@/lib/endpoints/list";
import type { EndpointState } from "@/lib/endpoints/state";
import { callsWords } from "./endpoint-words";
import { goneWords } from "./owner-words";

type Act = (input: { endpointId: string }) => Promise<ActionResult<void>>;

export function EndpointActions({
  id,
  name,
  version,
  state,
  off,
  owner,
  isOwn,
  lastCalls,
  setStatus,
  renew,
  takeOver,
  end,
}: {
  id: string;
  name: string;
  /** What is seen of it. */
  version: number;
  state: EndpointState;
  /** Switched off, whatever else holds. */
  off: boolean;
  owner: { name: string; gone: OwnerGone };
  /** Whether it is the reader who answers for it. */
  isOwn: boolean;
  /** The last day that had any. */
  lastCalls: Calls | undefined;
  setStatus: (input: { endpointId: string; disabled: boolean }) => Promise<ActionResult<void>>;
  renew: (input: { endpointId: string; version: number }) => Promise<ActionResult<void>>;
  takeOver: Act;
  end: Act;
}) {
  const { pending, failure, run } = useDialogAction(
    "The server could not be reached. Reload the page to see what is so.",
  );
  if (state === "ended") return null;
  return (
    <>
      {isOwn ? null : (
        <ConfirmDialog
          trigger="Take over…"
          triggerVariant={state === "without owner" ? "primary" : "secondary"}
          title={`Answer for “${name}”?`}
          confirmLabel="Take over"
          tone="primary"
          onConfirm={() => takeOver({ endpointId: id })}
          done={`You answer for ${name} now.`}
        >
          <p>
            {state === "without owner"
              ? `${owner.name} ${goneWords(owner.gone)}, so it stands still. ${off ? "It is switched off besides: once you answer for it, switch it on." : "Once you answer for it, it gives tokens again."}`
              : `${owner.name} answers for it now. It goes on giving tokens, and stands still once you are disabled or no admin any more.`}
          </p>
        </ConfirmDialog>
      )}
      {off ? (
        <Button
          pending={pending}
          onClick={() =>
            run(
              () => setStatus({ endpointId: id, disabled: false }),
              () => announce(`${name} is switched on.`),
            )
          }
        >
          Switch on
        </Button>
      ) : (
        <ConfirmDialog
          trigger="Switch off…"
          title={`Switch “${name}” off?`}
          confirmLabel="Switch off"
          onConfirm={() => setStatus({ endpointId: id, disabled: true })}
          done={`${name} is switched off.`}
        >
          <p>
            Every call is refused from now on, until it is switched on again. Tokens that it gave go on working until
            they expire.
          </p>
          <p>{callsWords(lastCalls)}</p>
        </ConfirmDialog>
      )}
      <ConfirmDialog
        trigger="Renew address…"
        title={`Give “${name}” another address?`}
        confirmLabel="Renew address"
        onConfirm={() => renew({ endpointId: id, version })}
        done="It has another address."
      >
        <p>
          The address of now answers no more from that moment on: apps that have it get no tokens until they have the
          new one.
        </p>
        <p>{callsWords(lastCalls)}</p>
      </ConfirmDialog>
      <ConfirmDialog
        trigger="End…"
        triggerVariant="ghost"
        title={`End “${name}” for good?`}
        confirmLabel="End endpoint"
        onConfirm={() => end({ endpointId: id })}
        done={`${name} has ended.`}
      >
        <p>
          This cannot be undone. Its address answers no more; what it issued stays in the ledger, and works until it
          expires.
        </p>
        <p>{callsWords(lastCalls)}</p>
      </ConfirmDialog>
      {failure ? (
        <p role="alert" className="basis-full text-bad text-small">
          {failure}
        </p>
      ) : null}
    </>
  );
}
