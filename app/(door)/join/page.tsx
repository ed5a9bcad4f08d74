import type { Metadata } from "next";
import { JoinForm } from "@/components/team/join-form";
import { OpenKeptLink } from "@/components/team/open-kept-link";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor, currentVisitor } from "@/lib/auth/session";
import { isAppError } from "@/lib/errors";
import { checkInvitation, type OpenInvitation } from "@/lib/team/join";
import { joinTeamAction } from "./actions";

export const metadata: Metadata = { title: "Join" };

async function invitationOf(code: string): Promise<OpenInvitation | string> {
  const visitor = await currentVisitor();
  try {
    return await checkInvitation(visitor, code);
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
}

export default async function JoinPage({ searchParams }: { searchParams: Promise<{ code?: string | string[] }> }) {
  const { code } = await searchParams;
  // Without one it may be a reload: then this tab has kept it.
  if (typeof code !== "string" || code === "")
    return (
      <OpenKeptLink>
        <Closed>Open the whole link, as it was sent to you.</Closed>
      </OpenKeptLink>
    );
  const invitation = await invitationOf(code);
  if (typeof invitation === "string") return <Closed>{invitation}</Closed>;
  const { email, role, invitedBy } = invitation;
  const other = await currentActor();
  return (
    <>
      <PageHeader
        title="Join the team"
        lede={
          <>
            <bdi>{invitedBy}</bdi> invited you as {role}. You issue, audit and check your team’s VideoSDK access tokens
            here.
          </>
        }
      />
      {other ? (
        <Notice tone="warn" className="mb-4.5">
          You are signed in here as <bdi>{other.name}</bdi>. Joining signs <bdi>{other.name}</bdi> out in this browser.
        </Notice>
      ) : null}
      <JoinForm action={joinTeamAction} code={code} email={email} />
    </>
  );
}

function Closed({ children }: { children: string }) {
  return (
    <EmptyState
      icon="shield"
      title="This invitation does not open"
      action={<ButtonLink href="/sign-in">Sign in</ButtonLink>}
    >
      {children}
    </EmptyState>
  );
}
