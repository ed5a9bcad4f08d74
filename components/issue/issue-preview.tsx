"use client";
/** The token in the making: in a sentence, and as the payload that will be signed; ticks with the clock. Promises nothing that can't be signed. */
import type { ReactNode } from "react";
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { ClaimsJson } from "@/components/token/claims-json";
import { Sentence } from "@/components/token/sentence";
import { Ticket } from "@/components/token/ticket";
import { TicketSentence } from "@/components/token/ticket-sentence";
import { Notice } from "@/components/ui/notice";
import { type Composed, compose, type KeyChoice, profileOfChoice } from "@/lib/composer/compose";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { formatSpan } from "@/lib/text/span";

const why: Record<NonNullable<Composed["unsignable"]>, string> = {
  "no-key": "No key is chosen yet: nothing can sign this.",
  "disabled-key": "Its key is disabled here: nothing can sign this.",
  "no-lifetime": "What it permits appears once its lifetime can be read.",
};

const named = (labels: readonly string[]) => new Intl.ListFormat("en-GB").format(labels.map((label) => `“${label}”`));

export function IssuePreview({
  keys,
  values,
  wrong,
  children,
}: {
  keys: KeyChoice[];
  values: IssueTokenInput;
  /** The labels of the fields that can't be signed as they are. */
  wrong: readonly string[];
  /** What stands between the ticket and what is good to know. */
  children: ReactNode;
}) {
  const now = useNow((at) => at) ?? 0;
  const profile = profileOfChoice(keys, values.keyId);
  const { claims, ttlSeconds, notes, unsignable } = compose(profile, keys, values, now);
  const until = ttlSeconds === undefined ? undefined : Number(claims.exp);
  const refused = unsignable
    ? why[unsignable]
    : wrong.length > 0
      ? `Nothing can be signed like this: what it permits appears once ${named(wrong)} ${wrong.length === 1 ? "is" : "are"} right.`
      : "";
  // What nobody could ever hold is not shown; which key will be the one is all that may be open.
  const possible = refused === "" || (unsignable === "no-key" && wrong.length < 2);
  const caution = refused ? [] : profile.caution(claims);
  return (
    <>
      <section aria-label="Preview">
        <Ticket
          activeFor={ttlSeconds === undefined ? undefined : formatSpan(ttlSeconds)}
          until={refused ? undefined : until}
        >
          {refused ? (
            <p className="text-soft [overflow-wrap:anywhere]">{refused}</p>
          ) : (
            <TicketSentence parts={profile.describe(claims, { now })} until={until} />
          )}
          {possible ? (
            <div className="-mx-2 mt-2.5">
              <ClaimsJson
                json={until === undefined ? { ...claims, exp: undefined } : claims}
                notes={{
                  ...profile.notesOf(claims),
                  ...(values.keyId ? {} : { [profile.keyClaim]: "that of the key you choose" }),
                  iat: <Time epochSeconds={now} mode="clock" />,
                  ...(typeof claims.nbf === "number" ? { nbf: <Time epochSeconds={claims.nbf} mode="clock" /> } : {}),
                  ...(until === undefined ? {} : { exp: <Time epochSeconds={until} mode="clock" /> }),
                }}
              />
            </div>
          ) : null}
        </Ticket>
        {caution.length > 0 ? (
          <Notice tone="warn" className="mt-2.5">
            <Sentence parts={caution} className="text-body" />
          </Notice>
        ) : null}
      </section>
      {children}
      {refused ? null : (
        <details className="mt-3 text-small">
          <summary className="w-fit text-soft hover:text-ink">Good to know</summary>
          <ul className="mt-1.5 flex flex-col gap-1.5 text-soft">
            {notes.map((note) => (
              <li key={note.code}>
                {note.message} {note.remedy}
              </li>
            ))}
            <li>
              {profile.words.afterExpiry.title} {profile.words.afterExpiry.detail}
            </li>
          </ul>
        </details>
      )}
    </>
  );
}
