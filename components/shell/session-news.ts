"use client";
/** Tells this browser's tabs that somebody signed out or in: the news alone, never who or what. */

const CHANNEL = "claimcheck-session";

export type SessionNews = "signed out" | "signed in";

export function tellOtherTabs(news: SessionNews): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(news);
  channel.close();
}

/** @returns what ends it */
export function listenToOtherTabs(onNews: (news: SessionNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => onNews(data);
  return () => channel.close();
}
