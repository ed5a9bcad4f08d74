/** The state of a token that was found in a text, at any instant: what was read without a server, and what the ledger adds. Browser-safe. Says Valid only of bytes that the ledger knows. */

import { SOON_SECONDS, type Verdict } from "@/lib/decoder/verdict";
import type { LedgerMatch } from "@/lib/scan/ledger-match";

export type ScanState = Pick<Verdict, "word" | "tone" | "reason">;

/** What the ledger said of a token: its row, nothing, or that it was not asked. */
export type LedgerAnswer = LedgerMatch | "absent" | "not-asked";

/** The part of a scanned token that its state depends on. */
export type Judged = {
  /** The verdict without a server, at an instant within the token's time if there is one. */
  lasting: ScanState;
  /** Seconds since 1970, as VideoSDK reads the claims; undefined: no such limit. */
  notBefore?: number | undefined;
  expiresAt?: number | undefined;
};

/** Agrees with `judge` in every case, but is cheap enough for each second. @param now seconds since 1970 */
export function stateAt({ lasting, notBefore, expiresAt }: Judged, ledger: LedgerAnswer, now: number): ScanState {
  const match = typeof ledger === "object" ? ledger : undefined;
  // The bytes are in the ledger, so this desk signed them: the signature needs no other check.
  if (match?.secretRetired) {
    return { word: "Bad signature", tone: "bad", reason: `Signed with a retired secret of “${match.keyLabel}”.` };
  }
  if (lasting.word === "Malformed" || lasting.word === "Bad signature") return lasting;
  if (expiresAt !== undefined && now >= expiresAt) return { word: "Expired", tone: "bad", reason: "" };
  if (notBefore !== undefined && now < notBefore) return { word: "Not valid yet", tone: "bad", reason: "" };
  // Not checked because it brings its own key: what the ledger says of it does not make it better.
  if (!match || lasting.word !== "Signature not checked" || lasting.tone === "bad") return lasting;
  if (match.revokedAt !== null) return { word: "Revoked", tone: "warn", reason: "Marked here; VideoSDK accepts it." };
  const reason = match.keyDisabled ? "Its key is disabled here." : "";
  if (expiresAt !== undefined && expiresAt - now <= SOON_SECONDS) return { word: "Expires soon", tone: "warn", reason };
  return { word: "Valid", tone: "ok", reason };
}

/** Whether it could still let somebody in, now or later. */
export function isAlive({ word }: ScanState): boolean {
  return word !== "Expired" && word !== "Malformed" && word !== "Bad signature";
}

/** The instants at which some state changes, in order. */
export function changesOf(tokens: readonly Judged[]): number[] {
  const instants = tokens.flatMap(({ notBefore, expiresAt }) => [
    ...(notBefore === undefined ? [] : [notBefore]),
    ...(expiresAt === undefined ? [] : [expiresAt - SOON_SECONDS, expiresAt]),
  ]);
  return instants.sort((a, b) => a - b);
}

/** How many of `instants`, in order, have come. */
export function countUntil(instants: readonly number[], now: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // From 0 to the last index.
    if ((instants[middle] as number) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}
