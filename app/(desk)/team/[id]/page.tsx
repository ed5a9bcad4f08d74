import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { BriefEvents } from "@/components/audit/brief-events";
import { NotForRole } from "@/components/shell/not-for-role";
import { LastSeen } from "@/components/team/last-seen";
import { ProgramLinks } from "@/components/team/leaver-list";
import { MemberStatusDialog } from "@/components/team/member-status-dialog";
import { ResetLinkDialog } from "@/components/team/reset-link-dialog";
import { RoleSelect } from "@/components/team/role-select";
import { Time } from "@/components/time/time";
import { RevokeDialog } from "@/components/token/revoke-dialog";
import { Announcer } from "@/components/ui/announcer";
import { Badge } from "@/components/ui/badge";
import { BarList } from "@/components/ui/bar-list";
import { DefinitionList } from "@/components/ui/definition-list";
import { IdText } from "@/components/ui/id-text";
import { Region } from "@/components/ui/region";
import { ownerGone } from "@/lib/auth/owner";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { digitsAtMost } from "@/lib/count-at-most";
import { listMemberHistory } from "@/lib/team/history";
import { getMember } from "@/lib/team/list";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { groupDigits } from "@/lib/text/group-digits";
import { previewRevocationAction, revokeTokensAction } from "../../audit/actions";
import {
  changeRoleAction,
  makeResetLinkAction,
  previewLeavingAction,
  readLinkStateAction,
  setMemberStatusAction,
} from "../actions";

type Params = { params: Promise<{ id: string }> };

/** Undefined: there is none, or this role sees none. */
const readMember = cache(async (id: string) => {
  const actor = await requireActor();
  return may(actor.role, "team.manage") && id.length <= 40 ? getMember(actor, id) : undefined;
});

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await readMember((await params).id))?.name ?? "Member" };
}

const MOST_KEYS = 6;

const linked = "underline decoration-edge underline-offset-4";

