import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { BatchDesk } from "@/components/batch/batch-desk";
import { NoKey } from "@/components/issue/no-key";
import { NotForRole } from "@/components/shell/not-for-role";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { beginWith, firstKey } from "@/lib/composer/begin";
import { listKeyChoices } from "@/lib/keys/choices";
import { listRecent } from "@/lib/tokens/list-recent";

const TITLE = "Issue several at once";

export const metadata: Metadata = { title: TITLE };

export default async function BatchPage() {
  const actor = await requireActor();
  if (!may(actor.role, "key.list")) return <NotForRole title={TITLE} role={actor.role} />;
  const header = (
    <>
      <p className="mb-0.5 text-caption text-soft">
        <Link href="/issue">Issue</Link> / Several at once
      </p>
      <PageHeader title={TITLE} lede="All or none. Nothing is signed until every row is right." className="mb-5" />
    </>
  );
  if (!may(actor.role, "batch.issue")) {
    return (
      <>
        {header}
        <EmptyState
          icon="issue"
          title={`As ${actor.role} you read everything and issue nothing`}
          action={<ButtonLink href="/audit">See what was issued</ButtonLink>}
        >
          Ask an admin or an issuer for the tokens, or ask an admin to change your role.
        </EmptyState>
      </>
    );
  }
  const [keys, recent] = await Promise.all([listKeyChoices(actor), listRecent(actor)]);
  const first = firstKey(keys, recent.lastKeyId);
  if (!first) {
    return (
      <>
        {header}
        <NoKey mayAdd={may(actor.role, "key.create")} />
      </>
    );
  }
  return (
    <BatchDesk header={header} keys={keys} memberId={actor.id} requestId={randomUUID()} beginning={beginWith(first)} />
  );
}
