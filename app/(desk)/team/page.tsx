import type { Metadata } from "next";
import { NotForRole } from "@/components/shell/not-for-role";
import { InvitationTable } from "@/components/team/invitation-table";
import { InviteMember } from "@/components/team/invite-member";
import { MemberTable } from "@/components/team/member-table";
import { TeamSearch } from "@/components/team/team-search";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageLinks } from "@/components/ui/page-links";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { PAGE_SIZE } from "@/lib/page-of";
import { INVITATION_HOURS } from "@/lib/team/invite";
import { listMembers } from "@/lib/team/list";
import { listInvitations } from "@/lib/team/list-invitations";
import { TeamQuery, teamAddress } from "@/lib/team/schema";
import { groupDigits } from "@/lib/text/group-digits";
import {
  changeRoleAction,
  inviteMemberAction,
  previewLeavingAction,
  readLinkStateAction,
  renewInvitationAction,
  setMemberStatusAction,
  withdrawInvitationAction,
} from "./actions";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const actor = await requireActor();
  if (!may(actor.role, "team.manage")) return <NotForRole title="Team" role={actor.role} />;
  const query = TeamQuery.parse(await searchParams);
  const [members, invitations] = await Promise.all([listMembers(actor, query), listInvitations(actor, query)]);
  const { active, disabled } = members;
  const isLong = active + disabled > PAGE_SIZE || invitations.pages > 1 || query.q !== undefined;
  const beside = (at: Partial<TeamQuery>) =>
    teamAddress({ q: query.q, page: members.page, invited: invitations.page, ...at });
  return (
    <>
      <InviteMember
        title="Team"
        lede={`${groupDigits(active)} active${disabled > 0 ? `, ${groupDigits(disabled)} disabled` : ""}. Whoever is disabled is out in the same second, in every tab.`}
        memberId={actor.id}
        action={inviteMemberAction}
        readState={readLinkStateAction}
      />
      <Announcer />
      <OnlyAdmin only={members.onlyAdmin} next={invitations.nextAdmin} />
      {isLong ? <TeamSearch q={query.q} /> : null}
      {members.total + invitations.total === 0 ? (
        <EmptyState
          icon="search"
          title="Nobody matches"
          action={<ButtonLink href="/team">Show the whole team</ButtonLink>}
        >
          No member's name or email, and no invitation's, has all of “<bdi>{query.q}</bdi>”.
        </EmptyState>
      ) : null}
      {members.total > 0 ? (
        <MemberTable
          members={members.rows}
          self={actor.id}
          changeRole={changeRoleAction}
          setStatus={setMemberStatusAction}
          previewLeaving={previewLeavingAction}
        />
      ) : null}
      <PageLinks label="Members" {...members} size={PAGE_SIZE} hrefOf={(page) => beside({ page })} />
      {invitations.total > 0 ? (
        <section aria-labelledby="invited" className="mt-8">
          <div className="mb-1.5 flex flex-wrap items-baseline gap-x-3">
            <h2 id="invited" className="font-semibold">
              Invited
            </h2>
            <p className="text-small text-soft">Links open once, within {INVITATION_HOURS} h.</p>
          </div>
          <InvitationTable
            invitations={invitations.rows}
            renew={renewInvitationAction}
            readState={readLinkStateAction}
            withdraw={withdrawInvitationAction}
          />
          <PageLinks
            label="Invitations"
            {...invitations}
            size={PAGE_SIZE}
            hrefOf={(invited) => `${beside({ invited })}#invited`}
            back="Newer"
            on="Older"
          />
        </section>
      ) : null}
    </>
  );
}

function OnlyAdmin({ only, next }: { only: { name: string } | undefined; next: string | undefined }) {
  if (!only) return null;
  return (
    <Notice tone="warn" title="Only one admin." className="mb-4">
      If <bdi>{only.name}</bdi> can't get in, nobody here can help.{" "}
      {next ? (
        <>
          <bdi>{next}</bdi> is invited as the second.
        </>
      ) : (
        "Make somebody else admin too, or invite one."
      )}
    </Notice>
  );
}
