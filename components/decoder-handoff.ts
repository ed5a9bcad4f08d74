"use client";
/** Carries a token from one page to the decoder in this tab's memory: never in a URL, the history, or any storage. Gone once taken, and with the tab. */

let waiting: string | undefined;

export function handToDecoder(token: string): void {
  waiting = token;
}

export function takeHandedToken(): string | undefined {
  const token = waiting;
  waiting = undefined;
  return token;
}
