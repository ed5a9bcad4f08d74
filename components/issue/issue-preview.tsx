"use client";
/** The token in the making: in a sentence, and as the payload that will be signed; ticks with the clock. Promises nothing that can't be signed. */
import type { ReactNode } from "react";
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { ClaimsJson } from "@/components/token/claims-json";
import { Sentence } from "@/components/token/sentence";
import { Ticket } from "@/components/token/ticket";
import { Notice } from "@/components/ui/notice";
import { type Composed, compose, type KeyChoice, profileOfChoice } from "@/lib/composer/compose";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { formatSpan } from "@/lib/text/span";

const why: Record<NonNullable<Composed["unsignable"]>, string> = {
  "no-key": "No key is chosen yet: nothing can sign this.",
  "disabled-key": "Its key is disabled here: nothing can sign this.",
  "no-lifetime": "What it permits appears once its lifetime can be read.",
};

export function IssuePreview({
  keys,
  values,
  children,
}: {
  keys: KeyChoice[];
  values: IssueTokenInput;
  /** What stands between the ticket and what is good to know. */
  children: ReactNode;
}) {
  const now = useNow((at) => at) ?? 0;
  const profile = profileOfChoice(keys, values.keyId);
  const { claims, ttlSeconds, notes, errors, unsignable } = compose(profile, keys, values, now);
  const until = ttlSeconds === undefined ? undefined : now + ttlSeconds;
  const refused = unsignable
    ? why[unsignable]
    : Object.keys(errors).length > 0
      ? "What it permits appears once what is marked is right."
      : "";
  const caution = refused ? [] : profile.caution(claims);
  return (
    <>
      <section aria-label="Preview">
        <Ticket
          activeFor={ttlSeconds === undefined ? undefined : formatSpan(ttlSeconds)}
          until={unsignable ? undefined : until}
        >
          {refused ? <p className="text-soft">{refused}</p> : <Sentence parts={profile.describe(claims, { now })} />}
          <div className="-mx-2 mt-2.5">
            <ClaimsJson
              json={until === undefined ? { ...claims, exp: undefined } : claims}
              notes={{
                // Of what can't be signed like this no word is true.
                ...(refused && !unsignable ? {} : profile.notesOf(claims)),
                ...(values.keyId ? {} : { [profile.keyClaim]: "that of the key you choose" }),
                iat: <Time epochSeconds={now} mode="clock" />,
                ...(until === undefined ? {} : { exp: <Time epochSeconds={until} mode="clock" /> }),
              }}
            />
          </div>
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
