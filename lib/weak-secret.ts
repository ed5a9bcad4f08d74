/** Recognises a secret that nobody drew at random: one that repeats itself, counts up, uses hardly any characters, or stands in documentation or mathematics; and a token. Lets everything else pass. Browser-safe. */

/** Of 32 random hexadecimal digits, fewer occur once in ten million. */
const FEWEST_CHARACTERS = 8;

/** What examples are made of (jwt.io's `a-string-secret-at-least-256-bits-long`, RFC 4122's identifiers and those of encyclopedias); random characters of base64 spell one of these once in some million secrets, hexadecimal digits never. */
const EXAMPLE =
  /secret|password|example|(?:change|replace)[-_ ]?(?:me|this|with)|placeholder|random[-_ ]?string|long[-_ ]string|\d[-_ ]char|openssl|1q2w3e4r|qwerty|asdfgh|janfebmar|signing[-_ ]?key|quick[-_ ]?brown[-_ ]?fox|lazy[-_ ]?dog|dead[-_ ]?beef|cafe[-_ ]?babe|\d[-_ ]bits?[-_ ]|your[-_ ](key|own|jwt)|550e8400-?e29b|f81d4fae-?7dec|6ba7b81\d-?9dad|123e4567-?e89b/i;

/** The keys of RFC 7515 (A.1) and RFC 7520 (3.5), which many tutorials copy, three that those for Spring have, the one of jose's documentation, NIST's for AES-256 (SP 800-38A), and what SHA-256 begins with (FIPS 180-4). */
const PUBLISHED = [
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qs0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
  "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
  "YD3rEBXKcb4rc67whX13gR81LAc7YQjXLZgQowkU3_Q",
  "QE5jUmZValhuMnI1dTh4L0E_RChHK0tiUGRTZ1ZrWXA",
  "U2dWa1lwM3M2djl5L0I_RShIK01iUWVUaFdtWnE0dDc",
  "PPp27xSTfBwOpRn4_AV6gPzQSnQg-Oi80KdWfCcuAHs",
  "zH4NRP1HMALxxCFnRZABFA7GOJtzU_gIj02alfL1lvI",
  "agnmZ7tnroU8bvNypU_1OlEOUn-bBWiMH4PZq1vgzRk",
];

/** Pi, e, the roots of two, three and five, the golden ratio, Euler's constant, and the logarithms of two and ten, without their points, which stand behind the first digit. */
const REALS = [
  "3141592653589793238462643383279502884197169399375105820974944592",
  "2718281828459045235360287471352662497757247093699959574966967627",
  "1414213562373095048801688724209698078569671875376948073176679737",
  "1732050807568877293527446341505872366942805253810380628055806979",
  "2236067977499789696409173668731276235440618359611525724270897245",
  "1618033988749894848204586834365638117720309179805762862135448622",
  "0577215664901532860606512090082402431042159335939923598805767234",
  "0693147180559945309417232121458176568075500134360255254120680009",
  "2302585092994045684017991454684364207601101488628772976033327900",
];
/** So many of their hexadecimal digits are sure. */
const SURE_DIGITS = 48n;

function inHexadecimal(decimal: string): string {
  const behind = decimal.slice(1);
  const scaled = (BigInt(behind) * 16n ** SURE_DIGITS) / 10n ** BigInt(behind.length);
  return decimal.charAt(0) + scaled.toString(16).padStart(Number(SURE_DIGITS), "0");
}

/** Those in both notations, the primes, Fibonacci's numbers, the powers of two, the squares, the cubes, the powers of three, the triangular numbers, and the factorials. */
const CONSTANTS = [
  ...REALS,
  ...REALS.map(inHexadecimal),
  "2357111317192329313741434753596167717379838997101103107109113127",
  "0112358132134558914423337761098715972584418167651094617711286574",
  "1248163264128256512102420484096819216384327686553613107226214452",
  "1491625364964811001211441691962252562893243614004414845295766256",
  "0182764125216343512729100013311728219727443375409649135832685980",
  "1392781243729218765611968359049177147531441159432347829691434890",
  "0136101521283645556678911051201361531711902102312532763003253513",
  "1126241207205040403203628803628800399168004790016006227020800871",
];
/** Random digits begin with these once in 10^16 times. */
const TELLING_DIGITS = 16;

/** Of fewer, a pattern may be chance. */
const FEWEST_BYTES = 16;

/** Length alone does not make a secret: its fingerprint is a bare hash, and what can be guessed can be found by it. */
export function isWeakSecret(secret: string): boolean {
  const characters = [...secret];
  return (
    new Set(characters).size < FEWEST_CHARACTERS ||
    repeatsItself(secret) ||
    countsUp(characters) ||
    [0, 1].every((start) => countsUp(characters.filter((_, index) => index % 2 === start))) ||
    isConstant(secret) ||
    goesOn(secret) ||
    hasWeakBytes(secret)
  );
}

/** What it writes, a character for each byte, where it is hexadecimal or base64; else nothing. */
function bytesOf(secret: string): string {
  const base64 = asBase64url(secret).replaceAll("-", "+").replaceAll("_", "/");
  return /^[\w+/]+$/.test(base64) && base64.length % 4 !== 1 ? atob(base64) : "";
}

const hexadecimalOf = (bytes: string) =>
  Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");

