import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { PrintButton } from "@/components/cases/print-button";
import { Respond, Step } from "@/components/cases/respond";
import { KeyCases } from "@/components/keys/key-cases";
import { KeyEvents } from "@/components/keys/key-events";
import { type KeyFact, KeyPolicy } from "@/components/keys/key-policy";
import { KeyStatusDialog } from "@/components/keys/key-status-dialog";
import { KeyBadge } from "@/components/keys/key-table";
import { SignsElsewhere } from "@/components/keys/signs-elsewhere";
import { Time } from "@/components/time/time";
import { BarList } from "@/components/ui/bar-list";
import { ButtonLink } from "@/components/ui/button-link";
import { DayChart } from "@/components/ui/day-chart";
import { Icon } from "@/components/ui/icon";
import { IdText } from "@/components/ui/id-text";
import { Region } from "@/components/ui/region";
import { may } from "@/lib/auth/roles";
import { readerZone, requireActor } from "@/lib/auth/session";
import { listCases } from "@/lib/cases/list";
import { limitsInWords } from "@/lib/composer/locks";
import { type ActiveByPerson, listActiveByPerson } from "@/lib/keys/active-by-person";
import { getKey, type KeyView } from "@/lib/keys/get";
import { listKeyHistory } from "@/lib/keys/history";
import { type IssuedDay, issuedPerDay } from "@/lib/keys/issued-per-day";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { formatSpan } from "@/lib/text/span";
import { changeKeyAction, setKeyStatusAction } from "../actions";

type Params = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Key" };

const seconds = (at: Date) => at.getTime() / 1000;

export default async function KeyPage({ params }: Params) {
  const actor = await requireActor();
  const { id } = await params;
  const key = id.length <= 40 ? await getKey(actor, id) : undefined;
  if (!key) notFound();
  const zone = await readerZone();
  const [perDay, holders, cases, events] = await Promise.all([
    issuedPerDay(actor, { zone, keyId: id }),
    listActiveByPerson(actor, id),
    listCases(actor, { keyId: id }),
    listKeyHistory(actor, id),
  ]);
  const mayChange = may(actor.role, "key.change");
  const status = (size: "sm" | "md") =>
    may(actor.role, "key.set_status") ? (
      <KeyStatusDialog
        keyId={id}
        label={key.label}
        disabled={key.disabled}
        activeTokens={holders.active}
        profile={key.profile}
        size={size}
        action={setKeyStatusAction}
      />
    ) : undefined;
  return (
    <>
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
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
              added by <bdi>{key.createdByName}</bdi>, <Time epochSeconds={seconds(key.createdAt)} mode="short" />
            </span>
          </div>
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          {may(actor.role, "token.issue") && !key.disabled ? (
            <ButtonLink href={`/issue?key=${id}`} variant="primary" icon="issue">
              Issue with it
            </ButtonLink>
          ) : null}
          {status("md")}
        </div>
      </header>
      <div className="key-split">
        <div className="flex min-w-0 flex-col gap-7">
          <Usage issued={key} perDay={perDay} />
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
                {...holders}
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
            keyId={id}
            label={key.label}
            maxLifetime={key.policy.maxTtlSeconds === null ? "" : formatSpan(key.policy.maxTtlSeconds)}
            facts={factsOf(key)}
            change={mayChange ? changeKeyAction : undefined}
          >
            <Elsewhere value={key} mayChange={mayChange} />
          </KeyPolicy>
          <Holders keyId={id} holders={holders} />
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
          <Link href={`/cases/${openCase}`} prefetch={false}>
            Case {groupDigits(openCase)}
          </Link>{" "}
          is acknowledged with a note, which stays in the audit log.
        </>
      )}
    </Step>
  );
}

function Usage({ issued, perDay }: { issued: KeyView; perDay: readonly IssuedDay[] }) {
  const { id, label, lastIssuedAt } = issued;
  const days = perDay.map(({ day, tokens }) => ({ day, counts: [tokens.get(id) ?? 0] }));
  const total = days.reduce((sum, { counts: [count = 0] }) => sum + count, 0);
  const [from, to] = [days[0]?.day, days.at(-1)?.day];
  const hrefOn = (day: string) => `/audit?tokens=1&key=${id}&from=${day}&to=${day}`;
  return (
    <section aria-labelledby="per-day" className="key-only-on-screen">
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id="per-day" className="font-semibold text-small">
          Issued per day
        </h2>
        <p className="text-faint text-small">
          90 days,{" "}
          <Link href={`/audit?tokens=1&key=${id}&from=${from}&to=${to}`} prefetch={false}>
            {total === 1 ? "1 token" : `${groupDigits(total)} tokens`}
          </Link>
          {lastIssuedAt ? (
            <>
              , the last <Time epochSeconds={seconds(lastIssuedAt)} mode="relative" />
            </>
          ) : null}
        </p>
      </div>
      <DayChart
        label="Tokens issued per day"
        days={days}
        series={[{ name: `with ${label}`, tone: 1, hrefOn }]}
        hrefOn={hrefOn}
      />
    </section>
  );
}

function Holders({ keyId, holders: { people, active } }: { keyId: string; holders: ActiveByPerson }) {
  const all = `/audit?tokens=1&active=1&key=${keyId}`;
  return (
    <section aria-labelledby="holders" className="key-only-on-screen">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 id="holders" className="font-semibold text-small">
          Active by person
        </h2>
        {active > 0 ? (
          <Link href={all} className="text-small underline decoration-edge underline-offset-4">
            All {groupDigits(active)}
          </Link>
        ) : null}
      </div>
      <BarList
        empty="No token of it is active."
        bars={people.slice(0, 6).map(({ actorId, name, active: count }) => ({
          ...{ id: actorId ?? "system", name, count, tone: 1 as const },
          href: actorId === null ? all : `${all}&member=${actorId}`,
        }))}
      />
    </section>
  );
}

function factsOf({ policy, profile, secret }: KeyView): KeyFact[] {
  const { maxTtlSeconds, defaultTtlSeconds } = policy;
  const vendor = profileOf(profile);
  const others = limitsInWords(vendor, policy).filter(({ kind }) => kind !== "time");
  const forIssuers = policy.issuer ? limitsInWords(vendor, policy.issuer) : [];
  return [
    { term: "Max lifetime", detail: maxTtlSeconds === null ? "no limit" : formatSpan(maxTtlSeconds) },
    ...(defaultTtlSeconds === null ? [] : [{ term: "If not given", detail: formatSpan(defaultTtlSeconds) }]),
    { term: "May be issued", detail: others.map(({ words }) => words).join(", ") || `all that ${vendor.name} has` },
    ...(forIssuers.length > 0 ? [{ term: "By issuers", detail: forIssuers.map(({ words }) => words).join(", ") }] : []),
    {
      term: "Secret",
      detail: secret ? (
        <>
          <code title="The first digits of its SHA-256">{secret.fingerprint}</code>, since{" "}
          <Time epochSeconds={seconds(secret.since)} mode="short" />
        </>
      ) : (
        "none"
      ),
    },
  ];
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
