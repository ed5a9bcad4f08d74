/** What a token grants, in plain words: identifiers in monospace, instants in the reader's zone. */
import { Time } from "@/components/time/time";
import type { SentencePart } from "@/lib/profiles/profile";
import { makeVisible } from "@/lib/text/visible";

export function Sentence({ parts, className = "text-say" }: { parts: readonly SentencePart[]; className?: string }) {
  return (
    <p className={`[overflow-wrap:anywhere] ${className}`}>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other identity for its parts
        <SentenceRun key={index} part={part} />
      ))}
    </p>
  );
}

export function SentenceRun({ part }: { part: SentencePart }) {
  switch (part.kind) {
    case "time":
      return <Time epochSeconds={part.epochSeconds} mode="both" className="font-semibold" />;
    case "code":
      return <code className="font-semibold">{makeVisible(part.text)}</code>;
    case "strong":
      return <strong className="font-semibold">{makeVisible(part.text)}</strong>;
    default:
      return makeVisible(part.text);
  }
}
