/** Recognises a signing secret that could be found by trying words, repeats, rows of keys, and hashes of common passwords or of the API key, which its fingerprint would confirm. Lets everything that was drawn at random pass. */
import { createHash } from "node:crypto";
import { commonPasswords, englishWords, estimator } from "@/lib/auth/estimator";
import { profiles } from "@/lib/profiles/registry";
import { isExampleSecret, isWeakSecret } from "@/lib/weak-secret";

/** 32 random hexadecimal digits have 10^32 or more guesses by the estimate, a few words hardly 10^28. */
const FEWEST_GUESSES_LOG10 = 28;

/** @param apiKey the one that it belongs to, which everybody can read in a token @param label what its key is called here */
export function isGuessable(secret: string, { apiKey, label }: { apiKey: string; label: string }): boolean {
  const hidden = textIn(secret);
  return (
    isHashOfCommon(secret) ||
    isHashOf(secret, [apiKey, apiKey.toUpperCase(), apiKey.replace(/[\W_]/g, ""), label, label.toLowerCase()]) ||
    [secret, ...hidden].some(isMadeOfWords) ||
    hidden.some((text) => isWeakSecret(text) || isExampleSecret(text))
  );
}

function isMadeOfWords(text: string): boolean {
  return estimator().check(text).guessesLog10 < FEWEST_GUESSES_LOG10 || readsLikeWords(text);
}

function bytesIn(secret: string): Buffer | undefined {
  if (/^(?:[\da-f]{2})+$/i.test(secret)) return Buffer.from(secret, "hex");
  // Node reads both alphabets as one.
  return /^[\w+/-]+=*$/.test(secret) ? Buffer.from(secret, "base64") : undefined;
}

/** Readable ones alone: of 24 random bytes, all are so once in 10^10 times. */
function textIn(secret: string): string[] {
  const text = bytesIn(secret)?.toString("latin1") ?? "";
  return /^[ -~]{16,}$/.test(text) ? [text] : [];
}

const HASHES: Record<number, string> = { 16: "md5", 20: "sha1", 32: "sha256", 48: "sha384", 64: "sha512" };
const MOST_HASHED = 10_000;
/** What people add when they are asked for a digit or a sign; to so many of the most common. */
const ENDINGS = ["1", "12", "123", "01", "!", "1!", "123!", "2024", "2025", "2026"];
const MOST_ENDED = 500;
/** Too short, or too much this product's, for the list. */
const OTHERS = [
  "",
  "0",
  "1",
  "a",
  ...[...profiles.values()].flatMap(({ id, name, keyClaim, alsoCalled }) => [id, name, keyClaim, ...alsoCalled]),
  "claimcheck",
  "admin",
  "root",
  "user",
  "jwt",
  "token",
  ...["hello world", "Hello World", "hello, world", "Hello, World", "hello world!", "Hello World!", "Hello, World!"],
  ...["the quick brown fox jumps over the lazy dog", "The quick brown fox jumps over the lazy dog."],
  // What tutorials write in the place of one.
  ...["secret-key", "secret_key", "secretkey", "my-secret", "my_secret", "mysecret"],
  ...["my-secret-key", "my_secret_key", "mysecretkey", "your-secret-key", "your_secret_key", "super-secret"],
  ...["supersecret", "topsecret", "mySecretKey", "secret key", "my-super-secret-key", "SECRET_KEY", "JWT_SECRET_KEY"],
  ...["your-256-bit-secret", "keyboard cat", "shhhhh", "foo", "bar", "abc", "key", "message", "example"],
  ...["super-secret-key", "jwt-secret", "jwt_secret", "jwtsecret", "JWT_SECRET", "api-secret", "api_secret"],
];
const hashesOf = new Map<number, Set<string>>();

/** As people type it, and as `echo` gives it to a hash. */
const waysToWrite = (text: string): string[] => {
  const capitalised = text.slice(0, 1).toUpperCase() + text.slice(1);
  return [text, capitalised].flatMap((each) => [each, `${each}\n`]);
};

function hashesOfLength(length: number): Set<string> {
  const ended = [...OTHERS, ...commonPasswords.slice(0, MOST_ENDED)].flatMap((text) =>
    ENDINGS.map((ending) => text + ending),
  );
  return hashesOfAll([...OTHERS, ...commonPasswords.slice(0, MOST_HASHED), ...ended], length);
}

/** So many bytes are a function's whole hash, the beginning of a longer one, or a shorter one filled with zeros. */
function hashesOfAll(texts: readonly string[], length: number): Set<string> {
  const functions = Object.values(HASHES).filter(
    (name) => name === HASHES[length] || name === "sha1" || name === "sha512",
  );
  const written = texts.flatMap(waysToWrite);
  return new Set(
    functions.flatMap((name) =>
      written.map((text) =>
        createHash(name)
          .update(text)
          .digest("hex")
          .slice(0, 2 * length)
          .padEnd(2 * length, "0"),
      ),
    ),
  );
}

function isHashOfCommon(secret: string): boolean {
  const bytes = bytesIn(secret);
  if (!bytes || !HASHES[bytes.length]) return false;
  const hashes = hashesOf.get(bytes.length) ?? hashesOfLength(bytes.length);
  hashesOf.set(bytes.length, hashes);
  return hashes.has(bytes.toString("hex")) || isTwoShortOnes(bytes.toString("hex"));
}

function isHashOf(secret: string, texts: readonly string[]): boolean {
  const bytes = bytesIn(secret);
  return bytes !== undefined && bytes.length in HASHES && hashesOfAll(texts, bytes.length).has(bytes.toString("hex"));
}

/** Two hashes of 16 bytes make one of the length that is asked for. */
function isTwoShortOnes(digits: string): boolean {
  if (digits.length !== 64) return false;
  const short = commonPasswords.slice(0, MOST_ENDED).map((text) => createHash("md5").update(text).digest("hex"));
  return short.includes(digits.slice(0, 32)) && short.includes(digits.slice(32));
}

/** So few of hexadecimal digits are letters that these are none of a sentence's. */
const MOSTLY_LETTERS = 0.85;
/** Random letters reach it once in 2^24 times; sentences in European languages have about one for each pair of letters. */
const TELLING_BITS = 24;

/** The estimate knows few words: by it, a sentence without blanks is as good as random letters. */
function readsLikeWords(text: string): boolean {
  const letters = text.toLowerCase().replace(/[^a-z]/g, "");
  if (letters.length < text.replace(/[^a-z\d]/gi, "").length * MOSTLY_LETTERS) return false;
  let bits = 0;
  for (let index = 1; index < letters.length; index++) bits += bitsOf(letters.slice(index - 1, index + 1));
  return bits > TELLING_BITS;
}

const PAIRS = 26 * 26;
let seen: Map<string, number> | undefined;
let total = 0;

/** How much more often the pair stands in words than among random letters. */
function bitsOf(pair: string): number {
  if (!seen) {
    seen = new Map();
    for (const word of englishWords)
      for (let index = 1; index < word.length; index++) {
        const each = word.slice(index - 1, index + 1);
        seen.set(each, (seen.get(each) ?? 0) + 1);
        total += 1;
      }
  }
  return Math.log2((((seen.get(pair) ?? 0) + 1) / (total + PAIRS)) * PAIRS);
}
