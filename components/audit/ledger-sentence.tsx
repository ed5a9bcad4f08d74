"use client";
/** What a token of the ledger grants, and by itself, once it has expired, that it does no longer. */
import { useNow } from "@/components/time/now-store";
import { TicketSentence } from "@/components/token/ticket-sentence";
import type { SentencePart } from "@/lib/profiles/profile";

export function LedgerSentence({
  active,
  expired,
  expiresAt,
}: {
  active: readonly SentencePart[];
  expired: readonly SentencePart[];
  /** Seconds since 1970. */
  expiresAt: number;
}) {
  const over = useNow((at) => at !== null && at >= expiresAt);
  return <TicketSentence parts={over ? expired : active} />;
}
