/** A token's row in the ledger, as a claim check: what it permits, its purpose, its ids, and how it is now, as the decoder would say; its claims are folded, since all of it says them in words. Never the token. */
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { AnswerText } from "@/components/decode/answer-text";
import { SaidText } from "@/components/decode/said-text";
import { Time } from "@/components/time/time";
import { Ticket } from "@/components/token/ticket";
import { Badge } from "@/components/ui/badge";
import { DefinitionList } from "@/components/ui/definition-list";
import { IdText } from "@/components/ui/id-text";
import { under } from "@/lib/decoder/decode";
import { isAlwaysRefused } from "@/lib/decoder/refused-always";
import { conditionOf, type Verdict } from "@/lib/decoder/verdict";
import type { LedgerRow } from "@/lib/ledger/row";
import { profileOf } from "@/lib/profiles/registry";
import { withoutEnd } from "@/lib/profiles/without-end";
import { batchName } from "@/lib/text/numbered";
import { FoldedJson } from "./folded-json";
import { LedgerSentence } from "./ledger-sentence";

export function LedgerTicket({
  entry,
  expired,
  verdict,
  cutShortAt,
  other = false,
  issued = false,
}: {
  entry: LedgerRow;
  /** Whether it has by now: then its vendor accepts it no longer. */
  expired: boolean;
  verdict: Verdict;
  /** Since when its vendor refuses it, and refused it before its end: seconds since 1970; null: it never did. */
  cutShortAt: number | null;
  /** Whether the event is about another token, which bears this one's id. */
  other?: boolean;
  /** Whether the event is its issue, and says itself who issued what, and when. */
  issued?: boolean;
}) {
  const { issuedAt, expiresAt } = entry;
  const profile = profileOf(entry.profile);
  const refused = isAlwaysRefused(verdict);
  const cutEarly =
    expired && cutShortAt !== null ? (
      <span className="block text-soft">
        {profile.name} refused it from <Time epochSeconds={cutShortAt} mode="clock" /> on, since the secret that signed
        it was retired.
      </span>
    ) : null;
  const sentenceAt = (now: number) =>
    withoutEnd(under(conditionOf(verdict), profile.describe(entry.claims, { now })), expiresAt);
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger" className={other ? "mb-2 font-semibold text-small text-soft" : "sr-only"}>
        {other ? "The token whose id it bears, as it was issued" : "Ledger"}
      </h2>
      <Ticket number={entry.number} from={entry.startsAt} until={expiresAt} refused={refused}>
        <LedgerSentence active={sentenceAt(issuedAt)} expired={sentenceAt(expiresAt)} expiresAt={expiresAt} />
      </Ticket>
      <DefinitionList
        className="mt-4"
        items={[
          // When it ends, and whether it has, stands on the ticket.
          ...(entry.revokedAt === null
            ? stateOf(verdict, cutEarly)
            : [
                {
                  term: "State",
                  detail: (
                    <>
                      <Badge tone="warn" icon="cross">
                        Revoked here
                      </Badge>{" "}
                      <Time epochSeconds={entry.revokedAt} mode="clock" />
                      {entry.revokedByName === null ? null : (
                        <>
                          {" "}
                          by <bdi>{entry.revokedByName}</bdi>
                        </>
                      )}
                      {entry.revokedReason === null ? null : (
                        <>
                          : <bdi>{entry.revokedReason}</bdi>
                        </>
                      )}
                      {expired ? (
                        cutEarly
                      ) : (
                        <span className="block text-soft">
                          {refused ? (
                            `${profile.name} refuses it already, since the secret that signed it is retired.`
                          ) : (
                            <>
                              {profile.name} does not know of it, and accepts it until{" "}
                              <Time epochSeconds={expiresAt} mode="clock" />.{" "}
                              <Link
                                href={`/keys/${entry.keyId}`}
                                prefetch={false}
                                className="underline decoration-edge underline-offset-3"
                              >
                                What would end it
                              </Link>
                            </>
                          )}
                        </span>
                      )}
                    </>
                  ),
                },
              ]),
          { term: "Purpose", detail: entry.purpose ? <bdi>{entry.purpose}</bdi> : "none given" },
          ...(issued
            ? []
            : [
                { term: "Kind", detail: entry.templateName ?? `${profile.kindOf(entry.claims)}, from no template` },
                {
                  term: "Issued by",
                  detail: (
                    <>
                      <bdi>{entry.actorName}</bdi>, <Time epochSeconds={issuedAt} mode="clock" />
                    </>
                  ),
                },
              ]),
          // A team's own may be another one by now.
          ...(entry.templateId === null || entry.templateVersion === null
            ? []
            : [
                {
                  term: "Template",
                  detail: (
                    <Link
                      href={`/audit?q=${encodeURIComponent(entry.templateId)}`}
                      prefetch={false}
                      className="underline decoration-edge underline-offset-3"
                    >
                      <bdi>{entry.templateName}</bdi>, version {entry.templateVersion}
                    </Link>
                  ),
                },
              ]),
          {
            term: "Signed with",
            detail: (
              <Link
                href={`/keys/${entry.keyId}`}
                prefetch={false}
                className="underline decoration-edge underline-offset-3"
              >
                <bdi>{entry.keyLabel}</bdi>
              </Link>
            ),
          },
          ...(entry.batchNumber === null
            ? []
            : [
                {
                  term: "Issued as one of",
                  detail: (
                    <Link
                      href={`/batches/${entry.batchNumber}`}
                      prefetch={false}
                      className="underline decoration-edge underline-offset-3"
                    >
                      {batchName(entry.batchNumber)}
                    </Link>
                  ),
                },
              ]),
          { term: "Token ID", detail: <IdText value={entry.jti} copyLabel="Copy token ID" /> },
          { term: "SHA-256", detail: <IdText value={entry.sha256} copyLabel="Copy SHA-256" /> },
        ]}
      />
      <div className="mt-3">
        <FoldedJson
          label="Claims"
          text={JSON.stringify(entry.claims)}
          notes={{ ...profile.notesOf(entry.claims), ...timesOf(entry.claims) }}
        />
      </div>
    </section>
  );
}

/** Of one that is not revoked: what neither the ticket nor its vendor tells whoever holds it. */
function stateOf({ word, tone, lead, vendor }: Verdict, cutEarly: ReactNode) {
  if (cutEarly) return [{ term: "State", detail: cutEarly }];
  if (word !== "Bad signature" && word !== "Key disabled here") return [];
  const detail = (
    <>
      <Badge tone={tone}>{word}</Badge>{" "}
      {lead.map((said) => (
        <Fragment key={said.message}>
          <SaidText said={said} />{" "}
        </Fragment>
      ))}
      <span className="block text-soft">
        <AnswerText parts={vendor} />
      </span>
    </>
  );
  return [{ term: "State", detail }];
}

/** RFC 7519's claims of time, in the reader's zone. */
function timesOf(claims: Record<string, unknown>) {
  const given = ["iat", "nbf", "exp"].flatMap((name) => {
    const at = claims[name];
    return typeof at === "number" ? [[name, <Time key={name} epochSeconds={at} mode="clock" seconds />] as const] : [];
  });
  return Object.fromEntries(given);
}
