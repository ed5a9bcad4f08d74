/** Finds every token in a text and judges it as far as that goes without a server; flags the team's own secrets. Browser-safe. Its answer holds neither a token nor a secret, only where they stand. */

import { whyNotSent } from "@/lib/decoder/ladder";
import { judge, reasonOf } from "@/lib/decoder/verdict";
import { findTokens } from "@/lib/jwt/find-tokens";
import type { Range } from "@/lib/jwt/finding";
import { type Reading, readToken } from "@/lib/jwt/read";
import { profileOfClaims, vendors } from "@/lib/profiles/registry";
import { holdsCredential } from "@/lib/text/credential";
import { placeCounter } from "@/lib/text/place-counter";
import { shorten } from "@/lib/text/shorten";
import { canDigest, digestAll, toHex } from "./digest";
import { type FlaggedSecret, flag, type KnownSecret, recogniseSecrets } from "./flag-secrets";
import {
  credentialStarts,
  type Inner,
  type PackedPlace,
  packedIn,
  placesOf,
  type Run,
  withPacked,
} from "./packed-tokens";
import type { Judged } from "./scan-state";
import { type Candidate, secretCandidates } from "./secret-candidates";

export type ScannedToken = Judged & {
  /** Where it first stands, as UTF-16 offsets. */
  range: Range;
  /** It stands in base64, somewhere in `range`. */
  packed?: PackedPlace;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** The other places: how many, and the first lines of them. */
  further: { count: number; lines: number[] };
  /** Hexadecimal; undefined where the browser cannot hash. */
  sha256?: string;
  /** What it may do within its time, were its signature right. */
  joins: boolean;
  moderates: boolean;
  callsRest: boolean;
  /** Whether its vendor refuses it at any time, whoever signed it: what breaks a rule in a way that nobody has documented may be accepted. */
  refused: boolean;
  /** Whether a server could check its signature. */
  checkable: boolean;
  /** Claims, where they are text; shortened, and without any secret or token. */
  apiKey?: string | undefined;
  room?: string | undefined;
  subject?: string | undefined;
  jti?: string | undefined;
  /** Seconds since 1970, as the vendor reads the claim. */
  createdAt?: number | undefined;
};

type FoundCredential = {
  line: number;
  column: number;
  /** Inside a token, whose payload anybody can read; the place is the token's. */
  inToken: boolean;
};

export type Scan = {
  /** In the order of first occurrence. */
  tokens: ScannedToken[];
  /** What stands in base64 and holds tokens. */
  runs: Run[];
  secrets: FlaggedSecret[];
  /** Where what is a credential of some desk by its checksum stands. */
  credentials: FoundCredential[];
  /** False on plain http: nothing can be looked up, and secrets cannot be looked for. */
  hashed: boolean;
  /** How many runs of characters were not compared with the secrets, because there were too many. */
  leftOut: number;
};

const FURTHER_LINES = 20;
const SHOWN_CHARACTERS = 128;
const REASON_CHARACTERS = 400;
const PROGRESS_EVERY = 100;
const server = { state: "unavailable", reason: "" } as const;

export async function scanText(
  text: string,
  options: {
    /** Seconds since 1970. */
    now: number;
    fingerprints: readonly KnownSecret[];
    /** How many runs of characters are compared with the secrets, at most; without it, as many as a page's visitor waits for. */
    mostCandidates?: number;
    /** Told now and then how many tokens were read, and of how many. */
    onProgress?: (read: number, of: number) => void;
  },
): Promise<Scan> {
  const plain = findTokens(text);
  const packed = packedIn(text, plain);
  const { found, runs } = withPacked(text, plain, packed);
  const inside = new Map<string, Candidate>();
  const written = new Map(plain.map(({ token, places }) => [token, places.length]));
  const credentials = credentialPlaces(text, packed);
  const judged = found.map((each, index) => {
    if (index % PROGRESS_EVERY === 0) options.onProgress?.(index, found.length);
    const reading = readToken(each.token, vendors);
    // What stands in base64 is looked for with all else there.
    const count = written.get(each.token) ?? 0;
    if (count > 0) collectInside(inside, reading, { start: each.range.start, count });
    if (readableIn(reading).some(holdsCredential))
      // One by one: a call does not take a hundred thousand at once.
      for (const { line, column } of each.places) credentials.push({ line, column, inToken: true });
    // The reading itself is dropped here: thousands of them would fill the memory.
    return judgeAlone(reading, options.now);
  });
  options.onProgress?.(found.length, found.length);

  const hashed = canDigest();
  const hashes = hashed ? await digestAll(found.map(({ token }) => token)) : [];
  const { texts, secrets, leftOut } = hashed
    ? await lookForSecrets(text, { taken: placesOf(plain), inside }, options)
    : { texts: [], secrets: [], leftOut: 0 };
  const shown = (value: unknown, most = SHOWN_CHARACTERS): string | undefined =>
    typeof value === "string" ? shorten(withoutTokens(withoutSecrets(value, texts)), most) : undefined;
  const tokens = found.map(({ range, packed, line, column, places }, index): ScannedToken => {
    // One judgement for each of `found`.
    const { lasting, warned = false, apiKey, room, subject, jti, ...times } = judged[index] as JudgedAlone;
    const others = places.slice(1);
    return {
      range,
      ...(packed && { packed }),
      line,
      column,
      further: { count: others.length, lines: others.slice(0, FURTHER_LINES).map((place) => place.line) },
      ...(hashes[index] && { sha256: toHex(hashes[index]) }),
      lasting: { ...lasting, reason: shown(lasting.reason, REASON_CHARACTERS) ?? "" },
      warned,
      ...times,
      apiKey: shown(apiKey),
      room: shown(room),
      subject: shown(subject),
      jti: shown(jti),
    };
  });
  credentials.sort((a, b) => a.line - b.line || a.column - b.column);
  return { tokens, runs, secrets, credentials, hashed, leftOut };
}

