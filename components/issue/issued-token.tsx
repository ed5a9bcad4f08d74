"use client";
/** A token that was just issued, shown once: the ticket, the token with the one button that matters, and what comes next. Knows when it was taken away, by whatever means. */
import { type ReactNode, useEffect, useRef } from "react";
import type { HandOverActions } from "@/components/into/hand-over-panel";
import { PutInto } from "@/components/into/put-into";
import { Time } from "@/components/time/time";
import { handToken } from "@/components/token/handoff";
import { Ticket } from "@/components/token/ticket";
import { TicketSentence } from "@/components/token/ticket-sentence";
import { TokenText } from "@/components/token/token-text";
import { useCopiedByHand } from "@/components/token/use-copied-by-hand";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { useOpenPage } from "@/components/ui/use-open-page";
import { profileOf } from "@/lib/profiles/registry";
import { formatSpan } from "@/lib/text/span";
import type { IssuedTokenResult } from "@/lib/tokens/issued";

const TEXT_ID = "issued-token-text";

export function IssuedToken({
  issued,
  handOver,
  copiedAt,
  onTaken,
  children,
}: {
  issued: IssuedTokenResult;
  handOver: HandOverActions;
  /** Seconds since 1970; undefined: it is nowhere else yet. */
  copiedAt: number | undefined;
  onTaken: () => void;
  /** What one does next. */
  children: ReactNode;
}) {
  const { token, number, claims, keyLabel, purpose } = issued;
  const profile = profileOf(issued.profile);
  const heading = useRef<HTMLHeadingElement>(null);
  const { open, pending, problem } = useOpenPage();
  useCopiedByHand(token, onTaken);
  const [iat, exp] = [Number(claims.iat), Number(claims.exp)];
  const from = typeof claims.nbf === "number" ? claims.nbf : iat;

  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);

  return (
    <section aria-label="Issued token" className="issued-token">
      <Ticket number={number} from={from} until={exp} note={`${formatSpan(exp - from)} in all`}>
        <h1
          ref={heading}
          tabIndex={-1}
          className="mb-1 flex items-start gap-1.5 font-medium text-ok text-small outline-none"
        >
          <Icon name="check-circle" size={14} className="mt-[3px]" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            Issued and recorded, with <bdi>{keyLabel}</bdi>
          </span>
        </h1>
        <TicketSentence parts={profile.describe(claims, { now: iat })} until={exp} />
        {purpose ? (
          <p className="mt-1.5 text-small text-soft [overflow-wrap:anywhere]">
            For: <bdi>{purpose}</bdi>
          </p>
        ) : null}
      </Ticket>
      <div className="issued-card">
        <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
          <CopyButton
            variant="primary"
            label="Copy token"
            shortcut="Ctrl C"
            value={token}
            selectId={TEXT_ID}
            className="max-sm:w-full"
            wide
            onCopied={onTaken}
            saidBeside
          />
          <span role="status" className="inline-flex min-h-6">
            {copiedAt === undefined ? (
              <Badge tone="warn">Not copied yet. It is shown once</Badge>
            ) : (
              <Badge tone="ok">
                Copied <Time epochSeconds={copiedAt} mode="clock" />
              </Badge>
            )}
          </span>
        </div>
        <TokenText id={TEXT_ID} data-testid="token" token={token} />
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
          <p className="mr-auto text-faint text-small">
            The ledger keeps its claims, not the token. {profile.words.sending}
          </p>
          <span className="-mx-2.5 flex flex-wrap gap-1 sm:-mr-1.5 sm:ml-0">
            <CopyButton
              variant="ghost"
              size="sm"
              label="Copy Authorization header"
              value={`Authorization: ${token}`}
              selectId={TEXT_ID}
              onCopied={onTaken}
            />
            <Button
              variant="ghost"
              size="sm"
              icon="decode"
              pending={pending === "/decode"}
              onClick={() =>
                open("/decode", () => {
                  onTaken();
                  handToken(token);
                })
              }
            >
              Open in decoder
            </Button>
          </span>
        </div>
        <p role="status" className="text-small text-soft not-empty:mt-2">
          {problem}
        </p>
      </div>
      <PutInto issued={issued} profile={profile} handOver={handOver} onTaken={onTaken} />
      {children}
    </section>
  );
}
