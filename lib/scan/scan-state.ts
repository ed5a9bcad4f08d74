/** The state of a token that was found in a text, at any instant: what was read without a server, what the ledger adds, and what a check of its signature adds. Browser-safe. Says Valid only of bytes that the ledger knows. */

import { SOON_SECONDS, type Verdict } from "@/lib/decoder/verdict";
import type { LedgerMatch } from "@/lib/scan/ledger-match";

export type ScanState = Pick<Verdict, "word" | "tone" | "alarm"> & { reason: string };

/** What the ledger said of a token: its row, nothing, or that it was not asked. */
export type LedgerAnswer = LedgerMatch | "absent" | "not-asked";

/** What the decoder says of a token whose signature was checked, from each instant on at which that changes. */
export type Checked = {
  phases: readonly { from: number; state: ScanState }[];
  /** A secret of this desk made its signature. */
  bySecretOfOurs: boolean;
  /** The case that it is collected in. */
  caseNumber?: number;
};

/** The part of a scanned token that its state depends on. */
export type Judged = {
  /** The verdict without a server, at an instant within the token's time if there is one. */
  lasting: ScanState;
  /** Something in it is probably not what was meant. */
  warned?: boolean;
  /** Seconds since 1970, as VideoSDK reads the claims; undefined: no such limit. */
  notBefore?: number | undefined;
  expiresAt?: number | undefined;
};

/** Agrees with `judge` in every case, but is cheap enough for each second. @param now seconds since 1970 */
export function stateAt(judged: Judged, ledger: LedgerAnswer, now: number, checked?: Checked): ScanState {
  const { lasting, notBefore, expiresAt } = judged;
  const phase = checked?.phases.findLast(({ from }) => from <= now)?.state;
  // What was said of it before is said without what stands in it.
  if (phase) return phase.word === lasting.word ? lasting : phase;
  const match = typeof ledger === "object" ? ledger : undefined;
  // The bytes are in the ledger, so this desk signed them: the signature needs no other check.
  if (match?.secretRetired) {
    return { word: "Bad signature", tone: "bad", reason: `Signed with a retired secret of “${match.keyLabel}”.` };
  }
  // Refused at any time, or not checked because it brings its own key: no ledger makes that better.
  if (lasting.tone === "bad") return lasting;
  if (expiresAt !== undefined && now >= expiresAt) return { word: "Expired", tone: "mute", reason: "" };
  if (notBefore !== undefined && now < notBefore) return { word: "Not valid yet", tone: "warn", reason: "" };
  if (!match || lasting.word !== "Signature not checked") return lasting;
  return ofOurs(judged, match, now);
}

/** Of one whose bytes the ledger knows, within its time. */
function ofOurs({ expiresAt, warned }: Judged, match: LedgerMatch, now: number): ScanState {
  const warn = (word: Verdict["word"], reason = ""): ScanState => ({ word, tone: "warn", reason });
  if (match.revokedAt !== null) return warn("Revoked", "Marked here only.");
  if (match.keyDisabled) return warn("Key disabled here");
  if (expiresAt === undefined) return warn("Never expires");
  if (expiresAt - now <= SOON_SECONDS) return warn("Expires soon");
  return warned ? warn("Valid, with a warning") : { word: "Valid", tone: "ok", reason: "" };
}

/** Whether it could still let somebody in, now or later. */
export function isActive({ word }: ScanState, { expiresAt }: Judged, now: number): boolean {
  if (expiresAt !== undefined && now >= expiresAt) return false;
  return word !== "Expired" && word !== "Malformed" && word !== "Bad signature";
}

/** The instants at which some state changes, in order. */
export function changesOf(tokens: readonly Pick<Judged, "notBefore" | "expiresAt">[]): number[] {
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
