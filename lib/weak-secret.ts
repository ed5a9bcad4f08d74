/** Recognises a secret that nobody drew at random: one that repeats itself, counts up, or uses hardly any characters. Lets everything else pass. Browser-safe. */

/** Of 32 random hexadecimal digits, fewer occur once in ten million. */
const FEWEST_CHARACTERS = 8;

/** Length alone does not make a secret: its fingerprint is a bare hash, and what can be guessed can be found by it. */
export function isWeakSecret(secret: string): boolean {
  const characters = [...secret];
  return new Set(characters).size < FEWEST_CHARACTERS || repeatsItself(secret) || countsUp(characters);
}

/** A text that is made of one piece, twice or more, is found within its own double before its end. */
const repeatsItself = (text: string) => text.length > 1 && `${text}${text}`.indexOf(text, 1) < text.length;

function countsUp(characters: readonly string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  const regular = codes.filter((code, index) => index > 0 && Math.abs(code - (codes[index - 1] ?? 0)) <= 1).length;
  return regular > (codes.length * 3) / 4;
}
