"use client";
/** Tells this browser's tabs, this one too, that a link may have been renewed, withdrawn or ended: the news alone, never which. */
import type { ActionResult } from "@/lib/action-result";

const CHANNEL = "claimcheck-links";

/** @returns what `act` did, told where it was done */
export async function tellingLinks<Data>(act: Promise<ActionResult<Data>>): Promise<ActionResult<Data>> {
  const result = await act;
  if (result.ok) {
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(null);
    channel.close();
  }
  return result;
}

/** @returns what ends it */
export function listenToLinkNews(onNews: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = onNews;
  return () => channel.close();
}
