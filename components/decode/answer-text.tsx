"use client";
/** What the vendor does with a token, in one line. What is left of its time is told in two units, and ticks in their last one only. */
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import type { AnswerPart } from "@/lib/profiles/profile";
import { roughSpan } from "@/lib/text/span";
import { makeVisible } from "@/lib/text/visible";

export function AnswerText({ parts }: { parts: readonly AnswerPart[] }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other identity for its parts
    <Part key={index} part={part} />
  ));
}

function Part({ part }: { part: AnswerPart }) {
  switch (part.kind) {
    case "time":
      return <Time epochSeconds={part.epochSeconds} mode="clock" />;
    case "left":
      return <Left until={part.until} />;
    case "strong":
      return <strong className="font-semibold">{part.text}</strong>;
    case "code":
      return <code>{makeVisible(part.text)}</code>;
    default:
      return makeVisible(part.text);
  }
}

export function Left({ until }: { until: number }) {
  const left = useNow((at) => (at === null ? "…" : roughSpan(Math.max(0, until - at))));
  return <strong className="whitespace-nowrap font-semibold tabular-nums">{left}</strong>;
}
