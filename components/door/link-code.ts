"use client";
/** Keeps the code of a link that this tab has opened for a reload, where no server reads it, until it has been used here. Keeps none where storage is switched off. */

/** What the link is for: the page that it leads to. */
export type LinkKind = "setup" | "join" | "reset";

const nameOf = (kind: LinkKind) => `claimcheck-${kind}-code`;

export function keptCode(kind: LinkKind): string | null {
  try {
    return sessionStorage.getItem(nameOf(kind));
  } catch {
    return null;
  }
}

export function keepCode(kind: LinkKind, code: string): void {
  try {
    sessionStorage.setItem(nameOf(kind), code);
  } catch {
    // Then a reload needs the link again.
  }
}

/** Asks the server what the link opens. */
export function openCode(kind: LinkKind, code: string): void {
  window.location.replace(`/${kind}?code=${encodeURIComponent(code)}`);
}

export function forgetCode(kind: LinkKind): void {
  try {
    sessionStorage.removeItem(nameOf(kind));
  } catch {
    // Then none was kept.
  }
}
