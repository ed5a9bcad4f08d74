import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PrintButton } from "@/components/cases/print-button";
import { Respond, Step } from "@/components/cases/respond";
import { SavePeopleButton } from "@/components/cases/save-people-button";
import { Concerned } from "@/components/keys/concerned";
import { KeyCases } from "@/components/keys/key-cases";
import { KeyEvents } from "@/components/keys/key-events";
import { KeyHolders } from "@/components/keys/key-holders";
import { KeyPolicy, PolicyPlace } from "@/components/keys/key-policy";
import { KeyStatusDialog } from "@/components/keys/key-status-dialog";
import { KeyBadge } from "@/components/keys/key-table";
import { KeyUsage } from "@/components/keys/key-usage";
import { policyFacts } from "@/components/keys/policy-facts";
import { RemoveKeyDialog } from "@/components/keys/remove-key-dialog";
import { RotatePreview } from "@/components/keys/rotate-preview";
import { RotateSection } from "@/components/keys/rotate-section";
import { SignsElsewhere } from "@/components/keys/signs-elsewhere";
import { NotForRole } from "@/components/shell/not-for-role";
import { Time } from "@/components/time/time";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { IdText } from "@/components/ui/id-text";
import { Region } from "@/components/ui/region";
import { may } from "@/lib/auth/roles";
import { readerZone, requireActor } from "@/lib/auth/session";
import { newestCases } from "@/lib/cases/list";
import { now } from "@/lib/clock";
import { listGiving } from "@/lib/endpoints/stopped-by";
import { listActiveByPerson } from "@/lib/keys/active-by-person";
import { fallAmong } from "@/lib/keys/fall";
import { getKey, type KeyView } from "@/lib/keys/get";
import { listKeyHistory } from "@/lib/keys/history";
import { issuedPerDay } from "@/lib/keys/issued-per-day";
import { justRotatedAt } from "@/lib/keys/just-rotated";
import { readEnding } from "@/lib/keys/read-ending";
import { profileOf } from "@/lib/profiles/registry";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { caseName } from "@/lib/text/numbered";
import {
  changeKeyAction,
  previewKeyChangeAction,
  removeKeyAction,
  rotateKeyAction,
  setKeyStatusAction,
} from "../actions";

/** Save is then what one does next: a button beside it looks like the others. */
const BESIDE_AN_EDITED_POLICY =
  "group-has-[+.key-split_.policy-form]:border-edge group-has-[+.key-split_.policy-form]:bg-surface group-has-[+.key-split_.policy-form]:text-ink";

type Params = { params: Promise<{ id: string }> };
type Props = Params & { searchParams: Promise<{ rotate?: string | string[] }> };

/** Undefined: there is none, or this role sees none. */
const readKey = cache(async (id: string) => {
  const actor = await requireActor();
  return may(actor.role, "key.list") && id.length <= 40 ? getKey(actor, id) : undefined;
});

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await readKey((await params).id))?.label ?? "Key" };
}

