"use client";
/** The claim check of a decoded token that is one of ours. */
import { Ticket } from "@/components/token/ticket";
import { TicketSentence } from "@/components/token/ticket-sentence";
import type { LedgerNote } from "@/lib/decoder/inspection";
import type { SentencePart } from "@/lib/profiles/profile";

export function DecodedTicket({
  entry,
  from,
  parts,
}: {
  entry: LedgerNote;
  from: number | undefined;
  parts: readonly SentencePart[];
}) {
  return (
    <Ticket number={entry.number} from={from} until={entry.expiresAt}>
      <TicketSentence parts={parts} until={entry.expiresAt} />
    </Ticket>
  );
}
