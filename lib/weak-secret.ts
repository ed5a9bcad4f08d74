/** Recognises a secret that nobody drew at random: one that repeats itself, counts up, uses hardly any characters, or stands in documentation. Lets everything else pass. Browser-safe. */

/** Of 32 random hexadecimal digits, fewer occur once in ten million. */
const FEWEST_CHARACTERS = 8;

/** What examples are made of (jwt.io's `a-string-secret-at-least-256-bits-long`); random characters of base64 spell one of these once in some million secrets, hexadecimal digits never. */
const EXAMPLE =
  /secret|password|example|change[-_ ]?me|replace[-_ ]?me|placeholder|\d[-_ ]bits?[-_ ]|your[-_ ](key|own|jwt)/i;

/** The keys of RFC 7515 (A.1) and RFC 7520 (3.5), which many tutorials copy. */
const PUBLISHED = [
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qs0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
  "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
];

/** Length alone does not make a secret: its fingerprint is a bare hash, and what can be guessed can be found by it. */
export function isWeakSecret(secret: string): boolean {
  const characters = [...secret];
  return new Set(characters).size < FEWEST_CHARACTERS || repeatsItself(secret) || countsUp(characters);
}

/** What everybody can read somewhere is no secret, however long it is. */
export function isExampleSecret(secret: string): boolean {
  return EXAMPLE.test(secret) || PUBLISHED.includes(secret.replace(/=+$/, ""));
}

/** A text that is made of one piece, twice or more, is found within its own double before its end. */
const repeatsItself = (text: string) => text.length > 1 && `${text}${text}`.indexOf(text, 1) < text.length;

function countsUp(characters: readonly string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  const regular = codes.filter((code, index) => index > 0 && Math.abs(code - (codes[index - 1] ?? 0)) <= 1).length;
  return regular > (codes.length * 3) / 4;
}
