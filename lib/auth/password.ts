/** Hashes and verifies passwords (Argon2id), and refuses those that are easy to guess. */
import { hash, verify } from "@node-rs/argon2";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane; Argon2id is the library's default algorithm. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// zxcvbn: 4 is "very unguessable: strong protection from offline slow-hash scenario", ten thousand million guesses.
const LOWEST_SCORE = 4;

export function hashPassword(password: string): Promise<string> {
  return hash(password, argon2id);
}

let decoy: Promise<string> | undefined;

/**
 * @param passwordHash PHC string, or undefined for an unknown member: then the same work is done, and the answer is no
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("a password that nobody has");
  const matches = await verify(passwordHash ?? (await decoy), password, argon2id);
  return matches && passwordHash !== undefined;
}

let estimator: ZxcvbnFactory | undefined;

/** 32 random hexadecimal digits have 10^32 or more guesses by this estimate, a few words hardly 10^28. */
const FEWEST_GUESSES_LOG10 = 28;

/** Whether a signing secret could be found by trying words, repeats and rows of keys, which its fingerprint would confirm. */
export function isGuessable(secret: string): boolean {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return estimator.check(secret).guessesLog10 < FEWEST_GUESSES_LOG10;
}

/** The password with each word and each character of a run once: said twice is not twice as hard to guess. */
function withoutRepeats(password: string): string {
  const seen = new Set<string>();
  return password.replace(/(.)\1{2,}/gu, "$1").replace(/\p{L}+|\p{N}+/gu, (word) => {
    const known = seen.has(word.toLowerCase());
    seen.add(word.toLowerCase());
    return known ? "" : word;
  });
}

/**
 * @param personal words that the guesser knows: name, email
 * @returns why the password is refused, or undefined
 */
export function passwordWeakness(password: string, personal: string[]): string | undefined {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const guesser = estimator;
  const words = personal.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2);
  const [worst] = [password, withoutRepeats(password)]
    .map((text) => guesser.check(text, [...words, "claimcheck"]))
    .sort((one, other) => one.guesses - other.guesses);
  if (!worst || worst.score >= LOWEST_SCORE) return undefined;
  const { sequence } = worst;
  const common = sequence.some(
    (match) => match.pattern === "dictionary" && match.dictionaryName.startsWith("passwords"),
  );
  return common
    ? "This is on a list of common passwords, or close to one. Take three or four unrelated words."
    : "This is easy to guess. Take three or four unrelated words.";
}
