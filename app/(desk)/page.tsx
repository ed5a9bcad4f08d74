import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuditTable } from "@/components/audit/audit-table";
import { AttentionList } from "@/components/overview/attention-list";
import { FirstSteps } from "@/components/overview/first-steps";
import { IssuedChart, toneOf } from "@/components/overview/issued-chart";
import { BarList } from "@/components/ui/bar-list";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { Region } from "@/components/ui/region";
import type { Member } from "@/lib/auth/actor";
import { may } from "@/lib/auth/roles";
import { readerZone, requireActor } from "@/lib/auth/session";
import { digitsAtMost } from "@/lib/count-at-most";
import { issuedPerDay } from "@/lib/keys/issued-per-day";
import { groupDigits } from "@/lib/text/group-digits";
import { type Attention, listAttention } from "@/lib/tokens/attention";
import { busiestKeys } from "@/lib/tokens/busiest";
import { type EndingId, type Overview, readOverview } from "@/lib/tokens/overview";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const actor = await requireActor();
  // Where there is nothing to look over, one begins with what one is here for.
  if (!may(actor.role, "audit.read")) redirect("/decode");
  const zone = await readerZone();
  const [overview, attention, perDay] = await Promise.all([
    readOverview(actor),
    listAttention(actor),
    issuedPerDay(actor, { zone }),
  ]);
  const mayIssue = may(actor.role, "token.issue");
  const today = perDay.at(-1);
  const issuedToday = [...(today?.tokens.values() ?? [])].reduce((sum, count) => sum + count, 0);
  if (overview.issued === 0) return <NewDesk actor={actor} keys={overview.keys.length} attention={attention} />;
  return (
    <>
      <PageHeader
        title="Overview"
        lede={
          <span className="lede-counts">
            <Link href="/audit?tokens=1&active=1">
              <b>{digitsAtMost(overview.active)}</b> {overview.active === 1 ? "token" : "tokens"} not expired
            </Link>{" "}
            ·{" "}
            <Link href="/audit?tokens=1&active=1&ends=24h">
              <b>{digitsAtMost(overview.endWithinDay)}</b> {overview.endWithinDay === 1 ? "ends" : "end"} within 24 h
            </Link>{" "}
            ·{" "}
            <Link href={`/audit?tokens=1&from=${today?.day}&to=${today?.day}`}>
              <b>{groupDigits(issuedToday)}</b> issued today
            </Link>
          </span>
        }
        actions={
          mayIssue ? (
            <ButtonLink href="/issue" variant="primary" icon="issue" className="print:hidden">
              Issue a token
            </ButtonLink>
          ) : undefined
        }
      />
      <div className="flex flex-col gap-7">
        <NeedsAttention items={attention} mayAnswer={may(actor.role, "key.change")} />
        <Charts overview={overview} perDay={busiestKeys(perDay)} />
        <section aria-labelledby="latest">
          <div className="mb-1 flex items-baseline justify-between gap-4">
            <h2 id="latest" className="font-semibold text-small">
              Latest tokens
            </h2>
            <Link href="/audit?tokens=1" className="text-small underline decoration-edge underline-offset-4">
              All {groupDigits(overview.issued)}
            </Link>
          </div>
          <AuditTable events={overview.latest} label="Latest tokens" again={mayIssue ? "beside" : "no"} empty={null} />
        </section>
      </div>
    </>
  );
}

function NeedsAttention({ items, mayAnswer }: { items: readonly Attention[]; mayAnswer: boolean }) {
  return (
    <section aria-labelledby="attention">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id="attention" className="font-semibold text-small">
          Needs attention{" "}
          {items.length > 0 ? <span className="font-normal text-faint">{groupDigits(items.length)}</span> : null}
        </h2>
        <Link href="/cases" prefetch={false} className="text-small underline decoration-edge underline-offset-4">
          All cases
        </Link>
      </div>
      <AttentionList items={items} mayAnswer={mayAnswer} />
    </section>
  );
}

const endingWords: Record<EndingId, string> = {
  "1h": "within 1 h",
  "1h-24h": "1 to 24 h",
  "24h-7d": "1 to 7 days",
  "7d-": "later",
};

const MOST_KEYS = 6;

function Charts({ overview, perDay }: { overview: Overview; perDay: ReturnType<typeof busiestKeys> }) {
  const labels = new Map(overview.keys.map(({ id, label }) => [id, label]));
  const activeKeys = overview.keys.filter(({ active }) => active > 0);
  const tones = new Map(perDay.keys.map(({ id }, index) => [id, toneOf(index)]));
  return (
    <>
      <IssuedChart
        id="per-day"
        {...perDay}
        keys={perDay.keys.map((key) => ({ ...key, label: labels.get(key.id) ?? "A key that is gone" }))}
      />
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-3">
        <Region label="Not expired, by key">
          <BarList
            empty="There is no such token."
            more={Math.max(0, activeKeys.length - MOST_KEYS)}
            bars={activeKeys.slice(0, MOST_KEYS).map(({ id, label, disabled, active }) => ({
              ...{ id, name: label, note: disabled ? "disabled" : undefined, count: active },
              ...{ href: `/audit?tokens=1&active=1&key=${id}`, tone: tones.get(id) ?? 5 },
            }))}
          />
        </Region>
        <Region label="Not expired, by person or program">
          <BarList
            empty="There is no such token."
            more={overview.morePeople}
            bars={overview.people.map(({ id, name, active }) => ({
              ...{ id: id ?? "system", name, count: active },
              href: id === null ? "/audit?tokens=1&active=1" : `/audit?tokens=1&active=1&member=${id}`,
            }))}
          />
        </Region>
        <Region label="When they end">
          <BarList
            empty="There is no such token."
            bars={overview.endings.map(({ id, active }) => ({
              ...{ id, name: endingWords[id], count: active },
              href: `/audit?tokens=1&active=1&ends=${id}`,
            }))}
          />
        </Region>
      </div>
    </>
  );
}

/** Until the first token. */
function NewDesk({ actor, keys, attention }: { actor: Member; keys: number; attention: readonly Attention[] }) {
  const mayAdd = may(actor.role, "key.create");
  const mayIssue = may(actor.role, "token.issue");
  return (
    <>
      <PageHeader title="Overview" lede="Three steps, and the desk is at work." />
      <div className="flex max-w-[46rem] flex-col gap-7">
        {attention.length > 0 ? <NeedsAttention items={attention} mayAnswer={may(actor.role, "key.change")} /> : null}
        <FirstSteps
          steps={[
            {
              title: "Add a key",
              text: mayAdd
                ? "The API key and the secret of your VideoSDK dashboard. The secret is sealed, and never shown again."
                : "An admin adds the API key and the secret of your VideoSDK dashboard.",
              done: keys > 0,
              act: mayAdd ? { label: "Add a key", href: "/keys" } : undefined,
            },
            {
              title: "Issue a token",
              text: mayIssue
                ? "Choose a template, say what it is for, and copy it. It is recorded before you see it."
                : "An admin or an issuer does that. You will find the record here.",
              done: false,
              act: mayIssue && keys > 0 ? { label: "Issue a token", href: "/issue" } : undefined,
            },
            {
              title: "Decode it",
              text: "Paste any token and read what it allows, until when, and who issued it.",
              done: false,
              act: { label: "Decode a token", href: "/decode" },
            },
          ]}
        />
      </div>
    </>
  );
}