function credentialPlaces(text: string, packed: readonly Inner[]): FoundCredential[] {
  return credentialStarts(text, packed)
    .map(placeCounter(text))
    .map((place) => ({ ...place, inToken: false }));
}

/** What anybody can read of a token. */
const readableIn = (reading: Reading): string[] =>
  reading.kind === "token" ? [reading.segments.header.text, reading.segments.payload?.text ?? ""] : [];

type JudgedAlone = Judged & {
  joins: boolean;
  moderates: boolean;
  callsRest: boolean;
  refused: boolean;
  checkable: boolean;
  createdAt?: number | undefined;
  apiKey?: unknown;
  room?: unknown;
  subject?: unknown;
  jti?: unknown;
};

function judgeAlone(reading: Reading, now: number): JudgedAlone {
  if (reading.kind !== "token") {
    const reason = reading.kind === "not-a-token" ? reading.message : "";
    return {
      lasting: { word: "Malformed", tone: "bad", reason },
      ...{ joins: false, moderates: false, callsRest: false },
      ...{ refused: true, checkable: false },
    };
  }
  const claims = reading.claims ?? {};
  const profile = profileOfClaims(claims);
  const verdict = judge(profile, reading, { server, now });
  const { createdAt, notBefore, expiresAt } = verdict.times;
  // What it will be once its time has come.
  const within =
    verdict.word === "Not valid yet" ? judge(profile, reading, { server, now: notBefore ?? now }) : verdict;
  const { word, tone } = within;
  const { room, subject, moderates, callsRest } = profile.facts(claims);
  const checkable = whyNotSent(reading) === undefined;
  const lasting = { word, tone, reason: tone === "mute" ? "" : reasonOf(within) };
  const { [profile.keyClaim]: apiKey, jti } = claims;
  const at = Math.max(notBefore ?? 0, Math.min(now, (expiresAt ?? Number.POSITIVE_INFINITY) - 1));
  const join = profile.entry(claims, { at });
  const joins = join !== "no";
  const warned = join === "unclear" || within.layers.some(({ state }) => state === "warn");
  return {
    ...{ lasting, warned, createdAt, notBefore, expiresAt, joins, moderates, callsRest, checkable },
    refused: within.answer.does === "refuses",
    ...{ apiKey, room, subject, jti },
  };
}

/** What stands in header and payload, anybody can read; and a secret may have been put in the place of the payload or the signature. */
function collectInside(
  inside: Map<string, Candidate>,
  reading: Reading,
  { start, count }: Omit<Candidate, "between">,
): void {
  if (reading.kind !== "token") return;
  const { header, payload } = reading.segments;
  const [, middle = "", last = ""] = reading.token.split(".");
  const inPayload = payload?.root ? payload.text : middle;
  for (const [candidate, { between }] of secretCandidates(`${header.text}\n${inPayload}\n${last}`)) {
    const earlier = inside.get(candidate) ?? { start, count: 0, between };
    inside.set(candidate, { ...earlier, count: earlier.count + count, between: earlier.between && between });
  }
}

async function lookForSecrets(
  text: string,
  { taken, inside }: { taken: readonly Range[]; inside: ReadonlyMap<string, Candidate> },
  { fingerprints: known, mostCandidates }: { fingerprints: readonly KnownSecret[]; mostCandidates?: number },
): Promise<{ texts: string[]; secrets: FlaggedSecret[]; leftOut: number }> {
  if (known.length === 0) return { texts: [], secrets: [], leftOut: 0 };
  const around = secretCandidates(text, taken);
  const [first, last] = [new Set<string>(), new Set<string>()];
  for (const found of [around, inside])
    for (const [candidate, { between }] of found) (between ? last : first).add(candidate);
  for (const candidate of first) last.delete(candidate);
  const { secrets, leftOut } = await recogniseSecrets(first, known, mostCandidates, last);
  const flagged = [...secrets].flatMap(([candidate, secret]) => {
    const [outside, within] = [around.get(candidate), inside.get(candidate)];
    return [
      ...(outside ? [flag(text, secret, outside, false)] : []),
      ...(within ? [flag(text, secret, within, true)] : []),
    ];
  });
  flagged.sort((a, b) => a.line - b.line || a.column - b.column);
  return { texts: [...secrets.keys()], secrets: flagged, leftOut };
}

function withoutSecrets(value: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "(a secret)"), value);
}

/** Joined once: cutting the whole text for each token would take the square of their number. */
function withoutTokens(value: string): string {
  const ranges = findTokens(value).flatMap(({ places }) => places.map(({ range }) => range));
  ranges.sort((a, b) => a.start - b.start);
  let kept = 0;
  const pieces = ranges.map(({ start, end }) => {
    const before = value.slice(kept, start);
    kept = end;
    return `${before}(a token)`;
  });
  return pieces.join("") + value.slice(kept);
}
