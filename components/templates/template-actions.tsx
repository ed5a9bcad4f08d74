"use client";
/** What an admin does with a template in the list: moves it, hides or shows one of the vendor's own, deletes one of the team's. What a key's policy, an endpoint or a credential names can be neither hidden nor deleted, and says so. */
import { useEffect, useRef } from "react";
import { announce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { isFocusFree } from "@/components/ui/focus";
import { Icon } from "@/components/ui/icon";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import type { ActionResult } from "@/lib/action-result";
import type { HideTemplateInput, MoveTemplateInput } from "@/lib/templates/schema";

type Listed = { profile: string; id: string; name: string };

/** What is said where nobody knows whether it was done. */
const UNREACHABLE = "The server could not be reached. Reload the page to see whether it was done.";

export function MoveTemplate({
  profile,
  id,
  name,
  place,
  order,
  action,
}: Listed & {
  /** Counted from 0. */
  place: number;
  /** All ids, as they stand. */
  order: readonly string[];
  action: (input: MoveTemplateInput) => Promise<ActionResult<{ position: number }>>;
}) {
  const { pending, failure, run } = useDialogAction(UNREACHABLE);
  const moved = useRef<{ button: HTMLButtonElement; position: number }>(undefined);

  // Told once it stands there and can be moved on: a key that is pressed at that word is not lost. The button, which has
  // moved with its row, may have lost the focus on the way; whoever has gone on meanwhile keeps it.
  useEffect(() => {
    if (pending || !moved.current || moved.current.position !== place + 1) return;
    const { button } = moved.current;
    moved.current = undefined;
    if (isFocusFree()) button.focus();
    // The focus that has stayed scrolls nothing.
    if (document.activeElement === button) button.scrollIntoView({ block: "nearest" });
    announce(`${name} is number ${place + 1} of ${order.length}.`);
  });

  const move = (button: HTMLButtonElement, to: number) => {
    if (pending || to < 0 || to >= order.length) return;
    const before = order.filter((each) => each !== id)[to] ?? null;
    run(
      () => action({ profile, templateId: id, before }),
      (done) => {
        moved.current = done && { button, position: done.position };
      },
    );
  };
  const buttons = [
    { word: "up", to: place - 1, icon: "rotate-180" },
    { word: "down", to: place + 1, icon: "" },
  ];
  return (
    <span className="inline-flex flex-wrap items-center">
      {buttons.map(({ word, to, icon }) => {
        const isEnd = to < 0 || to >= order.length;
        return (
          <Button
            key={word}
            variant="ghost"
            size="sm"
            className={`px-1.5! max-md:min-w-9 ${isEnd ? "opacity-30" : ""}`}
            aria-label={`Move ${name} ${word}`}
            title={`Move ${word}`}
            // Not disabled: at the end of the list the focus stays on it.
            aria-disabled={isEnd || pending || undefined}
            onClick={(event) => move(event.currentTarget, to)}
          >
            <Icon name="chevron" size={14} className={icon} />
          </Button>
        );
      })}
      <Failure>{failure}</Failure>
    </span>
  );
}

export function HideTemplate({
  profile,
  id,
  name,
  hidden,
  isUsed,
  action,
}: Listed & {
  hidden: boolean;
  isUsed: boolean;
  action: (input: HideTemplateInput) => Promise<ActionResult<unknown>>;
}) {
  const { pending, failure, run } = useDialogAction(UNREACHABLE);
  const reasonId = `hide-${id}-reason`;
  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        pending={pending}
        disabled={isUsed}
        aria-describedby={isUsed ? reasonId : undefined}
        onClick={() =>
          run(
            () => action({ profile, templateId: id, hidden: !hidden }),
            () => announce(hidden ? `${name} is in the issue form again.` : `${name} is hidden.`),
          )
        }
      >
        {hidden ? "Show" : "Hide"}
        <span className="sr-only"> {name}</span>
      </Button>
      {isUsed ? <InUse id={reasonId} /> : null}
      <Failure>{failure}</Failure>
    </>
  );
}

export function DeleteTemplate({
  id,
  name,
  isUsed = false,
  proposal,
  action,
}: Omit<Listed, "profile"> & {
  isUsed?: boolean;
  /** Whose, where it is one: nothing was issued from it. */
  proposal?: "own" | "another's";
  action: (input: { templateId: string }) => Promise<ActionResult<unknown>>;
}) {
  const verb = proposal === "own" ? "Withdraw" : "Delete";
  return (
    <ConfirmDialog
      trigger={
        <>
          {verb}…<span className="sr-only"> {name}</span>
        </>
      }
      triggerVariant="ghost"
      triggerSize="sm"
      triggerDisabled={isUsed ? "in use" : undefined}
      title={`${verb} “${name}”?`}
      confirmLabel={`${verb} ${proposal ? "proposal" : "template"}`}
      onConfirm={() => action({ templateId: id })}
      done={`${name} is ${proposal === "own" ? "withdrawn" : "deleted"}.`}
    >
      <p>
        {proposal
          ? "It is taken off this list, and nobody can accept it any more."
          : "The issue form offers it no more. Tokens that came from it stay as they are, and keep its name in the ledger."}{" "}
        This can't be undone; the audit log keeps what it filled in.
      </p>
    </ConfirmDialog>
  );
}

const InUse = ({ id }: { id: string }) => (
  <span id={id} className="self-center whitespace-nowrap text-caption text-faint rail:-order-1">
    in use
  </span>
);

/** Always there: a live region that comes with its text is not announced. */
const Failure = ({ children }: { children: string | undefined }) => (
  <span role="alert" className="basis-full text-bad text-small empty:hidden">
    {children}
  </span>
);
