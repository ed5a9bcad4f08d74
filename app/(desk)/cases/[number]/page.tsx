import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { AcknowledgeForm } from "@/components/cases/acknowledge-form";
import { CaseTokens, rightsOf } from "@/components/cases/case-tokens";
import { PrintButton } from "@/components/cases/print-button";
import { Respond, Step } from "@/components/cases/respond";
import { KeyStatusDialog } from "@/components/keys/key-status-dialog";
import { SignsElsewhere } from "@/components/keys/signs-elsewhere";
import { Time } from "@/components/time/time";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Region } from "@/components/ui/region";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { getCase } from "@/lib/cases/get";
import type { CaseView } from "@/lib/cases/view";
import { listActiveByPerson } from "@/lib/keys/active-by-person";
import { getKey } from "@/lib/keys/get";
import { groupDigits } from "@/lib/text/group-digits";
import { changeKeyAction, setKeyStatusAction } from "../../keys/actions";
import { acknowledgeCaseAction } from "../actions";

type Params = { params: Promise<{ number: string }> };

const seconds = (at: Date) => at.getTime() / 1000;

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: `Case ${(await params).number}` };
}

export default async function CasePage({ params }: Params) {
  const actor = await requireActor();
  const { number } = await params;
  const found = /^\d{1,9}$/.test(number) ? await getCase(actor, Number(number)) : undefined;
  if (!found) notFound();
  const [key, { people, active }] = await Promise.all([
    getKey(actor, found.keyId),
    listActiveByPerson(actor, found.keyId),
  ]);
  if (!key) notFound();
  const { acknowledged } = found;
  return (
    <>
      <PageHeader
        title={`Case ${groupDigits(found.number)}`}
        lede={
          <>
            <Link href="/cases">Cases</Link> · signed with the secret of{" "}
            <Link href={`/keys/${key.id}`}>
              <bdi>{key.label}</bdi>
            </Link>
            , and not issued here
          </>
        }
        actions={<PrintButton />}
      />
      <div className="flex flex-col gap-8">
        {acknowledged ? (
          <Notice title="Acknowledged.">
            <bdi>{acknowledged.by}</bdi>, <Time epochSeconds={seconds(acknowledged.at)} />:{" "}
            <bdi>{acknowledged.note}</bdi>
          </Notice>
        ) : (
          <Notice tone="bad" title={`Somebody else has the secret of “${key.label}”, unless it is a backend of yours.`}>
            <Summary {...found} />
          </Notice>
        )}
        <Region label={found.tokens === 1 ? "The token" : `The ${groupDigits(found.tokens)} tokens`}>
          <CaseTokens tokens={found.list} />
        </Region>
        <Region label="Respond">
          <div className="max-w-[52rem]">
            <Respond
              keyId={key.id}
              label={key.label}
              disabled={key.disabled}
              profile={key.profile}
              people={people}
              active={active}
              first={
                <Step title="Is it a backend of yours?">
                  <p className="mb-2">
                    One that signs with this secret itself. Say so once, and its tokens are a note from then on.
                    {may(actor.role, "key.change") ? null : " An admin can do this."}
                  </p>
                  {may(actor.role, "key.change") ? (
                    <SignsElsewhere keyId={key.id} value={key.signsElsewhere} action={changeKeyAction} />
                  ) : null}
                </Step>
              }
              statusAction={
                may(actor.role, "key.set_status") ? (
                  <KeyStatusDialog
                    keyId={key.id}
                    label={key.label}
                    disabled={key.disabled}
                    activeTokens={active}
                    profile={key.profile}
                    action={setKeyStatusAction}
                  />
                ) : undefined
              }
            />
          </div>
        </Region>
        {acknowledged ? null : (
          <Region label="Acknowledge">
            {may(actor.role, "case.acknowledge") ? (
              <div className="print:hidden">
                <AcknowledgeForm number={found.number} action={acknowledgeCaseAction} />
              </div>
            ) : (
              <p className="text-soft">Until an admin acknowledges it, it stays red on everybody's overview.</p>
            )}
          </Region>
        )}
      </div>
    </>
  );
}

function Summary(found: CaseView) {
  const { tokens, lastExpiry, neverExpires, lastSeenBy, lastSeenAt } = found;
  const rights = rightsOf(found);
  return (
    <>
      {tokens === 1 ? "One token was" : `${groupDigits(tokens)} tokens were`} pasted here
      {rights === "joins only" ? "" : `, with rights as ${rights}`}
      {neverExpires ? ", and it never expires" : null}
      {lastExpiry && !neverExpires ? (
        <>
          , active until <Time epochSeconds={seconds(lastExpiry)} />
        </>
      ) : null}
      . Last pasted by <bdi>{lastSeenBy}</bdi>, <Time epochSeconds={seconds(lastSeenAt)} mode="relative" />.
    </>
  );
}
