"use client";
/** Keeps the setup code of this tab for a reload, where no server and no other tab reads it. Keeps none where storage is switched off. */

const NAME = "claimcheck-setup-code";

export function keptSetupCode(): string | null {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null;
  }
}

export function keepSetupCode(code: string): void {
  try {
    sessionStorage.setItem(NAME, code);
  } catch {
    // Then a reload needs the link again.
  }
}
