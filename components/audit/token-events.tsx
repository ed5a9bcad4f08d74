/** What else happened to a token, newest first: who did what, and when. Of the token itself it says nothing, which the ticket beside it has. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { Region } from "@/components/ui/region";
import type { AuditListItem } from "@/lib/audit/list";
import { auditAddress } from "@/lib/audit/schema";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { tokenName } from "@/lib/text/numbered";
import { isAlarm } from "./alarm";
import { shortName, whoOf } from "./event-words";

const SHOWN = 8;

export function TokenEvents({ number, events }: { number: number; events: readonly AuditListItem[] }) {
  const more = events.length - SHOWN;
  return (
    <Region label={`What else happened to ${tokenName(number)}`}>
      <ul className="key-events">
        {events.slice(0, SHOWN).map((event) => {
          const alarm = isAlarm(event);
          return (
            <li key={event.sequence}>
              <Link
                href={`/audit/${event.sequence}`}
                prefetch={false}
                className={alarm ? "font-medium text-bad" : undefined}
              >
                {event.detail.found === "altered after issuing" ? "Inspected, altered" : shortName(event.action)}
              </Link>
              <span className="text-soft">
                {" "}
                by <bdi>{whoOf(event).name}</bdi>, <Time epochSeconds={epochSeconds(event.at)} mode="short" />
              </span>
            </li>
          );
        })}
      </ul>
      {more > 0 ? (
        <Link
          href={auditAddress({ q: String(number) })}
          prefetch={false}
          className="mt-1.5 inline-block text-small underline decoration-edge underline-offset-3"
        >
          All of it
        </Link>
      ) : null}
    </Region>
  );
}
