"use client";
/** What a token on a ticket grants: its ids each on one line, to be copied whole, with the mark that follows it. */
import { Time } from "@/components/time/time";
import { IdText } from "@/components/ui/id-text";
import type { SentencePart } from "@/lib/profiles/profile";
import { makeVisible } from "@/lib/text/visible";
import { SentenceRun } from "./sentence";

const MARK = /^[,.]/;

export function TicketSentence({
  parts,
  until,
}: {
  parts: readonly SentencePart[];
  /** The end, in seconds since 1970, of which the stub tells how far off it is: said twice, it would be rounded in two ways. */
  until?: number | undefined;
}) {
  return (
    <p className="text-say [overflow-wrap:anywhere]">
      {parts.map((part, index) => {
        const [before, after] = [parts[index - 1], parts[index + 1]];
        if (part.kind === "code") {
          const id = makeVisible(part.text);
          // By whole characters, as what is within it: a gap would stand before the mark, and read as a blank.
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other identity for its parts
            <span key={index} className="ticket-id">
              <IdText
                value={id}
                copyLabel={`Copy ${id}`}
                className="max-w-[calc(100%-1ch-1.25rem)]! supports-[width:round(down,1%,1ch)]:max-w-[calc(round(down,100%-1ch-1.25rem,1ch)+0.1ch)]! align-baseline font-semibold text-[0.9em]! [&>:last-child]:absolute"
              />
              {after?.kind === "text" ? MARK.exec(after.text)?.[0] : null}
            </span>
          );
        }
        if (part.kind === "time" && part.epochSeconds === until)
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          return <Time key={index} epochSeconds={until} className="font-semibold" />;
        const text = part.kind === "text" && before?.kind === "code" ? part.text.replace(MARK, "") : undefined;
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        return <SentenceRun key={index} part={text === undefined ? part : { kind: "text", text }} />;
      })}
    </p>
  );
}
