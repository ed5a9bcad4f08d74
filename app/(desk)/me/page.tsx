import type { Metadata } from "next";
import Link from "next/link";
import { HandoverTable } from "@/components/me/handover-table";
import { NameForm } from "@/components/me/name-form";
import { PasswordForm } from "@/components/me/password-form";
import { SessionTable } from "@/components/me/session-table";
import { Announcer } from "@/components/ui/announcer";
import { deviceInWords } from "@/components/ui/device-words";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { Region } from "@/components/ui/region";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { digitsAtMost } from "@/lib/count-at-most";
import { listOwnHandovers } from "@/lib/handover/list";
import { countOwnTokens } from "@/lib/me/count-tokens";
import { listOwnSessions } from "@/lib/me/list-sessions";
import { PAGE_SIZE } from "@/lib/page-of";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { groupDigits } from "@/lib/text/group-digits";
import {
  changeNameAction,
  changePasswordAction,
  endOtherSessionsAction,
  endSessionAction,
  withdrawOwnHandoverAction,
} from "./actions";

export const metadata: Metadata = { title: "Me" };

/** Of more sessions the others are shown when asked for: name and password stand below them. */
const SHOWN = 4;

export default async function MePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const actor = await requireActor();
  const asked = await searchParams;
  const [sessions, tokens, handovers] = await Promise.all([
    listOwnSessions(actor, asked),
    may(actor.role, "audit.read") ? countOwnTokens(actor) : undefined,
    may(actor.role, "token.hand_over") ? listOwnHandovers(actor) : [],
  ]);
  // One alone would take no more room than the line that leads to it.
  const folded = asked.page === undefined && sessions.total > SHOWN + 1;
  return (
    <>
      <PageHeader
        title="Me"
        lede={
          <>
            <bdi>{actor.email}</bdi>, {actor.role}.{actor.role === "admin" ? null : " An admin can change your role."}
          </>
        }
      />
      <Announcer />
      <div className="flex flex-col gap-8">
        {tokens ? (
          <Region label="Issued by you">
            <p>
              <Linked to={tokens.issued > 0 && "/audit?tokens=1&member=me"}>
                {groupDigits(tokens.issued)} {tokens.issued === 1 ? "token" : "tokens"}
              </Linked>
              , of which{" "}
              <Linked to={tokens.active > 0 && "/audit?tokens=1&active=1&member=me"}>
                {digitsAtMost(tokens.active)} not expired
              </Linked>
              . <Linked to="/audit?member=me">Everything you did</Linked>
            </p>
          </Region>
        ) : null}
        {handovers.length > 0 ? (
          <Region label="Handed over by you">
            <HandoverTable handovers={handovers} withdrawAction={withdrawOwnHandoverAction} />
          </Region>
        ) : null}
        <Region label="Where you are signed in">
          <SessionTable
            sessions={sessions.rows
              .slice(0, folded ? SHOWN : undefined)
              .map(({ userAgent, startedAt, lastSeenAt, ...session }) => ({
                ...session,
                device: deviceInWords(userAgent),
                startedAt: epochSeconds(startedAt),
                lastSeenAt: epochSeconds(lastSeenAt),
              }))}
            total={sessions.total}
            endAction={endSessionAction}
            endOthersAction={endOtherSessionsAction}
          >
            {folded ? (
              <p className="mt-2 text-small">
                The {SHOWN} used last are shown.{" "}
                <Link href="/me?page=1" scroll={false} prefetch={false} className="underline underline-offset-4">
                  Show all {groupDigits(sessions.total)}
                </Link>
              </p>
            ) : (
              <PageLinks label="Sessions" {...sessions} size={PAGE_SIZE} hrefOf={(page) => `/me?page=${page}`} />
            )}
          </SessionTable>
        </Region>
        <div className="grid gap-8 lg:grid-cols-2">
          <Region label="Your name">
            <NameForm name={actor.name} action={changeNameAction} />
          </Region>
          <Region label="Your password">
            <PasswordForm email={actor.email} action={changePasswordAction} />
          </Region>
        </div>
      </div>
    </>
  );
}

/** @param props `to`: false: there is nothing to see there */
function Linked({ to, children }: { to: string | false; children: React.ReactNode }) {
  if (to === false) return children;
  return (
    <Link href={to} prefetch={false} className="underline decoration-edge underline-offset-4">
      {children}
    </Link>
  );
}
