"use client";
/** Asks before a member is disabled or enabled; shows first what they leave behind. */
import { useState } from "react";
import type { ButtonSize } from "@/components/ui/button";
import { NoteDialog } from "@/components/ui/note-dialog";
import type { ActionResult } from "@/lib/action-result";
import type { MemberListItem } from "@/lib/team/list";
import type { SetMemberStatusInput } from "@/lib/team/schema";
import { LeaverList, leavesNothing } from "./leaver-list";
import { LeavingNow, type PreviewLeaving } from "./leaving-now";
import { tellingLinks } from "./link-news";

export function MemberStatusDialog({
  member,
  isSelf,
  size = "sm",
  action,
  preview,
}: {
  member: MemberListItem;
  isSelf: boolean;
  size?: ButtonSize;
  action: (input: SetMemberStatusInput) => Promise<ActionResult<unknown>>;
  preview: PreviewLeaving;
}) {
  const [isTold, setIsTold] = useState(false);
  const { id, name, onlyAdmin } = member;
  const disabled = member.disabledAt !== null;
  const verb = disabled ? "Enable" : "Disable";
  return (
    <NoteDialog
      trigger={
        <>
          {verb}…<span className="sr-only"> {name}</span>
        </>
      }
      triggerVariant={size === "sm" ? "ghost" : "secondary"}
      triggerSize={size}
      triggerDisabled={onlyAdmin ? "the only admin" : undefined}
      title={`${verb} ${name}?`}
      confirmLabel={`${verb} member`}
      isReady={disabled || isTold}
      tone={disabled ? "primary" : "danger"}
      done={`${name} is ${disabled ? "enabled" : "disabled"} now.`}
      onConfirm={(note) => tellingLinks(action({ memberId: id, disabled: !disabled, note }))}
    >
      {disabled ? (
        <p>They can sign in again with their password, as {member.role}. Sessions that were ended stay so.</p>
      ) : (
        <>
          <p>
            {isSelf ? "You are" : "They are"} signed out in the same second, in every tab, and can't sign in until{" "}
            {isSelf ? "another admin enables you" : "they are enabled"} again.
          </p>
          <LeavingNow memberId={id} preview={preview} onTold={setIsTold}>
            {(leaving) =>
              leavesNothing(leaving) ? (
                <p>
                  {isSelf ? "You leave" : "They leave"} nothing behind: no secret that {isSelf ? "you" : "they"} know,
                  no active token, no open invitation.
                </p>
              ) : (
                <>
                  <p>{isSelf ? "You leave" : "They leave"} behind:</p>
                  <LeaverList leaving={leaving} isSelf={isSelf} />
                </>
              )
            }
          </LeavingNow>
        </>
      )}
    </NoteDialog>
  );
}
