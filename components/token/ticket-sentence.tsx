"use client";
/** What a token on a ticket grants: its ids each on one line, to be copied whole, with the mark that follows it. */
import { IdText } from "@/components/ui/id-text";
import type { SentencePart } from "@/lib/profiles/profile";
import { makeVisible } from "@/lib/text/visible";
import { SentenceRun } from "./sentence";

const MARK = /^[,.]/;

export function TicketSentence({ parts }: { parts: readonly SentencePart[] }) {
  return (
    <p className="text-say [overflow-wrap:anywhere]">
      {parts.map((part, index) => {
        const [before, after] = [parts[index - 1], parts[index + 1]];
        if (part.kind === "code") {
          const id = makeVisible(part.text);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other identity for its parts
            <span key={index} className="ticket-id relative whitespace-nowrap pr-5">
              <IdText
                value={id}
                copyLabel={`Copy ${id}`}
                className="max-w-[calc(100%-1ch-1.25rem)]! align-bottom font-semibold text-[0.9em]! [&>:last-child]:absolute [&>:last-child]:-right-1 [&>:last-child]:bottom-0"
              />
              {after?.kind === "text" ? MARK.exec(after.text)?.[0] : null}
            </span>
          );
        }
        const text = part.kind === "text" && before?.kind === "code" ? part.text.replace(MARK, "") : undefined;
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        return <SentenceRun key={index} part={text === undefined ? part : { kind: "text", text }} />;
      })}
    </p>
  );
}
