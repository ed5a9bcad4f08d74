"use client";
/** A member's role, to be changed in place: asks first, and says what the new one may do and what ends. */
import { useState } from "react";
import { Modal } from "@/components/shell/modal";
import { Button } from "@/components/ui/button";
import { DialogCard } from "@/components/ui/dialog-card";
import { Icon } from "@/components/ui/icon";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import type { ActionResult } from "@/lib/action-result";
import { type Role, roles } from "@/lib/auth/roles";
import type { MemberListItem } from "@/lib/team/list";
import type { ChangeRoleInput } from "@/lib/team/schema";
import { roleWords } from "./role-words";

export function RoleSelect({
  member: { id, name, role, onlyAdmin, leaves },
  isSelf,
  action,
}: {
  member: MemberListItem;
  isSelf: boolean;
  action: (input: ChangeRoleInput) => Promise<ActionResult<unknown>>;
}) {
  const [asked, setAsked] = useState<Role>();
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
      () => action({ memberId: id, role: to }),
      () => setAsked(undefined),
    );

  const title = asked ? `Make ${name} ${asked}?` : "";
  return (
    <>
      <span className="relative z-1 -ml-2 inline-block">
        <select
          aria-label={`Role of ${name}`}
          className="min-h-7 appearance-none rounded-[7px] border border-transparent bg-transparent py-0.5 pr-6.5 pl-2 text-ink text-small hover:border-edge hover:bg-surface max-md:min-h-9 max-md:text-[1rem]"
          value={role}
          onChange={(event) => {
            forget();
            setAsked(event.target.value as Role);
          }}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <Icon
          name="chevron"
          size={12}
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2 text-soft"
        />
      </span>
      {asked ? (
        <Modal label={title} className="dialog" onClose={() => setAsked(undefined)}>
          <DialogCard
            title={title}
            failure={failure}
            buttons={
              <>
                <Button disabled={pending} onClick={() => setAsked(undefined)}>
                  Cancel
                </Button>
                <Button variant="primary" pending={pending} onClick={() => change(asked)}>
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
            {role === "admin" && leaves.invitations.length > 0 ? (
              <p>
                Invitations that {isSelf ? "you" : "they"} made are withdrawn:{" "}
                <bdi>{leaves.invitations.map(({ email }) => email).join(", ")}</bdi>.
              </p>
            ) : null}
          </DialogCard>
        </Modal>
      ) : null}
    </>
  );
}
