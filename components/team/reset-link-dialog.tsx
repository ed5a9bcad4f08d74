"use client";
/** Makes a link by which a member chooses a new password, and shows it once. */
import type { ActionResult } from "@/lib/action-result";
import type { MakeResetLinkInput } from "@/lib/team/schema";
import { LinkDialog } from "./link-dialog";
import type { MadeLink, ReadLinkState } from "./shown-link";

export function ResetLinkDialog({
  memberId,
  name,
  action,
  readState,
}: {
  memberId: string;
  name: string;
  action: (input: MakeResetLinkInput) => Promise<ActionResult<MadeLink>>;
  readState: ReadLinkState;
}) {
  return (
    <LinkDialog
      trigger="Reset link…"
      title={`A reset link for ${name}`}
      confirmLabel="Make reset link"
      kind="reset"
      readState={readState}
      onConfirm={() => action({ memberId })}
    >
      <p>
        Whoever opens it chooses a new password for <bdi>{name}</bdi>, signs in with it, and ends all of their sessions.
        It opens once, within 24 hours; one made before opens no more.
      </p>
      <p>Give it to them alone, by a way on which you know them. Until it is used, nothing changes for them.</p>
    </LinkDialog>
  );
}
