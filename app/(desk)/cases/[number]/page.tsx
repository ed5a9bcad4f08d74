import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { AcknowledgeForm } from "@/components/cases/acknowledge-form";
import { CaseTokens } from "@/components/cases/case-tokens";
import { PrintButton } from "@/components/cases/print-button";
import { Respond, Step } from "@/components/cases/respond";
import { KeyStatusDialog } from "@/components/keys/key-status-dialog";
import { SignsElsewhere } from "@/components/keys/signs-elsewhere";
import { NotForRole } from "@/components/shell/not-for-role";
import { Time } from "@/components/time/time";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Region } from "@/components/ui/region";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { type CaseTokenView, getCase } from "@/lib/cases/get";
import type { CaseView } from "@/lib/cases/view";
import { digitsAtMost } from "@/lib/count-at-most";
import { listGiving } from "@/lib/endpoints/stopped-by";
import { listActiveByPerson } from "@/lib/keys/active-by-person";
import { fallAmong } from "@/lib/keys/fall";
import { getKey, type KeyView } from "@/lib/keys/get";
import { readEnding } from "@/lib/keys/read-ending";
import { PageNumber } from "@/lib/page-of";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { groupDigits } from "@/lib/text/group-digits";
import { caseName, tokenName } from "@/lib/text/numbered";
import { rightsOf } from "@/lib/text/reach";
import { changeKeyAction, setKeyStatusAction } from "../../keys/actions";
import { acknowledgeCaseAction } from "../actions";

type Params = { params: Promise<{ number: string }>; searchParams: Promise<{ page?: string | string[] }> };

export async function generateMetadata({ params }: Pick<Params, "params">): Promise<Metadata> {
  return { title: `Case ${(await params).number}` };
}

export default async function CasePage({ params, searchParams }: Params) {
  const actor = await requireActor();
  if (!may(actor.role, "case.read")) return <NotForRole title="Case" role={actor.role} />;
  const [{ number }, { page }] = await Promise.all([params, searchParams]);
  const found = /^\d{1,9}$/.test(number) ? await getCase(actor, Number(number)) : undefined;
  if (!found) notFound();
  const [key, holders, ending, endpoints] = await Promise.all([
    getKey(actor, found.keyId),
    listActiveByPerson(actor, found.keyId, { ofCurrentSecret: true }),
    readEnding(actor, found.keyId),
    may(actor.role, "endpoint.manage") ? listGiving(actor, found.keyId) : [],
  ]);
  // A key may be removed once its cases are acknowledged; they stay.
  const label = key?.label ?? found.keyLabel;
  const { acknowledged } = found;
  const onlyAltered = found.altered === found.tokens;
  return (
    <>
      <PageHeader
        title={caseName(found.number)}
        lede={
          <>
            <Link href="/cases">All cases</Link> · {onlyAltered ? "altered after issuing, and " : null}signed with the
            secret of{" "}
            {key ? (
              <Link href={`/keys/${key.id}`} prefetch={false}>
                <bdi>{label}</bdi>
              </Link>
            ) : (
              <>
                <bdi>{label}</bdi>, a key that was removed
              </>
            )}
            {onlyAltered ? null : ", and not issued here"}
          </>
        }
        actions={<PrintButton />}
      />
      <div className="case flex flex-col gap-8">
        {acknowledged ? (
          <Notice title="Acknowledged." className="max-w-[52rem]">
            <bdi>{acknowledged.by}</bdi>, <Time epochSeconds={epochSeconds(acknowledged.at)} />:{" "}
            <bdi>{acknowledged.note}</bdi>
          </Notice>
        ) : (
          <Notice
            {...alarmOf({ label, signsElsewhere: key?.signsElsewhere ?? null }, found.list)}
            className="max-w-[52rem]"
          >
            <Summary {...found} />
          </Notice>
        )}
        <Region label={found.tokens === 1 ? "The token" : `The ${digitsAtMost(found.tokens)} tokens`}>
          <CaseTokens
            number={found.number}
            keyId={found.keyId}
            tokens={found.list}
            page={page === undefined ? undefined : PageNumber.parse(page)}
          />
        </Region>
        {key ? (
          <Region label="Respond">
            <div className="max-w-[52rem]">
              <Respond
                keyId={key.id}
                label={key.label}
                disabled={key.disabled}
                profile={key.profile}
                {...holders}
                first={
                  // No backend makes tokens in the name of those that were issued here.
                  onlyAltered ? undefined : (
                    <Step title="Is it a backend of yours?">
                      <p className="mb-2">
                        One that signs with this secret itself. Say so once, and its tokens are a note from then on.
                        {may(actor.role, "key.change") ? null : " An admin can do this."}
                      </p>
                      {may(actor.role, "key.change") ? (
                        <SignsElsewhere keyId={key.id} value={key.signsElsewhere} action={changeKeyAction} />
                      ) : null}
                    </Step>
                  )
                }
                statusAction={
                  may(actor.role, "key.set_status") ? (
                    <KeyStatusDialog
                      keyId={key.id}
                      label={key.label}
                      disabled={key.disabled}
                      activeTokens={holders.active}
                      more={!holders.all}
                      endpoints={endpoints}
                      fall={fallAmong(ending.fall, holders)}
                      profile={key.profile}
                      action={setKeyStatusAction}
                    />
                  ) : undefined
                }
              />
            </div>
          </Region>
        ) : null}
        {acknowledged ? null : (
          <div className="print:hidden">
            <Region label="Acknowledge">
              {may(actor.role, "case.acknowledge") ? (
                <AcknowledgeForm number={found.number} memberId={actor.id} action={acknowledgeCaseAction} />
              ) : (
                <p className="text-soft">Until an admin acknowledges it, it stays red on everybody's overview.</p>
              )}
            </Region>
          </div>
        )}
      </div>
    </>
  );
}

