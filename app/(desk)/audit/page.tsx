import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuditSearch } from "@/components/audit/audit-search";
import { AuditTable } from "@/components/audit/audit-table";
import { ExportDialog } from "@/components/audit/export-dialog";
import { NewEvents } from "@/components/audit/new-events";
import { pillsOf } from "@/components/audit/pills";
import { SearchNote } from "@/components/audit/search-note";
import { NotForRole } from "@/components/shell/not-for-role";
import { Time } from "@/components/time/time";
import { RevokeDialog } from "@/components/token/revoke-dialog";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { AUDIT_PAGE_SIZE, auditFilterChoices, countChips, listEvents, nothing } from "@/lib/audit/list";
import { AuditFilters, askedFor, asksTooLong, auditAddress, isAddress } from "@/lib/audit/schema";
import { may } from "@/lib/auth/roles";
import { readerZone, requireActor } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { listFingerprints } from "@/lib/keys/fingerprints";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import type { RevocationScope } from "@/lib/tokens/schema";
import { countNewerAction, previewRevocationAction, revokeTokensAction } from "./actions";

export const metadata: Metadata = { title: "Audit" };

type Query = Record<string, string | string[] | undefined>;

/** What is shown, as far as it can be revoked as a whole: the unexpired tokens of one member, or of one room. */
function scopeOf(asked: Partial<AuditFilters>, me: string): RevocationScope | undefined {
  const { tokens: _, active: __, room, member, ...others } = asked;
  if (Object.keys(others).length > 0 || (room === undefined) === (member === undefined)) return undefined;
  if (room !== undefined) return { of: "room", room };
  return { of: "member", memberId: member === "me" || member === undefined ? me : member };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<Query> }) {
  const actor = await requireActor();
  if (!may(actor.role, "audit.read")) return <NotForRole title="Audit" role={actor.role} />;
  const query = await searchParams;
  const filters = AuditFilters.parse(query);
  if (Object.values(query).some((value) => value === "")) redirect(auditAddress(filters));
  const asked = askedFor(filters);
  const filtered = Object.keys(asked).length > 0;
  const zone = await readerZone();
  const tooLong = asksTooLong(query);
  const [page, choices, counts, fingerprints] = await Promise.all([
    // All of them would pass for the answer.
    tooLong ? nothing : listEvents(actor, { ...filters, zone }),
    auditFilterChoices(actor),
    countChips(actor, { ...asked, zone }),
    listFingerprints(actor),
  ]);
  const scope = tooLong ? undefined : scopeOf(asked, actor.id);
  const first = auditAddress(asked);
  const mayIssue = may(actor.role, "token.issue");
  const whose = pillsOf({ member: asked.member, room: asked.room }, choices).map(({ label }) => label);
  const what = [...(filters.q ? [`“${filters.q}”`] : []), ...pillsOf(asked, choices).map(({ label }) => label)];
  const newest = page.previous === undefined ? page.events[0]?.sequence : undefined;
  return (
    <>
      <Announcer />
      <PageHeader
        title="Audit"
        lede="Who did what, to what, from where. Nothing here can be changed or deleted."
        actions={
          <>
            {scope && may(actor.role, "token.revoke") ? (
              <RevokeDialog
                key={JSON.stringify(scope)}
                scope={scope}
                what={
                  "memberId" in scope && scope.memberId === actor.id
                    ? "all your unexpired tokens"
                    : `all unexpired tokens of ${whose.join(", ")}`
                }
                actions={{ preview: previewRevocationAction, revoke: revokeTokensAction }}
              />
            ) : null}
            {may(actor.role, "audit.export") && !tooLong ? (
              <ExportDialog filters={asked} what={what} zone={zone} />
            ) : null}
          </>
        }
      />
      {/* Its rows of today say the hour alone. */}
      <p className="hidden print:block">
        As of <Time epochSeconds={wholeEpochSeconds(now())} />
      </p>
      <AuditSearch filters={asked} choices={choices} counts={counts} fingerprints={fingerprints} tooLong={tooLong} />
      <SearchNote page={page} filters={asked} />
      {page.previous === undefined && !tooLong ? (
        <NewEvents
          key={first}
          newest={newest ?? 0}
          most={AUDIT_PAGE_SIZE}
          count={countNewerAction.bind(null, { ...asked, zone })}
          first={first}
        />
      ) : null}
      <AuditTable
        events={page.events}
        again={mayIssue ? "on hover" : "no"}
        empty={
          tooLong ? (
            <EmptyState
              icon="decode"
              title="Nothing was looked for"
              action={<ButtonLink href="/audit">Show all events</ButtonLink>}
            >
              A part of it can be.
            </EmptyState>
          ) : page.lookedTo !== undefined ? (
            <EmptyState icon="decode" title="Nothing yet">
              Nothing of what was looked through so far. Older events may have it.
            </EmptyState>
          ) : filtered || filters.before || filters.after ? (
            <EmptyState
              icon="filter"
              title="Nothing matches"
              action={<ButtonLink href="/audit">Show all events</ButtonLink>}
            >
              {isAddress(filters.q) && Object.keys(asked).length === 1
                ? "No event has it in its words."
                : "No event has all that is asked for."}
            </EmptyState>
          ) : (
            <EmptyState icon="audit" title="Nothing has happened yet">
              Every sign-in, key and token will appear here.
            </EmptyState>
          )
        }
      />
      <nav aria-label="Pages" className="mt-3 print:hidden flex flex-wrap items-center justify-end gap-2 text-small">
        {page.events.length === 0 ? null : (
          <p className="mr-auto text-faint max-md:hidden">
            <kbd>J</kbd> <kbd>K</kbd> move · <kbd>↵</kbd> open ·{" "}
            {mayIssue ? (
              <>
                <kbd>I</kbd> issue again ·{" "}
              </>
            ) : null}
            <kbd>/</kbd> search
          </p>
        )}
        {page.previous === undefined ? null : (
          <>
            <ButtonLink href={first} size="sm" variant="ghost">
              Newest
            </ButtonLink>
            <ButtonLink href={auditAddress({ ...asked, after: page.previous })} size="sm" rel="prev">
              Newer
            </ButtonLink>
          </>
        )}
        {page.next === undefined ? null : (
          <ButtonLink href={auditAddress({ ...asked, before: page.next })} size="sm" rel="next">
            Older
          </ButtonLink>
        )}
      </nav>
    </>
  );
}
