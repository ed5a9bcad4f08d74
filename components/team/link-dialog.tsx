"use client";
/** Asks before a new link is made, and then shows it, once. */
import { ConfirmDialog, type ConfirmDialogProps } from "@/components/ui/confirm-dialog";
import type { Link } from "@/lib/links";
import { ShownLink } from "./shown-link";

export function LinkDialog({
  testId,
  ...dialog
}: Omit<ConfirmDialogProps<Link & { expiresAt: number }>, "outcome"> & { testId: string }) {
  return (
    <ConfirmDialog
      {...dialog}
      tone="primary"
      outcome={(made) => <ShownLink link={made} testId={testId} />}
      unreachable="The server could not be reached. Whether a link was made is not known: make another one."
    />
  );
}
