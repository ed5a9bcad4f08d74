"use client";
/** The token in the making: in a sentence, and as the payload that will be signed; ticks with the clock. */
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { ClaimsJson } from "@/components/token/claims-json";
import { Sentence } from "@/components/token/sentence";
import { Ticket } from "@/components/token/ticket";
import { Notice } from "@/components/ui/notice";
import { compose, type KeyChoice, profileOfChoice } from "@/lib/composer/compose";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { formatSpan } from "@/lib/text/span";

export function IssuePreview({
  keys,
  values,
  heading,
}: {
  keys: KeyChoice[];
  values: IssueTokenInput;
  heading?: string | undefined;
}) {
  const now = useNow((at) => at) ?? 0;
  const profile = profileOfChoice(keys, values.keyId);
  const { claims, ttlSeconds, notes } = compose(profile, keys, values, now);
  const until = now + (ttlSeconds ?? 0);
  return (
    <section aria-label="Preview">
      {heading ? <h2 className="mb-2 font-semibold text-soft text-small">{heading}</h2> : null}
      <Ticket
        activeFor={ttlSeconds === undefined ? undefined : formatSpan(ttlSeconds)}
        until={ttlSeconds === undefined ? undefined : until}
      >
        {values.keyId ? null : <p className="text-soft">No key is chosen yet: nothing can sign this.</p>}
        {ttlSeconds === undefined ? (
          <p className="text-soft">What it permits appears once its lifetime can be read.</p>
        ) : (
          <Sentence parts={profile.describe(claims, { now })} />
        )}
        <ClaimsJson
          json={ttlSeconds === undefined ? { ...claims, exp: undefined } : claims}
          notes={{
            ...(values.keyId ? {} : { [profile.keyClaim]: "that of the key you choose" }),
            ...(claims.version === undefined ? {} : { version: "set by itself, needed by the scope" }),
            iat: <Time epochSeconds={now} clockOnly seconds />,
            exp: <Time epochSeconds={until} clockOnly seconds />,
            jti: "this token's id",
          }}
        />
      </Ticket>
      {notes.map((note) => (
        <Notice key={note.code} className="mt-3">
          {note.message} {note.remedy}
        </Notice>
      ))}
      {ttlSeconds === undefined ? null : (
        <Notice className="mt-3" title={profile.words.afterExpiry.title}>
          {profile.words.afterExpiry.detail}
        </Notice>
      )}
    </section>
  );
}