/** The same of the bytes that it writes. */
function hasWeakBytes(secret: string): boolean {
  const bytes = bytesOf(secret);
  if (bytes.length < FEWEST_BYTES) return false;
  const steps = Array.from(bytes).map((byte, index) => (byte.charCodeAt(0) - bytes.charCodeAt(index - 1)) & 255);
  const first = steps[1];
  return (
    repeatsItself(bytes) ||
    steps.filter((step) => step === first).length > (steps.length * 3) / 4 ||
    isConstant(hexadecimalOf(bytes))
  );
}

/** A shorter API key, which may be one of another vendor's, stands in something by chance. */
const FEWEST_OF_KEY = 16;

/** Random characters hold so many of a key's in a row once in 10^17 times. */
const TELLING_OF_KEY = 16;
/** What is put together of a key's groups has pieces of at least so many characters, and hardly anything else. */
const PIECE_OF_KEY = 4;
const MOSTLY = 0.75;

/** Whether the API key stands in it, which is in every token, or a part of it, or its groups in another order: with other signs or none, in other capitals, backwards, in base64 or hexadecimal. */
export function holdsApiKey(secret: string, apiKey: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z\d]/g, "");
  const key = bare(apiKey);
  if (key.length < FEWEST_OF_KEY) return false;
  const ways = [key, [...key].reverse().join("")];
  const bytes = bytesOf(secret);
  return [secret, bytes, hexadecimalOf(bytes)]
    .map(bare)
    .some(
      (reading) =>
        inPieces(reading, ways, TELLING_OF_KEY) > 0 ||
        (reading.length >= FEWEST_OF_KEY && inPieces(reading, ways, PIECE_OF_KEY) >= reading.length * MOSTLY),
    );
}

/** @returns how many of the characters stand in a piece of one of the texts, of this length or more */
function inPieces(reading: string, texts: readonly string[], length: number): number {
  const found = new Set<number>();
  for (let from = 0; from + length <= reading.length; from++)
    if (texts.some((text) => text.includes(reading.slice(from, from + length))))
      for (let index = from; index < from + length; index++) found.add(index);
  return found.size;
}

/** What everybody can read somewhere is no secret, however long it is. */
export function isExampleSecret(secret: string): boolean {
  return EXAMPLE.test(secret) || PUBLISHED.includes(asBase64url(secret));
}

/** A token is what a secret signs: whoever has been shown one knows it. */
export const isToken = (secret: string) => /^(?:Bearer[\s:]*)?eyJ[\w-]+\.[\w-]+\.[\w-]*$/i.test(secret);

/** The same bytes in the other ways to write them. */
function asBase64url(text: string): string {
  const hexadecimal = /^(?:[\da-f]{2})+$/i.test(text) ? (text.match(/../g) ?? []) : [];
  const base64 =
    hexadecimal.length > 0 ? btoa(String.fromCharCode(...hexadecimal.map((byte) => Number.parseInt(byte, 16)))) : text;
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Of what stands twice, or again backwards, so much fits its other half; of random hexadecimal digits a sixteenth does. */
const FITTING = 0.8;

/** Whether it is made of one piece twice or more, also turned round, with something between or at an end. */
function repeatsItself(text: string): boolean {
  const bare = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  // Of what has hardly a letter, the few there are say nothing.
  return [text, ...(bare.length * 2 >= text.length ? [bare] : [])].some((each) => {
    const characters = [...each];
    if (characters.length < 2) return false;
    const fits = (other: (index: number) => number, from = 0) => {
      const fitting = characters.filter((character, index) => index >= from && character === characters[other(index)]);
      return fitting.length >= (characters.length - from) * FITTING;
    };
    if (fits((index) => characters.length - 1 - index)) return true;
    for (let period = 1; period <= characters.length / 2; period++)
      if (fits((index) => index - period, period)) return true;
    return false;
  });
}

/** Whether it writes one of the numbers that everybody can work out. @param telling so many digits of it are no chance */
export function isConstant(text: string, telling = TELLING_DIGITS): boolean {
  const digits = text.toLowerCase().replace(/^0x|[^\da-f]/g, "");
  return digits.length >= telling && CONSTANTS.some((constant) => constant.includes(digits.slice(0, telling)));
}

/** Numbers of up to so many digits, such as years. */
const LONGEST_FIRST = 4;

/** Whether it is numbers at equal distances, written one after the other: 1, 2, 3; 10, 20, 30; 99, 98, 97. Then all behind the first two follows from them. */
function goesOn(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  for (let first = 1; first <= LONGEST_FIRST; first++)
    for (const second of [first - 1, first, first + 1]) {
      const from = first + second;
      if (second < 1 || digits.length < from + TELLING_DIGITS) continue;
      const step = Number(digits.slice(first, from)) - Number(digits.slice(0, first));
      let last = Number(digits.slice(first, from));
      let written = "";
      while (written.length < TELLING_DIGITS) {
        last += step;
        written += last;
      }
      if (digits.startsWith(written.slice(0, TELLING_DIGITS), from)) return true;
    }
  return false;
}

function countsUp(characters: readonly string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  const regular = codes.filter((code, index) => index > 0 && Math.abs(code - (codes[index - 1] ?? 0)) <= 1).length;
  return regular > (codes.length * 3) / 4;
}
