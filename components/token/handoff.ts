"use client";
/** Carries a token or a draft from one page to another in this tab's memory: never in a URL, the history, or any storage. Gone once taken, and with the tab. */
import type { Draft } from "@/lib/decoder/repair";

let token: string | undefined;
let draft: Draft | undefined;

/** For the decoder and the comparison. */
export function handToken(text: string): void {
  token = text;
}

/** What one had before, to be there again: something newer that is on its way goes first. */
export function handBack(text: string): void {
  token ??= text || undefined;
}

export function takeHandedToken(): string | undefined {
  const taken = token;
  token = undefined;
  return taken;
}

/** For the issue form. */
export function handDraft(repaired: Draft): void {
  draft = repaired;
}

export function takeHandedDraft(): Draft | undefined {
  const taken = draft;
  draft = undefined;
  return taken;
}
