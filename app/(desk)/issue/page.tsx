import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { IssueForm } from "@/components/issue/issue-form";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listKeyChoices } from "@/lib/keys/choices";
import { issueTokenAction } from "./actions";

export const metadata: Metadata = { title: "Issue a token" };

export default async function IssuePage() {
  const actor = await requireActor();
  const keys = await listKeyChoices(actor);
  return (
    <>
      <PageHeader title="Issue a token" lede="Signed on this server, and recorded in the ledger before you see it." />
      {!may(actor.role, "token.issue") ? (
        <EmptyState
          icon="issue"
          title={`As ${actor.role} you read everything and issue nothing`}
          action={<ButtonLink href="/audit">See what was issued</ButtonLink>}
        >
          Ask an admin or an issuer for a token, or ask an admin to change your role.
        </EmptyState>
      ) : keys.length === 0 ? (
        <EmptyState
          icon="keys"
          title="No key to sign with yet"
          action={
            <ButtonLink variant="primary" href="/keys">
              Go to keys
            </ButtonLink>
          }
        >
          {may(actor.role, "key.create")
            ? "Add the API key and secret of your VideoSDK dashboard first."
            : "An admin has to add one first."}
        </EmptyState>
      ) : (
        <IssueForm keys={keys} jti={randomUUID()} action={issueTokenAction} />
      )}
    </>
  );
}