/** The others stand in the list. */
const MOST_NAMED = 5;

/** What the key says of itself, and what the tokens say. */
function alarmOf(
  { label, signsElsewhere }: Pick<KeyView, "label" | "signsElsewhere">,
  list: readonly CaseTokenView[],
): { tone: NoticeTone; title: string } {
  const altered = [...new Set(list.flatMap(({ imitates }) => imitates ?? []))].sort((a, b) => a - b);
  if (altered.length > 0) {
    const names = altered.slice(0, MOST_NAMED).map(tokenName);
    const more = altered.length - names.length;
    const which = new Intl.ListFormat("en-GB").format(more > 0 ? [...names, `${groupDigits(more)} more`] : names);
    const were = altered.length === 1 ? "was" : "were";
    return { tone: "bad", title: `${which} ${were} altered by somebody who has the secret of “${label}”.` };
  }
  if (signsElsewhere === "yes")
    return { tone: "warn", title: `A backend of yours signs with the secret of “${label}”: these may be its tokens.` };
  const unless = signsElsewhere === null ? ", unless it is a backend of yours" : "";
  return { tone: "bad", title: `Somebody else has the secret of “${label}”${unless}.` };
}

function Summary(found: CaseView) {
  const { tokens, refused, refusedBy, lastExpiry, neverExpires, lastSeenBy, lastSeenAt } = found;
  const rights = rightsOf(found);
  const one = tokens === 1;
  return (
    <>
      {one ? "One token was" : `${digitsAtMost(tokens)} tokens were`} pasted here
      {rights === "joins only" ? "" : `, with rights as ${rights}`}.{" "}
      {neverExpires ? (
        one ? (
          "It never expires. "
        ) : (
          "At least one never expires. "
        )
      ) : lastExpiry ? (
        <>
          {one ? "It ends" : "The last one ends"} <Time epochSeconds={epochSeconds(lastExpiry)} mode="clock" />.{" "}
        </>
      ) : null}
      {refused === 0
        ? null
        : `${refusedBy} refuses ${refused < tokens ? `${digitsAtMost(refused)} of them` : one ? "it" : "all of them"}. `}
      Last pasted by <bdi>{lastSeenBy}</bdi>, <Time epochSeconds={epochSeconds(lastSeenAt)} mode="relative" />.
    </>
  );
}
