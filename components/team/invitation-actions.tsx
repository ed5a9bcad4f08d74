"use client";
/** What can be done with an invitation that nobody has used: a new link, or none. */
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/action-result";
import type { InvitationLink } from "@/lib/team/invite";
import type { InvitationInput } from "@/lib/team/schema";
import { LinkDialog } from "./link-dialog";
import { tellingLinks } from "./link-news";
import type { ReadLinkState } from "./shown-link";

type Invitation = { id: string; email: string };

export function NewInvitationLink({
  id,
  email,
  action,
  readState,
}: Invitation & {
  action: (input: InvitationInput) => Promise<ActionResult<InvitationLink>>;
  readState: ReadLinkState;
}) {
  return (
    <LinkDialog
      trigger={
        <>
          New link…<span className="sr-only"> for {email}</span>
        </>
      }
      triggerSize="sm"
      title={`A new link for ${email}`}
      confirmLabel="Make new link"
      kind="invitation"
      readState={readState}
      onConfirm={() => action({ invitationId: id })}
    >
      <p>The link that they have opens no more. The new one opens once, within 72 hours.</p>
    </LinkDialog>
  );
}

export function WithdrawInvitation({
  id,
  email,
  action,
}: Invitation & { action: (input: InvitationInput) => Promise<ActionResult<unknown>> }) {
  return (
    <ConfirmDialog
      trigger={
        <>
          Withdraw…<span className="sr-only"> the invitation of {email}</span>
        </>
      }
      triggerVariant="ghost"
      triggerSize="sm"
      title={`Withdraw the invitation of ${email}?`}
      confirmLabel="Withdraw invitation"
      onConfirm={() => tellingLinks(action({ invitationId: id }))}
      done={`The invitation of ${email} is withdrawn.`}
    >
      <p>Their link opens no more. You can invite them again at any time.</p>
    </ConfirmDialog>
  );
}
