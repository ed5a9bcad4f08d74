"use client";
/** Keeps what is typed into the issue form for this tab, for the member who typed it, over a reload, going back, and signing in again. Never a token, never a secret. */
import type { FormValues } from "@/lib/composer/begin";
import { readKept, writeKept } from "@/lib/composer/kept-form";

const PREFIX = "issue-form:";

/** Storage may be forbidden, or full; what is typed is then kept by the page alone. */
function withStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(sessionStorage);
  } catch {
    return undefined;
  }
}

/** @param beganWith what the form was opened with: each has its own */
export function keepForm(beganWith: string, memberId: string, jti: string, values: FormValues): void {
  withStorage((storage) => storage.setItem(PREFIX + beganWith, writeKept(memberId, jti, values)));
}

export function keptForm(beganWith: string, memberId: string) {
  const text = withStorage((storage) => storage.getItem(PREFIX + beganWith));
  return text ? readKept(text, memberId) : undefined;
}

export function forgetForm(beganWith: string): void {
  withStorage((storage) => storage.removeItem(PREFIX + beganWith));
}

/** What another member typed in this tab goes. */
export function forgetOthersForms(memberId: string): void {
  withStorage((storage) => {
    for (const name of Object.keys(storage))
      if (name.startsWith(PREFIX) && !readKept(storage.getItem(name) ?? "", memberId)) storage.removeItem(name);
  });
}
