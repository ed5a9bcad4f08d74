import type { Metadata } from "next";
import Link from "next/link";
import { AuditTable } from "@/components/audit/audit-table";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Region } from "@/components/ui/region";
import { Stats } from "@/components/ui/stats";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { digitsAtMost } from "@/lib/count-at-most";
import { readOverview, SIGNED_ELSEWHERE_DAYS } from "@/lib/tokens/overview";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const actor = await requireActor();
  const overview = await readOverview(actor);
  const mayIssue = may(actor.role, "token.issue");
  return (
    <>
      <PageHeader
        title="Overview"
        lede="What your team has issued, and what is active."
        actions={
          <>
            {mayIssue ? (
              <ButtonLink href="/issue" variant="primary" icon="issue">
                Issue a token
              </ButtonLink>
            ) : null}
            <ButtonLink href="/decode" icon="decode">
              Decode a token
            </ButtonLink>
          </>
        }
      />
      <div className="flex flex-col gap-8">
        {overview.signedElsewhere > 0 ? (
          <Notice tone="warn" title="Somebody else signs with your secret.">
            {overview.signedElsewhere === 1
              ? "A token was pasted here"
              : `${digitsAtMost(overview.signedElsewhere)} tokens were pasted here`}{" "}
            in the last {SIGNED_ELSEWHERE_DAYS} days whose signature is right and which this desk did not issue.{" "}
            <Link href="/audit?action=token.signed_elsewhere" className="underline underline-offset-4">
              See when and which key
            </Link>
          </Notice>
        ) : null}
        {overview.keys === 0 ? (
          <EmptyState
            icon="keys"
            title="First, add a key"
            action={
              may(actor.role, "key.create") ? (
                <ButtonLink href="/keys" variant="primary">
                  Add a key
                </ButtonLink>
              ) : undefined
            }
          >
            {may(actor.role, "key.create")
              ? "With the API key and the secret of your VideoSDK dashboard, this desk can issue tokens and check signatures."
              : "An admin adds the API key and the secret of your VideoSDK dashboard. Then tokens can be issued and checked."}
          </EmptyState>
        ) : (
          <Stats
            items={[
              {
                label: "Active now",
                value: digitsAtMost(overview.activeTokens),
                note: "tokens that VideoSDK still accepts",
              },
              { label: "Expire within 24 h", value: digitsAtMost(overview.expiringTokens), note: "of those active" },
              { label: "Issued in 24 h", value: digitsAtMost(overview.issuedTokens), note: "by everybody here" },
            ]}
          />
        )}
        <Region label="Latest">
          <AuditTable
            events={overview.latest}
            empty={
              <EmptyState icon="audit" title="Nothing has happened yet">
                Every sign-in, key and token will appear here.
              </EmptyState>
            }
          />
          <p className="mt-3">
            <Link href="/audit" className="text-small underline underline-offset-4">
              All events
            </Link>
          </p>
        </Region>
      </div>
    </>
  );
}