export default async function MemberPage({ params }: Params) {
  const actor = await requireActor();
  if (!may(actor.role, "team.manage")) return <NotForRole title="Member" role={actor.role} />;
  const { id } = await params;
  const member = await readMember(id);
  if (!member) notFound();
  const { did, doneTo } = await listMemberHistory(actor, id);
  const { name, email, role, disabledAt, createdAt, lastSeenAt, issuedTokens, activeTokens, leaves } = member;
  const active = `/audit?tokens=1&active=1&member=${id}`;
  const isSelf = id === actor.id;
  return (
    <>
      <Announcer />
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-full flex-1 basis-96">
          <nav aria-label="Breadcrumb" className="text-caption text-faint print:hidden">
            <Link href="/team" className={linked}>
              Team
            </Link>{" "}
            / <bdi className="inline-block max-w-64 truncate align-bottom">{name}</bdi>
          </nav>
          <h1 className="text-balance font-semibold text-title tracking-tight [overflow-wrap:anywhere]">
            <bdi>{name}</bdi>
          </h1>
          <div className="mt-1 flex flex-wrap items-center gap-x-3.5 gap-y-1 text-small text-soft">
            {disabledAt ? <Badge>disabled</Badge> : <Badge tone="ok">active</Badge>}
            <IdText value={email} copyLabel="Copy email" className="text-ink" />
            {isSelf ? <span>you</span> : null}
          </div>
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          {disabledAt || isSelf ? null : (
            <ResetLinkDialog memberId={id} name={name} action={makeResetLinkAction} readState={readLinkStateAction} />
          )}
          {activeTokens > 0 ? (
            <RevokeDialog
              scope={{ of: "member", memberId: id }}
              what={isSelf ? "all your unexpired tokens" : `all unexpired tokens of ${name}`}
              actions={{ preview: previewRevocationAction, revoke: revokeTokensAction }}
            />
          ) : null}
          <MemberStatusDialog
            member={member}
            isSelf={isSelf}
            size="md"
            action={setMemberStatusAction}
            preview={previewLeavingAction}
          />
        </div>
      </header>
      <div className="key-split">
        <aside aria-label="About this member" className="order-last flex min-w-0 flex-col gap-6 max-[60rem]:order-none">
          <DefinitionList
            className="text-small [&>:first-child]:pt-0"
            items={[
              {
                term: "Role",
                detail: disabledAt ? (
                  role
                ) : (
                  <RoleSelect
                    member={member}
                    isSelf={isSelf}
                    action={changeRoleAction}
                    preview={previewLeavingAction}
                  />
                ),
              },
              { term: "Last seen", detail: <LastSeen at={lastSeenAt} here={disabledAt === null} /> },
              { term: "Joined", detail: <Time epochSeconds={epochSeconds(createdAt)} mode="short" /> },
              ...(disabledAt
                ? [{ term: "Disabled", detail: <Time epochSeconds={epochSeconds(disabledAt)} mode="short" /> }]
                : []),
              {
                term: "Tokens issued",
                detail: <Count href={`/audit?tokens=1&member=${id}`} digits={groupDigits(issuedTokens)} />,
              },
              {
                term: "Not expired",
                detail: <Count href={active} digits={digitsAtMost(activeTokens)} />,
              },
            ]}
          />
          <Region label="Not expired, by key">
            <BarList
              empty="There is no such token."
              more={Math.max(0, leaves.active.length - MOST_KEYS)}
              bars={leaves.active.slice(0, MOST_KEYS).map(({ keyId, label, active: count }) => ({
                ...{ id: keyId, name: label, count, tone: 1 as const },
                href: `${active}&key=${keyId}`,
              }))}
            />
          </Region>
          <Region label="Secrets that they entered">
            {leaves.keys.length === 0 ? (
              <p className="text-faint text-small">None that is in use.</p>
            ) : (
              <>
                <ul className="flex flex-col gap-1 text-small">
                  {leaves.keys.map(({ id: keyId, label }) => (
                    <li key={keyId} className="[overflow-wrap:anywhere]">
                      <Link href={`/keys/${keyId}`} className={linked}>
                        <bdi>{label}</bdi>
                      </Link>
                    </li>
                  ))}
                </ul>
                <p className="mt-1.5 text-caption text-faint">They may know them.</p>
              </>
            )}
          </Region>
          {leaves.programs.length > 0 ? (
            <Region label="Programs that they answer for">
              <p className="text-small [overflow-wrap:anywhere]">
                <ProgramLinks programs={leaves.programs} />
              </p>
              {ownerGone(member) ? (
                <p className="mt-1.5 text-caption text-warn">
                  {leaves.programs.length === 1 ? "It" : "Each"} stands still until another admin takes it over.
                </p>
              ) : null}
            </Region>
          ) : null}
        </aside>
        <div className="flex min-w-0 flex-col gap-7">
          <section aria-labelledby="did">
            <div className="mb-1.5 flex items-baseline justify-between gap-3">
              <h2 id="did" className="font-semibold text-small">
                What they did
              </h2>
              <Link href={`/audit?member=${id}`} className={`text-small ${linked}`}>
                All they did
              </Link>
            </div>
            <BriefEvents events={did} empty="Nothing so far." />
          </section>
          <section aria-labelledby="done-to">
            <div className="mb-1.5 flex items-baseline justify-between gap-3">
              <h2 id="done-to" className="font-semibold text-small">
                What was done to them
              </h2>
              <Link href={`/audit?q=${id}`} className={`text-small ${linked}`}>
                All done to them
              </Link>
            </div>
            <BriefEvents events={doneTo} named empty="Nothing so far." />
          </section>
        </div>
      </div>
    </>
  );
}

/** Of none there is nothing to see. */
function Count({ href, digits }: { href: string; digits: string }) {
  if (digits === "0") return <span className="text-faint">0</span>;
  return (
    <Link href={href} className={linked}>
      {digits}
    </Link>
  );
}
