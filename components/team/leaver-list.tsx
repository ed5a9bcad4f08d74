/** What somebody leaves behind when they are disabled: what becomes of each, and what is to be done. */
import Link from "next/link";
import type { ReactNode } from "react";
import { digitsAtMost } from "@/lib/count-at-most";
import { profileOf } from "@/lib/profiles/registry";
import type { Leaving } from "@/lib/team/preview-leaving";
import { emailsOf } from "./emails-of";

const linked = "text-ink underline decoration-edge underline-offset-4";

export function LeaverList({
  leaving: { id, activeTokens, leaves },
  isSelf,
}: {
  leaving: Leaving;
  /** Whether it is they who read it. */
  isSelf: boolean;
}) {
  const { keys, invitations, handovers, proposals, programs, resetLinks, hasResetLink } = leaves;
  const who = isSelf ? "you" : "they";
  const theirs = isSelf ? "yours" : "theirs";
  return (
    <ul className="flex list-disc flex-col gap-1.5 pl-4.5">
      {keys.map((key) => (
        <Left
          key={key.id}
          title={
            <>
              The secret of “<bdi>{key.label}</bdi>”: {who} entered it, and may know it.
            </>
          }
        >
          Regenerate it in {profileOf(key.profile).words.dashboard}.{" "}
          <Link href={`/keys/${key.id}`} prefetch={false} className={linked}>
            Its page
          </Link>
        </Left>
      ))}
      {activeTokens > 0 ? (
        <Left
          title={
            activeTokens === 1
              ? `1 active token of ${theirs}.`
              : `${digitsAtMost(activeTokens)} active tokens of ${theirs}.`
          }
        >
          {activeTokens === 1 ? "It goes on working until it expires" : "They go on working until they expire"}, or the
          secret that signed {activeTokens === 1 ? "it" : "them"} is regenerated.{" "}
          <Link href={`/audit?tokens=1&active=1&member=${id}`} prefetch={false} className={linked}>
            See which
          </Link>
        </Left>
      ) : null}
      {invitations.length > 0 ? (
        <Left title={`${invitations.length === 1 ? "An invitation" : "Invitations"} that ${who} made.`}>
          Withdrawn with it: <bdi>{emailsOf(invitations)}</bdi>.{" "}
          {isSelf ? "Another admin can invite them." : "Invite them yourself."}
        </Left>
      ) : null}
      {handovers > 0 ? (
        <Left
          title={
            handovers === 1
              ? `A link to a token that ${who} made, and nobody has opened.`
              : `${handovers} links to tokens that ${who} made, and nobody has opened.`
          }
        >
          Withdrawn with it; the {handovers === 1 ? "token is" : "tokens are"} among {theirs} above.
        </Left>
      ) : null}
      {proposals.length > 0 ? (
        <Left title={`${proposals.length === 1 ? "A template" : "Templates"} that ${who} proposed.`}>
          {proposals.length === 1 ? "It stays" : "They stay"} until an admin answers:{" "}
          {proposals.map(({ id: templateId, name }, index) => (
            <span key={templateId}>
              {index > 0 ? ", " : null}
              <Link href={`/templates/${templateId}`} prefetch={false} className={linked}>
                <bdi>{name}</bdi>
              </Link>
            </span>
          ))}
          .
        </Left>
      ) : null}
      {programs.length > 0 ? (
        <Left title={`${programs.length === 1 ? "A program's way in" : "Programs' ways in"} that ${who} answer for.`}>
          {programs.length === 1 ? "It" : "Each"} stands still until another admin takes it over:{" "}
          <ProgramLinks programs={programs} />.
        </Left>
      ) : null}
      {resetLinks > 0 ? (
        <Left
          title={
            resetLinks === 1
              ? `A reset link that ${who} made for somebody.`
              : `${resetLinks} reset links that ${who} made for others.`
          }
        >
          {resetLinks === 1 ? "It opens" : "They open"} no more.
        </Left>
      ) : null}
      {hasResetLink ? (
        <Left title={`A reset link that was made for ${isSelf ? "you" : "them"}.`}>It opens no more.</Left>
      ) : null}
    </ul>
  );
}

/** Each leads to where another admin takes it over. */
export function ProgramLinks({ programs }: { programs: Leaving["leaves"]["programs"] }) {
  return programs.map(({ kind, id, name }, index) => (
    <span key={id}>
      {index > 0 ? ", " : null}
      <Link href={kind === "endpoint" ? `/endpoints/${id}` : "/credentials"} prefetch={false} className={linked}>
        {kind} <bdi>{name}</bdi>
      </Link>
    </span>
  ));
}

export const leavesNothing = ({
  activeTokens,
  leaves: { keys, invitations, handovers, proposals, programs, resetLinks, hasResetLink },
}: Leaving): boolean =>
  activeTokens + keys.length + invitations.length + handovers + proposals.length + programs.length + resetLinks === 0 &&
  !hasResetLink;

function Left({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <li className="[overflow-wrap:anywhere]">
      <strong className="font-medium text-ink">{title}</strong> {children}
    </li>
  );
}
