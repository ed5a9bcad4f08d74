"use client";
/** A token that was just issued: shown once, with what one does with it next. */
import { useEffect, useRef } from "react";
import { handToken } from "@/components/token/handoff";
import { Sentence } from "@/components/token/sentence";
import { Ticket } from "@/components/token/ticket";
import { TokenText } from "@/components/token/token-text";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { useOpenPage } from "@/components/ui/use-open-page";
import { profileOf } from "@/lib/profiles/registry";
import { formatSpan } from "@/lib/text/span";
import type { IssuedTokenResult } from "@/lib/tokens/issued";

export function IssuedToken({
  issued: { token, number, claims, keyLabel, purpose, profile: profileId },
}: {
  issued: IssuedTokenResult;
}) {
  const profile = profileOf(profileId);
  const heading = useRef<HTMLHeadingElement>(null);
  const { open, pending, problem } = useOpenPage();
  useEffect(() => heading.current?.focus(), []);
  const [iat, exp] = [Number(claims.iat), Number(claims.exp)];
  return (
    <section aria-labelledby="issued-token">
      <h2
        id="issued-token"
        ref={heading}
        tabIndex={-1}
        className="mb-2 flex items-center gap-1.5 font-semibold text-ok text-small outline-none"
      >
        <Icon name="check-circle" />
        Issued token
      </h2>
      <Ticket number={number} until={exp} note={`${formatSpan(exp - iat)} in all`}>
        <Sentence parts={profile.describe(claims, { now: iat })} />
        <TokenText id="issued-token-text" data-testid="token" token={token} className="my-3.5" />
        <div className="flex flex-wrap gap-2">
          <CopyButton variant="primary" size="sm" label="Copy token" value={token} selectId="issued-token-text" />
          <CopyButton
            size="sm"
            label="Copy Authorization header"
            value={`Authorization: ${token}`}
            selectId="issued-token-text"
          />
          <Button
            size="sm"
            icon="decode"
            pending={pending === "/decode"}
            onClick={() => open("/decode", () => handToken(token))}
          >
            Open in decoder
          </Button>
        </div>
        <p role="status" className="text-small text-soft not-empty:mt-2">
          {problem}
        </p>
        <p className="mt-3 text-small text-soft">
          Shown once: copy it now. The ledger keeps its claims, not the token. Signed with “<bdi>{keyLabel}</bdi>”
          {purpose ? (
            <>
              , for: <bdi>{purpose}</bdi>
            </>
          ) : null}
          . {profile.words.sending}
        </p>
      </Ticket>
    </section>
  );
}
