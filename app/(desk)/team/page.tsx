import type { Metadata } from "next";
import { NotForRole } from "@/components/shell/not-for-role";
import { InvitationTable } from "@/components/team/invitation-table";
import { InviteMember } from "@/components/team/invite-member";
import { MemberTable } from "@/components/team/member-table";
import { Announcer } from "@/components/ui/announcer";
import { Notice } from "@/components/ui/notice";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { INVITATION_HOURS } from "@/lib/team/invite";
import { listMembers, type MemberListItem } from "@/lib/team/list";
import { type InvitationListItem, listInvitations } from "@/lib/team/list-invitations";
import {
  changeRoleAction,
  inviteMemberAction,
  renewInvitationAction,
  setMemberStatusAction,
  withdrawInvitationAction,
} from "./actions";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage() {
  const actor = await requireActor();
  if (!may(actor.role, "team.manage")) return <NotForRole title="Team" role={actor.role} />;
  const [members, invitations] = await Promise.all([listMembers(actor), listInvitations(actor)]);
  const disabled = members.filter(({ disabledAt }) => disabledAt !== null).length;
  return (
    <>
      <InviteMember
        title="Team"
        lede={`${members.length - disabled} active${disabled > 0 ? `, ${disabled} disabled` : ""}. Whoever is disabled is out in the same second, in every tab.`}
        action={inviteMemberAction}
      />
      <Announcer />
      <OnlyAdmin members={members} invitations={invitations} />
      <MemberTable members={members} self={actor.id} changeRole={changeRoleAction} setStatus={setMemberStatusAction} />
      {invitations.length > 0 ? (
        <section aria-labelledby="invited" className="mt-8">
          <div className="mb-1.5 flex flex-wrap items-baseline gap-x-3">
            <h2 id="invited" className="font-semibold">
              Invited
            </h2>
            <p className="text-small text-soft">Links open once, within {INVITATION_HOURS} h.</p>
          </div>
          <InvitationTable
            invitations={invitations}
            renew={renewInvitationAction}
            withdraw={withdrawInvitationAction}
          />
        </section>
      ) : null}
    </>
  );
}

function OnlyAdmin({ members, invitations }: { members: MemberListItem[]; invitations: InvitationListItem[] }) {
  const only = members.find(({ onlyAdmin }) => onlyAdmin);
  if (!only) return null;
  const second = invitations.find(({ role, expired }) => role === "admin" && !expired);
  return (
    <Notice tone="warn" title="Only one admin." className="mb-4">
      If <bdi>{only.name}</bdi> can’t get in, nobody here can help.{" "}
      {second ? (
        <>
          <bdi>{second.email}</bdi> is invited as the second.
        </>
      ) : (
        "Make somebody else admin too, or invite one."
      )}
    </Notice>
  );
}
