/** What happened to a key, newest first, in words: what it was and what it is. */
import Link from "next/link";
import type { ReactNode } from "react";
import { changesOf } from "@/components/audit/changed-words";
import { Time } from "@/components/time/time";
import { wordsFor } from "@/lib/audit/actions";
import type { KeyEvent } from "@/lib/keys/history";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { caseName } from "@/lib/text/numbered";
import { capital } from "@/lib/text/within-sentence";

export function KeyEvents({ events }: { events: readonly KeyEvent[] }) {
  return (
    <ul className="key-events">
      {events.map((event) => (
        <li key={event.sequence}>
          <Link href={`/audit/${event.sequence}`} prefetch={false}>
            {sentence(event)}
          </Link>
          <p className="text-caption text-faint">
            <bdi>{event.actorName}</bdi>, <Time epochSeconds={epochSeconds(event.at)} mode="short" />
            {typeof event.detail.note === "string" && event.detail.note !== "" ? (
              <>
                : <bdi>{event.detail.note}</bdi>
              </>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  );
}

function sentence({ action, detail }: KeyEvent): ReactNode {
  switch (action) {
    case "key.created":
      return "Added";
    case "key.disabled":
      return "Disabled";
    case "key.enabled":
      return "Enabled";
    case "key.rotated":
      return "Secret rotated";
    case "key.changed":
      return <Changes changed={detail.changed} />;
    case "case.opened":
      return `${caseName(Number(detail.case))} opened`;
    case "case.acknowledged":
      return `${caseName(Number(detail.case))} acknowledged`;
    default:
      return capital(wordsFor(action));
  }
}

function Changes({ changed }: { changed: unknown }) {
  return changesOf(changed).map(({ field, label, before, after }, index) => (
    <span key={field}>
      {index > 0 ? ", " : ""}
      {label}: <bdi>{before}</bdi> <span aria-hidden="true">→</span>
      <span className="sr-only">to</span> <bdi className="font-semibold">{after}</bdi>
    </span>
  ));
}
