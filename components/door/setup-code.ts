"use client";
/** Keeps the setup code of this tab for a reload, where no server reads it, until it has been used or is worth nothing. Keeps none where storage is switched off. */

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

export function forgetSetupCode(): void {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // Then none was kept.
  }
}
