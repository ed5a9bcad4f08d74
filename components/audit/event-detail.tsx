/** What an audit event says beyond its columns, in the words of the pages instead of the record's own. */
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import type { Definition } from "@/components/ui/definition-list";
import { detailWords } from "@/lib/audit/actions";
import { digitsAtMost } from "@/lib/count-at-most";
import { profiles } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { inList } from "@/lib/text/listed";
import { formatSpan } from "@/lib/text/span";
import { makeVisible } from "@/lib/text/visible";
import { capital, withinSentence } from "@/lib/text/within-sentence";
import { changesOf, plainName } from "./changed-words";
import { wordsOfVerb } from "./event-words";

/** The issue form's fields by their labels: those that every form has, behind those that the vendors declare. */
const fieldWords: Record<string, string> = {
  ...Object.fromEntries(
    [...profiles.values()].flatMap(({ fields }) => fields.map(({ name, label }) => [name, withinSentence(label)])),
  ),
  keyId: "signing key",
  template: "template",
  expiresIn: "lifetime",
  startsAt: "start",
  customClaims: "custom claims",
  purpose: "purpose",
  jti: "token ID",
};

/** Shown letter by letter, as they are compared. */
const exact = ["apiKey", "fingerprint"];

const wordOf = <Value,>(words: Record<string, Value>, name: string) =>
  Object.hasOwn(words, name) ? words[name] : undefined;

function detailOf(name: string, value: unknown): ReactNode {
  if (Array.isArray(value)) {
    if (value.length === 0) return "none";
    const texts = value.map((each) => (name === "fields" && wordOf(fieldWords, String(each))) || String(each));
    // Each isolated, as a text may be written from the right.
    return texts.map((text, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew each time, and two of its texts may be the same
      <span key={index}>
        {index > 0 ? ", " : null}
        <bdi>{makeVisible(inList(text))}</bdi>
      </span>
    ));
  }
  if (name === "seconds") return formatSpan(Number(value));
  if (name === "until") return <Time epochSeconds={Date.parse(String(value)) / 1000} />;
  // As `inRanges` writes them.
  if (name === "numbers")
    return String(value)
      .replaceAll("-", " to ")
      .replace(/\d+/g, (digits) => groupDigits(Number(digits)));
  if (name === "verb") return wordsOfVerb(value);
  if (name === "format") return value === "csv" ? "CSV" : "JSON lines";
  if (name === "changed")
    return changesOf(value).map(({ field, label, before, after }) => (
      <span key={field} className="block">
        {label}: <bdi>{before}</bdi> → <bdi>{after}</bdi>
      </span>
    ));
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  if (typeof value === "number") return groupDigits(value);
  return <bdi>{makeVisible(String(value)) || "none"}</bdi>;
}

export function eventDetail(detail: Record<string, unknown>): Definition[] {
  return Object.entries(detail).map(([name, value]) => ({
    term: wordOf(detailWords, name) ?? capital(plainName(name)),
    // What a case has is counted no further.
    detail: name === "tokens" && "case" in detail ? digitsAtMost(Number(value)) : detailOf(name, value),
    mono: exact.includes(name),
  }));
}
