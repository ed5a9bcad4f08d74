/** A few events of a member or an endpoint, newest first; each leads to its own page. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { Parts } from "@/components/ui/parts";
import type { AuditEventView } from "@/lib/audit/view";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { tokenName } from "@/lib/text/numbered";
import { BETWEEN } from "@/lib/text/parts";
import { placeOf } from "@/lib/text/reach";
import { capital } from "@/lib/text/within-sentence";
import { sentenceOf, titleOf, wordsAtIt } from "./event-words";

export function BriefEvents({
  events,
  named = false,
  of,
  empty,
}: {
  events: readonly AuditEventView[];
  /** Whether it must be said who did it. */
  named?: boolean;
  /** What the page is about, which they need not name again: `what` as its events call it, such as "endpoint". */
  of?: { what: string; name: string };
  empty: string;
}) {
  if (events.length === 0) return <p className="text-faint text-small">{empty}</p>;
  return (
    <ul className="key-events">
      {events.map((event) => (
        <li key={event.sequence}>
          <Link href={`/audit/${event.sequence}`} prefetch={false}>
            {capital(of ? wordsAtIt(titleOf(event).words, of.what) : titleOf(event).words)}
            {event.tokenNumber === null ? null : `, ${tokenName(event.tokenNumber)}`}
          </Link>
          <p className="text-caption text-faint">
            {named ? (
              <>
                <bdi>{event.actorName}</bdi>,{" "}
              </>
            ) : null}
            <Time epochSeconds={epochSeconds(event.at)} mode="short" />
            <Rest parts={partsOf(event).filter((part, index) => index > 0 || part !== of?.name)} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Of a token where it is good, for whom, and for what, as its row in the log has it; of all else its sentence. */
function partsOf(event: AuditEventView): string[] {
  const { token } = event;
  if (!token || event.action === "token.signed_elsewhere") return sentenceOf(event);
  return [...placeOf(event), ...(token.purpose ? [token.purpose] : [])];
}

function Rest({ parts }: { parts: readonly string[] }) {
  return parts.length === 0 ? null : (
    <>
      {BETWEEN}
      <Parts parts={parts} />
    </>
  );
}
