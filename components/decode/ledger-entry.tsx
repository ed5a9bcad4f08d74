"use client";
/** What the ledger says of a token that bears a number of ours: who issued it, when, and for what; and what was altered since. Whoever may not see the ledger is told whom to ask. */
import { Time } from "@/components/time/time";
import { CarefulLink } from "@/components/ui/careful-link";
import type { Inspection, LedgerNote } from "@/lib/decoder/inspection";
import { alterations } from "@/lib/decoder/inspection-findings";
import type { LayerVerdict } from "@/lib/decoder/ladder";
import type { Claims, Profile } from "@/lib/profiles/profile";
import { tokenName } from "@/lib/text/numbered";
import { SaidText } from "./said-text";

export function LedgerEntry({
  entry,
  state,
  profile,
  claims,
  inspection,
}: {
  entry: LedgerNote;
  /** Of the ledger's layer. */
  state: LayerVerdict["state"];
  profile: Profile;
  claims: Claims | undefined;
  inspection: Inspection;
}) {
  const { ask, keyLabel, event } = entry;
  const changes = alterations(profile, inspection, claims);
  return (
    <>
      {event === null ? (
        <>
          <Headline entry={entry} />
          <span className="block">
            Issued with “<bdi>{keyLabel}</bdi>”. {ask} what it is for.
          </span>
        </>
      ) : (
        <CarefulLink href={`/audit/${event}`} className="group block no-underline">
          <Headline entry={entry} />
          {entry.purpose ? (
            <bdi className="block">{entry.purpose}</bdi>
          ) : (
            <span className="block text-faint">no purpose given</span>
          )}
        </CarefulLink>
      )}
      {state === "bad" ? (
        <p className="mt-1 text-bad">
          <strong className="font-semibold">Altered:</strong>{" "}
          {event === null || claims === undefined ? (
            "it is not as it was issued."
          ) : changes.length === 0 ? (
            "the claims are the same, but not the bytes."
          ) : (
            <SaidText said={{ message: `${changes.map(({ words }) => words).join(", ")}.` }} />
          )}
        </p>
      ) : state === "warn" ? (
        <p className="mt-1">
          <SaidText said={{ message: "The claims are the same, the signature is not." }} />
        </p>
      ) : null}
    </>
  );
}

function Headline({ entry: { number, actorName, issuedAt, templateName, event } }: { entry: LedgerNote }) {
  const linked = event === null ? "" : "underline decoration-edge underline-offset-4 group-hover:decoration-current";
  const between = <span className="inline-block w-4 whitespace-pre text-center"> · </span>;
  return (
    // What stands before the first of a line lies outside: no line begins or ends with it.
    <span className="block overflow-x-clip">
      <span className="-ml-4 flex flex-wrap *:min-w-0">
        <span className="pl-4">
          <strong className={`font-semibold text-ink ${linked}`}>{tokenName(number)}</strong>
        </span>
        <span>
          {between}
          <bdi>{actorName}</bdi>
        </span>
        <span className="whitespace-nowrap">
          {between}
          <Time epochSeconds={issuedAt} mode="short" />
        </span>
        {templateName ? (
          <span>
            {between}
            <bdi>{templateName}</bdi>
          </span>
        ) : null}
      </span>
    </span>
  );
}