export default async function KeyPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  if (!may(actor.role, "key.list")) return <NotForRole title="Key" role={actor.role} />;
  const { id } = await params;
  const key = await readKey(id);
  if (!key) notFound();
  const zone = await readerZone();
  const [perDay, holders, current, ending, cases, events, endpoints] = await Promise.all([
    issuedPerDay(actor, { zone, keyId: id }),
    listActiveByPerson(actor, id),
    listActiveByPerson(actor, id, { ofCurrentSecret: true }),
    readEnding(actor, id),
    newestCases(actor, { keyId: id }),
    listKeyHistory(actor, id),
    may(actor.role, "endpoint.manage") ? listGiving(actor, id) : [],
  ]);
  const fall = fallAmong(ending.fall, current);
  const rotating = may(actor.role, "key.rotate") && (await searchParams).rotate === "1";
  // Of this key alone: the page of another key comes as this one goes.
  const opener = `rotate-${id}`;
  const rotatedAt = justRotatedAt(key, now());
  const concerned = { keyId: id, holders: current, fall, at: epochSeconds(now()), use: ending.use };
  const savePeople =
    current.people.length > 0 ? <SavePeopleButton people={current.people} label={key.label} /> : undefined;
  const mayChange = may(actor.role, "key.change");
  const status = (size: "sm" | "md") =>
    may(actor.role, "key.set_status") ? (
      <KeyStatusDialog
        keyId={id}
        label={key.label}
        disabled={key.disabled}
        activeTokens={current.active}
        more={!current.all}
        endpoints={endpoints}
        fall={fall}
        profile={key.profile}
        size={size}
        action={setKeyStatusAction}
      >
        <Concerned brief {...concerned} />
        <div>{savePeople}</div>
      </KeyStatusDialog>
    ) : undefined;
  return (
    <>
      <header className="group mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-full flex-1 basis-96">
          <nav aria-label="Breadcrumb" className="text-caption text-faint print:hidden">
            <Link href="/keys" className="underline decoration-edge underline-offset-4">
              Keys
            </Link>{" "}
            / <bdi className="inline-block max-w-64 truncate align-bottom">{key.label}</bdi>
          </nav>
          <h1 className="text-balance font-semibold text-title tracking-tight [overflow-wrap:anywhere]">
            <bdi>{key.label}</bdi>
          </h1>
          <div className="mt-1 flex flex-wrap items-center gap-x-3.5 gap-y-1 text-small text-soft">
            <KeyBadge disabled={key.disabled} />
            <IdText value={key.apiKey} copyLabel="Copy API key" className="text-ink" />
            <span>
              added by <bdi>{key.createdByName}</bdi>, <Time epochSeconds={epochSeconds(key.createdAt)} mode="short" />
            </span>
          </div>
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          {may(actor.role, "token.issue") && !key.disabled ? (
            <ButtonLink
              href={`/issue?key=${id}`}
              variant={rotating ? "secondary" : "primary"}
              icon="issue"
              className={BESIDE_AN_EDITED_POLICY}
            >
              Issue with it
            </ButtonLink>
          ) : null}
          {may(actor.role, "key.rotate") && !rotating ? (
            <ButtonLink id={opener} href={`/keys/${id}?rotate=1#rotate`} replace>
              Rotate…
            </ButtonLink>
          ) : null}
          {status("md")}
          {may(actor.role, "key.remove") && key.issuedTokens === 0 ? (
            <RemoveKeyDialog keyId={id} label={key.label} action={removeKeyAction} />
          ) : null}
        </div>
      </header>
      <div className="key-split">
        <div className="flex min-w-0 flex-col gap-7">
          {rotating ? (
            <RotateSection
              {...{ keyId: id, apiKey: key.apiKey, label: key.label, disabled: key.disabled, profile: key.profile }}
              action={rotateKeyAction}
              people={savePeople}
              opener={opener}
            >
              <RotatePreview profile={key.profile} rotatedAt={rotatedAt && epochSeconds(rotatedAt)} {...concerned} />
            </RotateSection>
          ) : null}
          <PolicyPlace />
          <KeyUsage issued={key} perDay={perDay} />
          {cases.length > 0 ? (
            <Region label="Cases">
              <KeyCases cases={cases} />
            </Region>
          ) : null}
          {events.length > 0 ? (
            <section aria-labelledby="history" className="key-only-on-screen">
              <div className="mb-1.5 flex items-baseline justify-between gap-3">
                <h2 id="history" className="font-semibold text-small">
                  History
                </h2>
                <Link href={`/audit?key=${id}`} className="text-small underline decoration-edge underline-offset-4">
                  All events
                </Link>
              </div>
              <KeyEvents events={events} />
            </section>
          ) : null}
          <details className="key-respond">
            <summary>
              <Icon name="shield" />
              <span>
                <span className="font-semibold">Respond</span>
                <span className="text-soft"> if somebody else has its secret</span>
              </span>
              <Icon name="chevron" />
            </summary>
            <div>
              <Respond
                keyId={id}
                label={key.label}
                disabled={key.disabled}
                profile={key.profile}
                {...current}
                statusAction={status("sm")}
                last={<Note openCase={cases.find(({ acknowledged }) => acknowledged === null)?.number} />}
              />
              <div className="mt-6">
                <PrintButton />
              </div>
            </div>
          </details>
        </div>
        <aside aria-label="About this key" className="flex min-w-0 flex-col gap-6">
          <KeyPolicy
            item={{ id, label: key.label, policy: key.policy, profile: key.profile, templates: key.templates }}
            memberId={actor.id}
            facts={policyFacts(key)}
            actions={mayChange ? { change: changeKeyAction, preview: previewKeyChangeAction } : undefined}
          >
            <Elsewhere value={key} mayChange={mayChange} />
          </KeyPolicy>
          <KeyHolders keyId={id} vendor={profileOf(key.profile).name} {...{ holders, current }} />
        </aside>
      </div>
    </>
  );
}

/** Where it is kept what was done. */
function Note({ openCase }: { openCase: number | undefined }) {
  return (
    <Step title="Note what it was, and what was done">
      {openCase === undefined ? (
        "Disabling and enabling it take a note, which stays in its history and in the audit log."
      ) : (
        <>
          In{" "}
          <Link href={`/cases/${openCase}`} prefetch={false}>
            {caseName(openCase)}
          </Link>
          , where it is acknowledged with a note, which stays in the audit log.
        </>
      )}
    </Step>
  );
}

function Elsewhere({ value: { id, signsElsewhere }, mayChange }: { value: KeyView; mayChange: boolean }) {
  const consequence = {
    no: "A token that its secret signed and this desk did not issue is an alarm, and opens a case.",
    yes: "A token that its secret signed and this desk did not issue is a note, and opens no case.",
    unsaid:
      "Does something else sign with its secret, such as a backend of yours? Until it is said, such a token asks.",
  }[signsElsewhere ?? "unsaid"];
  return (
    <div className="key-elsewhere" data-unsaid={signsElsewhere === null || undefined}>
      <h3 className="flex justify-between gap-3 font-medium">
        Signs elsewhere <span className="font-normal">{signsElsewhere ?? "not said yet"}</span>
      </h3>
      <p className="mt-0.5 mb-2 text-soft">{consequence}</p>
      {mayChange ? (
        <SignsElsewhere keyId={id} value={signsElsewhere} action={changeKeyAction} />
      ) : signsElsewhere === null ? (
        <p className="text-soft">An admin can say.</p>
      ) : null}
    </div>
  );
}
