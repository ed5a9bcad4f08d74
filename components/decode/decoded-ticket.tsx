"use client";
/** The claim check of a decoded token that is one of ours. */
import { Ticket } from "@/components/token/ticket";
import { TicketSentence } from "@/components/token/ticket-sentence";
import type { LedgerNote } from "@/lib/decoder/inspection";
import type { SentencePart } from "@/lib/profiles/profile";

export function DecodedTicket({
  entry,
  from,
  refused,
  parts,
}: {
  entry: LedgerNote;
  from: number | undefined;
  /** Its vendor does, whatever its time. */
  refused: boolean;
  parts: readonly SentencePart[];
}) {
  return (
    <Ticket number={entry.number} from={from} until={entry.expiresAt} refused={refused}>
      <TicketSentence parts={parts} until={entry.expiresAt} />
    </Ticket>
  );
}
