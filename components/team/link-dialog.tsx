"use client";
/** Asks before a new link is made, and then shows it, once. */
import type { ComponentProps } from "react";
import { ConfirmDialog, type ConfirmDialogProps } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/action-result";
import { tellingLinks } from "./link-news";
import { type MadeLink, ShownLink } from "./shown-link";

export function LinkDialog({
  kind,
  readState,
  onConfirm,
  ...dialog
}: Omit<ConfirmDialogProps<MadeLink>, "outcome" | "onConfirm"> &
  Pick<ComponentProps<typeof ShownLink>, "kind" | "readState"> & {
    onConfirm: () => Promise<ActionResult<MadeLink>>;
  }) {
  return (
    <ConfirmDialog
      {...dialog}
      tone="primary"
      onConfirm={() => tellingLinks(onConfirm())}
      outcome={(made) => <ShownLink link={made} kind={kind} readState={readState} />}
      unreachable="The server could not be reached. Whether a link was made is not known: make another one."
    />
  );
}
