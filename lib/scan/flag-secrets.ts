/** Tells which of the team's secrets stand in a text, by fingerprint. Browser-safe: the server never learns of the text, nor the page of the secret. */
import { FINGERPRINT_DIGITS } from "@/lib/fingerprint-digits";
import { looksLike } from "@/lib/profiles/registry";
import { placeCounter } from "@/lib/text/place-counter";
import { digestAll, toHex } from "./digest";
import type { Candidate } from "./secret-candidates";

/** A secret version as the page knows it. */
export type KnownSecret = {
  /** The first {@link FINGERPRINT_DIGITS} hexadecimal digits of the secret's SHA-256. */
  fingerprint: string;
  keyId: string;
  /** The label of its key. */
  label: string;
  /** The vendor whose key it is: an id of lib/profiles/registry.ts. */
  profile: string;
  /** Rotated away: the vendor may refuse it too. */
  retired: boolean;
};

export type FlaggedSecret = KnownSecret & {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** How often it stands elsewhere in the text. */
  further: number;
  /** Inside a token, whose payload anybody can read; the place is the token's. */
  inToken: boolean;
};

/** More would take seconds to hash, for which a page's visitor would wait. */
const MOST_CANDIDATES = 50_000;
/** The digests of more would fill the memory. */
const HASHED_AT_ONCE = 10_000;

/**
 * @returns the secrets among `candidates` by their text, which must not leave the caller; and how many candidates were
 * left out because there were more than `most`. Those that look like a vendor's secrets come first, and `last` behind all.
 */
export async function recogniseSecrets<Known extends { fingerprint: string }>(
  candidates: Iterable<string>,
  known: readonly Known[],
  most = MOST_CANDIDATES,
  last: Iterable<string> = [],
): Promise<{ secrets: Map<string, Known>; leftOut: number }> {
  const likely: string[] = [];
  const others: string[] = [];
  for (const candidate of candidates) (looksLike("secret", candidate) ? likely : others).push(candidate);
  const all = likely.concat(others, [...last]);
  const tried = all.slice(0, most);
  const byFingerprint = new Map(known.map((secret) => [secret.fingerprint, secret]));
  const secrets = new Map<string, Known>();
  for (let from = 0; from < tried.length; from += HASHED_AT_ONCE) {
    const some = tried.slice(from, from + HASHED_AT_ONCE);
    for (const [index, digest] of (await digestAll(some)).entries()) {
      const secret = byFingerprint.get(toHex(digest, FINGERPRINT_DIGITS));
      // One digest for each of them.
      if (secret) secrets.set(some[index] as string, secret);
    }
  }
  return { secrets, leftOut: all.length - tried.length };
}

/** @param text the text in which the candidate has its offset */
export function flag(text: string, secret: KnownSecret, { start, count }: Candidate, inToken: boolean): FlaggedSecret {
  const { fingerprint, keyId, label, profile, retired } = secret;
  return { fingerprint, keyId, label, profile, retired, ...placeCounter(text)(start), further: count - 1, inToken };
}
