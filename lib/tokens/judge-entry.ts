/** The verdict on a token of the ledger, by what the ledger and its key say of it now: the decoder's own, as if the token were pasted; but of one that is over not that its secret is retired by now, since an old row tells what it was good for. Nobody has the token, but its claims are in the ledger as they were signed, and so is what signed them. */
import { now } from "@/lib/clock";
import { isCutShort, isCutShortAt } from "@/lib/cut-short";
import { reader } from "@/lib/db";
import { decodeReading } from "@/lib/decoder/decode";
import type { Inspection } from "@/lib/decoder/inspection";
import type { Verdict } from "@/lib/decoder/verdict";
import { readToken } from "@/lib/jwt/read";
import { retirementOf } from "@/lib/keys/current-secret";
import type { LedgerRow } from "@/lib/ledger/row";
import { profileOf } from "@/lib/profiles/registry";
import { epochSeconds, wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import { signToken } from "./sign";

/** Whose signature it is stands in the ledger: another one reads the same. */
const ANY_SECRET = "no secret of any key";

/** What is known of its secret and its key; `keyDisabled` is null where that is gone. */
type Known = { retiredAt: Date | null; keyDisabled: boolean | null; at: number };

export type JudgedEntry = {
  verdict: Verdict;
  /** Since when its vendor refuses it, and refused it before its end: seconds since 1970; null: it never did. */
  cutShortAt: number | null;
};

export async function judgeEntry(entry: LedgerRow): Promise<JudgedEntry> {
  const [retiredAt, key] = await Promise.all([
    retirementOf(entry.secretVersionId),
    reader().signingKey.findUnique({ where: { id: entry.keyId }, select: { disabledAt: true } }),
  ]);
  const keyDisabled = key && key.disabledAt !== null;
  return {
    verdict: verdictOn(entry, { retiredAt, keyDisabled, at: epochSeconds(now()) }),
    cutShortAt: retiredAt && isCutShort(retiredAt, entry.expiresAt) ? wholeEpochSeconds(retiredAt) : null,
  };
}

export function verdictOn(entry: LedgerRow, { retiredAt, keyDisabled, at }: Known): Verdict {
  const retired = isCutShortAt(at, retiredAt, entry.expiresAt);
  const inspection: Inspection = {
    signature: {
      ...{ state: "right", keyLabel: entry.keyLabel, otherKey: false, retired },
      ...(retiredAt && { retiredAt: wholeEpochSeconds(retiredAt) }),
    },
    ledger: { state: "issued", entry: { ...entry, ask: "", event: null } },
    keyDisabled,
    profile: entry.profile,
  };
  const reading = readToken(signToken(entry.claims, ANY_SECRET, profileOf(entry.profile).algorithm));
  const decoded = decodeReading(reading, { server: { state: "answered", inspection }, now: at });
  if (decoded.kind !== "token") throw new Error("The claims of a ledger's row make no token.");
  return decoded.verdict;
}
