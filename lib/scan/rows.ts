/** The found tokens as a person looks through them: each with whose it is and what is to be made of it, the most dangerous first. Browser-safe. */
import type { KnownKey } from "@/lib/decoder/judge-text";
import { MOST_REVOKED } from "@/lib/sizes";
import { groupDigits } from "@/lib/text/group-digits";
import type { LedgerMatch } from "./ledger-match";
import type { ScannedToken } from "./scan";
import { type Checked, isActive, type LedgerAnswer, type ScanState, stateAt } from "./scan-state";

export type ScanRow = {
  token: ScannedToken;
  ledger: LedgerAnswer;
  state: ScanState;
  /** Whether it could let somebody in, now or later. */
  active: boolean;
  /** Of the key of this desk that it bears, whoever signed it. */
  keyLabel: string | undefined;
  /** The case that it is collected in. */
  caseNumber: number | undefined;
  /** Its signature was checked here since it was found. */
  checked: boolean;
  /** By that check, a secret of this desk made it. */
  bySecretOfOurs: boolean;
};

export const kinds = ["all", "active", "moderators", "rest", "issued", "not-issued", "others"] as const;
/** `not-issued`: bears a key of this desk and is not in its ledger. */
export type Kind = (typeof kinds)[number];

/** What this desk has said of them: by SHA-256. */
export type Known = {
  answers: ReadonlyMap<string, Exclude<LedgerAnswer, "not-asked">>;
  checks: ReadonlyMap<string, Checked>;
  keys: readonly KnownKey[];
};

/** @param now seconds since 1970 @returns the most dangerous first */
export function scanRows(tokens: readonly ScannedToken[], { answers, checks, keys }: Known, now: number): ScanRow[] {
  const labels = new Map(keys.map(({ apiKey, label }) => [apiKey, label]));
  const rows = tokens.map((token): ScanRow => {
    const ledger = (token.sha256 && answers.get(token.sha256)) || "not-asked";
    const checked = token.sha256 ? checks.get(token.sha256) : undefined;
    const state = stateAt(token, ledger, now, checked);
    return {
      ...{ token, ledger, state, active: isActive(state, token, now) },
      keyLabel: typeof ledger === "object" ? ledger.keyLabel : labels.get(token.apiKey ?? ""),
      ...{ caseNumber: checked?.caseNumber, checked: checked !== undefined },
      bySecretOfOurs: checked?.bySecretOfOurs === true,
    };
  });
  return rows.sort(byDanger);
}

/** An alarm, what is active, what may do most, what is not in the ledger, what ends last; then by place. */
function byDanger(one: ScanRow, other: ScanRow): number {
  const alarm = ({ state }: ScanRow) => (state.alarm ? (state.tone === "bad" ? 2 : 1) : 0);
  const rights = ({ token }: ScanRow) => Number(token.moderates) + Number(token.callsRest);
  const end = ({ token }: ScanRow) => token.expiresAt ?? Number.POSITIVE_INFINITY;
  return (
    (alarm(other) === 2 ? 1 : 0) - (alarm(one) === 2 ? 1 : 0) ||
    Number(other.active) - Number(one.active) ||
    alarm(other) - alarm(one) ||
    rights(other) - rights(one) ||
    Number(typeof one.ledger === "object") - Number(typeof other.ledger === "object") ||
    compare(end(other), end(one)) ||
    one.token.range.start - other.token.range.start
  );
}

/** Infinity less infinity is no number. */
const compare = (one: number, other: number) => (one === other ? 0 : one < other ? -1 : 1);

export function isOfKind(kind: Kind, { token, ledger, active, keyLabel }: ScanRow): boolean {
  switch (kind) {
    case "all":
      return true;
    case "active":
      return active;
    case "moderators":
      return token.moderates;
    case "rest":
      return token.callsRest;
    case "issued":
      return typeof ledger === "object";
    case "not-issued":
      return ledger === "absent" && keyLabel !== undefined;
    case "others":
      return ledger === "absent" && keyLabel === undefined;
  }
}

/** What the ledger does not know although it bears a key of ours, or may bear one that cannot be read here: only a check tells who signed it. Expects the rows' order. */
export function toCheck(rows: readonly ScanRow[]): ScanRow[] {
  const maybeOurs = (row: ScanRow) =>
    isOfKind("not-issued", row) || (isOfKind("others", row) && row.state.word === "Malformed" && !row.token.apiKey);
  return rows.filter((row) => maybeOurs(row) && row.token.checkable && !row.checked);
}

/** Of those that were issued here, those that are active and not revoked: the first, as many as can be revoked at once, and in words which those are. */
export function revocableIn(rows: readonly ScanRow[]): { first: LedgerMatch[]; words: string } {
  const all = rows.flatMap(({ ledger, active }) =>
    typeof ledger === "object" && active && ledger.revokedAt === null ? [ledger] : [],
  );
  const first = all.slice(0, MOST_REVOKED);
  if (all.length === 1) return { first, words: "the one that is active here" };
  if (all.length === first.length) return { first, words: "those that are active here" };
  return { first, words: `the first ${first.length} of ${groupDigits(all.length)} that are active here` };
}
