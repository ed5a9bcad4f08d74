"use client";
/** A member's role, to be changed in place: asks first, and says what the new one may do and what ends. */
import { type KeyboardEvent, useRef, useState } from "react";
import { announce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { DialogCard } from "@/components/ui/dialog-card";
import { Icon } from "@/components/ui/icon";
import { Modal } from "@/components/ui/modal";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import { useTypedEarly } from "@/components/ui/use-typed-early";
import type { ActionResult } from "@/lib/action-result";
import { isRole, may, type Role, roles } from "@/lib/auth/roles";
import type { MemberListItem } from "@/lib/team/list";
import type { ChangeRoleInput } from "@/lib/team/schema";
import { emailsOf } from "./emails-of";
import { ProgramLinks } from "./leaver-list";
import { LeavingNow, type PreviewLeaving } from "./leaving-now";
import { tellingLinks } from "./link-news";
import { roleWords } from "./role-words";

/** Where a key changes a closed list at once, it would ask for the neighbouring role, and never reach the others (WCAG 3.2.2): it opens the list instead. */
function openPicker(event: KeyboardEvent<HTMLSelectElement>): void {
  const { key, currentTarget: list, ctrlKey, metaKey, altKey } = event;
  const chooses = /^(Arrow|Page|Home|End)/.test(key) || (key.length === 1 && key !== " ");
  if (!chooses || ctrlKey || metaKey || altKey) return;
  if (!list.showPicker || !CSS.supports("selector(:open)") || list.matches(":open")) return;
  event.preventDefault();
  list.showPicker();
}

export function RoleSelect({
  member: { id, name, role, onlyAdmin },
  isSelf,
  action,
  preview,
}: {
  member: MemberListItem;
  isSelf: boolean;
  action: (input: ChangeRoleInput) => Promise<ActionResult<unknown>>;
  preview: PreviewLeaving;
}) {
  const [asked, setAsked] = useState<Role>();
  const [isTold, setIsTold] = useState(false);
  const select = useRef<HTMLSelectElement>(null);
  // Chosen before the page ran, it is asked about as well.
  useTypedEarly(select, role, (early) => isRole(early) && setAsked(early));
  const { pending, failure, run, forget } = useDialogAction(
    "The server could not be reached. Reload the page to see whether it was changed.",
  );
  if (onlyAdmin)
    return (
      <span className="inline-flex items-center gap-1.5" title="The only active admin stays one.">
        {role}
        <Icon name="lock" size={12} className="text-faint" />
        <span className="sr-only">: the only active admin stays one</span>
      </span>
    );

  const change = (to: Role) =>
    run(
      () => tellingLinks(action({ memberId: id, role: to })),
      () => {
        setAsked(undefined);
        announce(`${name} is ${to} now.`);
      },
    );

  const title = asked ? `Make ${name} ${asked}?` : "";
  return (
    <>
      <span className="relative z-1 -ml-[9px] inline-flex min-h-7 items-center gap-1.5 rounded-[7px] border border-transparent px-2 text-ink text-small hover:border-edge hover:bg-surface has-focus-visible:outline-2 has-focus-visible:outline-ring max-md:min-h-9">
        <span aria-hidden="true">{role}</span>
        <Icon name="chevron" size={12} className="text-soft" />
        <select
          ref={select}
          aria-label={`Role of ${name}`}
          // Over its word, which is as wide as it is long, and on a phone smaller than what iOS zooms into.
          className="absolute inset-0 w-full opacity-0 max-md:text-[1rem]"
          value={role}
          onKeyDown={openPicker}
          onChange={(event) => {
            forget();
            if (isRole(event.target.value)) setAsked(event.target.value);
          }}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </span>
      {asked ? (
        <Modal label={title} className="dialog" pending={pending} onClose={() => setAsked(undefined)}>
          <DialogCard
            title={title}
            failure={failure}
            buttons={
              <>
                <Button disabled={pending} onClick={() => setAsked(undefined)}>
                  Cancel
                </Button>
                <Button variant="primary" pending={pending} disabled={!isTold} onClick={() => change(asked)}>
                  Change role
                </Button>
              </>
            }
          >
            <p>{roleWords[asked]}</p>
            <p>
              It acts at once: {isSelf ? "you are" : "they are"} signed out in every tab, and sign in again with the new
              rights.
              {isSelf ? " Only another admin can give you the old ones back." : ""}
            </p>
            <LeavingNow memberId={id} preview={preview} onTold={setIsTold}>
              {({ role: was, leaves }) => (
                <>
                  {was === "admin" && leaves.invitations.length > 0 ? (
                    <p>
                      Invitations that {isSelf ? "you" : "they"} made are withdrawn:{" "}
                      <bdi>{emailsOf(leaves.invitations)}</bdi>.
                    </p>
                  ) : null}
                  {was === "admin" && leaves.resetLinks > 0 ? (
                    <p>
                      {leaves.resetLinks === 1 ? "The reset link" : `The ${leaves.resetLinks} reset links`} that{" "}
                      {isSelf ? "you" : "they"} made for others {leaves.resetLinks === 1 ? "opens" : "open"} no more.
                    </p>
                  ) : null}
                  {!may(asked, "credential.manage") && leaves.programs.length > 0 ? (
                    <p>
                      {leaves.programs.length === 1 ? "A program's way in" : "Programs' ways in"} that{" "}
                      {isSelf ? "you" : "they"} answer for {leaves.programs.length === 1 ? "stands" : "stand"} still
                      until another admin takes {leaves.programs.length === 1 ? "it" : "each"} over:{" "}
                      <ProgramLinks programs={leaves.programs} />.
                    </p>
                  ) : null}
                  {!may(asked, "token.hand_over") && leaves.handovers > 0 ? (
                    <p>
                      {leaves.handovers === 1 ? "The link to a token" : `The ${leaves.handovers} links to tokens`} that{" "}
                      {isSelf ? "you" : "they"} made and nobody has opened {leaves.handovers === 1 ? "is" : "are"}{" "}
                      withdrawn.
                    </p>
                  ) : null}
                  {leaves.hasResetLink ? (
                    <p>
                      The reset link that was made for {isSelf ? "you" : "them"} still opens: whoever uses it is signed
                      in as {asked}.
                    </p>
                  ) : null}
                </>
              )}
            </LeavingNow>
          </DialogCard>
        </Modal>
      ) : null}
    </>
  );
}
