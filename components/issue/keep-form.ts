"use client";
/** Keeps what is typed into the issue form for this tab, for the member who typed it, over a reload, going back, and signing in again. Never a token, never a secret. */
import { readKept, writeKept } from "@/lib/composer/kept-form";
import type { VendorFields } from "@/lib/composer/schema";
import { keptUnder, withStorage } from "./kept-storage";

/** @param beganWith what the form was opened with: each has its own */
export function keepForm(beganWith: string, memberId: string, jti: string, values: VendorFields): void {
  withStorage((storage) => storage.setItem(keptUnder(memberId, beganWith), writeKept(memberId, jti, values)));
}

export function keptForm(beganWith: string, memberId: string) {
  const text = withStorage((storage) => storage.getItem(keptUnder(memberId, beganWith)));
  return text ? readKept(text, memberId) : undefined;
}

const SENT = "claimcheck-form-sent";

/** @param sent what was sent, where nothing else is to be forgotten: what was typed over it since, or into another form of the kind, stays */
export function forgetForm(beganWith: string, memberId: string, sent?: VendorFields): void {
  const under = keptUnder(memberId, beganWith);
  withStorage((storage) => {
    const text = storage.getItem(under) ?? "";
    const kept = readKept(text, memberId);
    if (sent && kept && text !== writeKept(memberId, kept.jti, sent)) return;
    storage.removeItem(under);
    if (sent && kept) window.dispatchEvent(new CustomEvent(SENT, { detail: under }));
  });
}

/** Tells a form that begins as this one does, and in which exactly that stands, that it was sent and done. @returns what ends that */
export function onFormSent(beganWith: string, memberId: string, done: () => void): () => void {
  const under = keptUnder(memberId, beganWith);
  const listener = (event: Event) => {
    if (event instanceof CustomEvent && event.detail === under) done();
  };
  window.addEventListener(SENT, listener);
  return () => window.removeEventListener(SENT, listener);
}
