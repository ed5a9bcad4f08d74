import type { Metadata } from "next";
import { ClosedLink } from "@/components/door/closed-link";
import { JoinForm } from "@/components/door/join-form";
import { OtherSession } from "@/components/door/other-session";
import { welcomeWords } from "@/components/team/role-words";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { checkInvitation } from "@/lib/team/join";
import { type LinkPage, openLink } from "../open-link";
import { joinTeamAction } from "./actions";

/** Also where it does not open. */
export const metadata: Metadata = { title: "Invitation" };

const HEADING = "Join the team";

export default async function JoinPage(page: LinkPage) {
  const link = await openLink(page, checkInvitation);
  const other = await currentActor();
  if (link.code === null)
    return (
      <ClosedLink
        kind="join"
        title="This invitation does not open"
        refusal={link.refusal}
        whole="Open the whole link, as it was sent to you."
        action={<ButtonLink href={other ? "/" : "/sign-in"}>{other ? "Open the desk" : "Sign in"}</ButtonLink>}
      />
    );
  const { email, role, invitedBy } = link.opened;
  return (
    <>
      <PageHeader
        title={HEADING}
        lede={
          <>
            <bdi>{invitedBy}</bdi> invited you as {role}. {welcomeWords[role]}
          </>
        }
      />
      {other ? <OtherSession name={other.name} doing="Joining" /> : null}
      <JoinForm action={joinTeamAction} code={link.code} email={email} />
    </>
  );
}
