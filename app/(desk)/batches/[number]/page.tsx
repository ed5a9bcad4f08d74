import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { BatchTokens } from "@/components/batch/batch-tokens";
import { NotForRole } from "@/components/shell/not-for-role";
import { Time } from "@/components/time/time";
import { RevokeDialog } from "@/components/token/revoke-dialog";
import { WhereItEnds } from "@/components/token/where-it-ends";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { DefinitionList } from "@/components/ui/definition-list";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { Region } from "@/components/ui/region";
import { isAllowed } from "@/lib/auth/authorize";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { batchName, tokenRangeName } from "@/lib/text/numbered";
import { type BatchView, getBatch, TOKENS_A_PAGE } from "@/lib/tokens/get-batch";
import { previewRevocationAction, revokeTokensAction } from "../../audit/actions";

type Params = { params: Promise<{ number: string }>; searchParams: Promise<{ page?: string | string[] }> };

export async function generateMetadata({ params }: Pick<Params, "params">): Promise<Metadata> {
  return { title: `Batch ${(await params).number}` };
}

const linked = "underline decoration-edge underline-offset-3";

export default async function BatchPage({ params, searchParams }: Params) {
  const actor = await requireActor();
  if (!may(actor.role, "audit.read")) return <NotForRole title="Batch" role={actor.role} />;
  const { number } = await params;
  const page = Number((await searchParams).page ?? 1);
  const batch = /^[1-9]\d{0,8}$/.test(number) ? await getBatch(actor, { number: Number(number), page }) : undefined;
  if (!batch) notFound();
  const name = batchName(batch.number);
  return (
    <>
      <Announcer />
      <PageHeader
        title={name}
        lede={
          <>
            <Link href="/audit?action=batch.issued">All batches</Link> ·{" "}
            {batch.tokens === 1 ? "one token" : `${groupDigits(batch.tokens)} tokens`} that <bdi>{batch.actorName}</bdi>{" "}
            issued at once, <Time epochSeconds={batch.issuedAt} mode="clock" />
          </>
        }
        actions={
          <div className="flex flex-wrap gap-2 print:hidden">
            {batch.revocable > 0 && isAllowed(actor, "token.revoke", { ownerId: batch.actorId }) ? (
              <RevokeDialog
                scope={{ of: "batch", batch: batch.number }}
                what={`all unexpired tokens of ${name}`}
                actions={{ preview: previewRevocationAction, revoke: revokeTokensAction }}
              />
            ) : null}
            {may(actor.role, "batch.issue") ? (
              <ButtonLink href="/issue/batch" icon="issue" variant="primary" prefetch={false}>
                Issue another batch
              </ButtonLink>
            ) : null}
          </div>
        }
      />
      <div className="flex flex-col gap-7">
        <div className="max-w-3xl">
          <DefinitionList
            items={[
              { term: "Numbers", detail: tokenRangeName(batch.firstNumber, batch.lastNumber) },
              { term: "State", detail: <State batch={batch} mayRotate={may(actor.role, "key.rotate")} /> },
              {
                term: "Signed with",
                detail: (
                  <Link href={`/keys/${batch.keyId}`} prefetch={false} className={linked}>
                    <bdi>{batch.keyLabel}</bdi>
                  </Link>
                ),
              },
            ]}
          />
        </div>
        <Region label="Its tokens">
          <BatchTokens tokens={batch.list} />
          <PageLinks
            label="Tokens"
            page={batch.page}
            pages={batch.pages}
            size={TOKENS_A_PAGE}
            total={batch.tokens}
            hrefOf={(to) => `/batches/${batch.number}?page=${to}`}
          />
        </Region>
      </div>
    </>
  );
}

function State({ batch, mayRotate }: { batch: BatchView; mayRotate: boolean }) {
  const { tokens, active, revoked, lastExpiry, retired, profile, keyId, keyLabel } = batch;
  const them = tokens === 1 ? "it" : "them";
  const some = (count: number) => (tokens === 1 ? "" : count === tokens ? "all " : `${groupDigits(count)} `);
  const marked = revoked > 0 ? `, ${some(revoked)}marked as revoked here` : "";
  // What its vendor refuses is not active.
  const unexpired = tokens > 1 && active === tokens ? "none expired" : `${some(active)}not expired`;
  if (lastExpiry === null) return `${some(tokens)}expired${marked}`;
  return (
    <>
      {retired ? unexpired : `${some(active)}active`}
      {marked}; {profileOf(profile).name}{" "}
      {retired ? (
        `refuses ${them}, since the secret that signed ${them} is retired`
      ) : (
        <>
          accepts {tokens === 1 ? them : "the last of them"} until <Time epochSeconds={lastExpiry} mode="clock" />
          {revoked > 0 ? (
            <>
              . <WhereItEnds signedWith={{ id: keyId, label: keyLabel, mayRotate }} />
            </>
          ) : null}
        </>
      )}
    </>
  );
}
