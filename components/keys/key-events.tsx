/** What happened to a key, newest first, in words: what it was and what it is. */
import Link from "next/link";
import type { ReactNode } from "react";
import { capital, plainName } from "@/components/audit/event-words";
import { Time } from "@/components/time/time";
import { wordsFor } from "@/lib/audit/actions";
import type { KeyEvent } from "@/lib/keys/history";
import { groupDigits } from "@/lib/text/group-digits";
import { formatSpan } from "@/lib/text/span";

export function KeyEvents({ events }: { events: readonly KeyEvent[] }) {
  return (
    <ul className="key-events">
      {events.map((event) => (
        <li key={event.sequence}>
          <Link href={`/audit/${event.sequence}`} prefetch={false}>
            {sentence(event)}
          </Link>
          <p className="text-caption text-faint">
            <bdi>{event.actorName}</bdi>, <Time epochSeconds={event.at.getTime() / 1000} mode="short" />
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
    case "key.changed":
      return <Changes changed={detail.changed} />;
    case "case.opened":
      return `Case ${groupDigits(Number(detail.case))} opened`;
    case "case.acknowledged":
      return `Case ${groupDigits(Number(detail.case))} acknowledged`;
    default:
      return capital(wordsFor(action));
  }
}

const names: Record<string, string> = {
  label: "Label",
  maxTtlSeconds: "Max lifetime",
  signsElsewhere: "Signs elsewhere",
};

function Changes({ changed }: { changed: unknown }) {
  const entries = Object.entries((changed ?? {}) as Record<string, [unknown, unknown]>);
  return entries.map(([name, [before, after]], index) => (
    <span key={name}>
      {index > 0 ? ", " : ""}
      {names[name] ?? capital(plainName(name))}: <bdi>{valueIn(name, before)}</bdi> <span aria-hidden="true">→</span>
      <span className="sr-only">to</span> <bdi className="font-semibold">{valueIn(name, after)}</bdi>
    </span>
  ));
}

function valueIn(name: string, value: unknown): string {
  if (name === "maxTtlSeconds") return typeof value === "number" ? formatSpan(value) : "no limit";
  if (name === "signsElsewhere") return value === null ? "not said yet" : String(value);
  return String(value ?? "–");
}
