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

export function forgetForm(beganWith: string, memberId: string): void {
  withStorage((storage) => storage.removeItem(keptUnder(memberId, beganWith)));
}
