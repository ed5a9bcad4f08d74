/** The keys that come of a secret which is used wrongly: the classic mistakes of backends, each with what was signed with instead. Browser-safe; judges nothing. */
import type { Mistake } from "@/lib/decoder/inspection";
import type { Profile } from "@/lib/profiles/profile";

/** What becomes of the secret alone. */
export type Misuse = Exclude<Mistake, "hs384" | "hs512" | "api-key-as-secret">;

/** As word processors put them in Polish, Hungarian, Romanian, Swedish, Finnish and Danish texts. */
const OF_OTHER_LANGUAGES = ["„”", "‚’", "””", "’’", "»«"];
/** Around it, or left at one end by what took the other away. */
const QUOTES: (readonly [string, string])[] = [
  ...['""', "''", "``", "“”", "‘’", "„“", "‚‘", "«»", "‹›", ...OF_OTHER_LANGUAGES].map(
    (pair) => [pair.charAt(0), pair.charAt(1)] as const,
  ),
  ...['"', "'"].flatMap((quote) => [["", quote] as const, [quote, ""] as const]),
];
// Every form is one more hash for each secret, at each wrong signature: no more of them than are met.
const LINE_ENDS = ["\n", "\r\n"];
const BEFORE = ["", " ", "\t", ...LINE_ENDS];
const BEHIND = ["", " ", "\t", " \n", " \r\n", ...LINE_ENDS];

/** What stands behind a value in code or in a configuration, or was to be read as a line break and was not. */
const SIGNS = [";", ",", ";\n", ",\n", ".", ")", "\\", "\\n", "\\r\\n", "\0", "%0A", "%0D%0A"];
/** What marks the place of a value, and was left when it took that place. */
const PLACEHOLDERS = ["<>", "()", "[]", "{}"].map((pair) => [pair.charAt(0), pair.charAt(1)] as const);

/** Each start with each end around it. */
const around = (text: string, starts: readonly string[], ends: readonly string[]) =>
  starts.flatMap((start) => ends.map((end) => start + text + end));

const HEXADECIMAL = /^([0-9a-f]{2})+$/i;

const ofHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const inHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** As decoders read it that are not strict: either alphabet, and what is of neither left out. */
function ofBase64(text: string): Uint8Array<ArrayBuffer> {
  const [digits = ""] = text.replaceAll("-", "+").replaceAll("_", "/").split("=");
  const kept = digits.replace(/[^\w+/]|_/g, "");
  // One digit alone has too few bits for a byte.
  return Uint8Array.from(atob(kept.length % 4 === 1 ? kept.slice(0, -1) : kept), (unit) => unit.charCodeAt(0));
}

/** In both alphabets, the second without its padding. */
function inBase64(bytes: Uint8Array): string[] {
  const base64 = btoa(String.fromCharCode(...bytes));
  return [base64, base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")];
}

/** The keys that a backend may have signed with, having made the mistake. `secret` is well-formed text. */
export const misusedSecrets: Record<
  Misuse,
  (secret: string, profile: Profile) => (string | Uint8Array<ArrayBuffer>)[]
> = {
  "base64-decoded": (secret) => [ofBase64(secret)],
  "hex-decoded": (secret) => (HEXADECIMAL.test(secret) ? [ofHex(secret)] : []),
  "trailing-newline": (secret) =>
    ["\r", ...LINE_ENDS.flatMap((end) => [1, 2, 3].map((count) => end.repeat(count)))].map((ends) => secret + ends),
  "white-space": (secret) => [
    ...around(secret, BEFORE, BEHIND).filter((key) => key !== secret),
    ...["  ", "\u00a0", ...LINE_ENDS.map((end) => `\t${end}`)].map((end) => secret + end),
    // Of no width, which no trimming takes away.
    ...["", ...LINE_ENDS].map((end) => `${secret}\u200b${end}`),
    `\u200b${secret}`,
  ],
  quoted: (secret) => [
    ...QUOTES.flatMap(([open, close]) =>
      around(
        secret,
        [open],
        ["", " ", ...LINE_ENDS].map((end) => close + end),
      ),
    ),
    // A quoted line of a file from Windows, cut at its line feed alone.
    `"${secret}"\r`,
    `'${secret}'\r`,
    ...['"', "'"].flatMap((quote) =>
      [...around(secret, [" "], ["", " "]), ...[" ", ...LINE_ENDS].map((end) => secret + end)].map(
        (inside) => quote + inside + quote,
      ),
    ),
  ],
  signs: (secret, { secretNames }) => [
    ...SIGNS.map((sign) => secret + sign),
    ...['"', "'"].flatMap((quote) => [";", ",", "\\n", ")"].map((sign) => quote + secret + quote + sign)),
    ...PLACEHOLDERS.map(([open, close]) => open + secret + close),
    ...["=", ":", ": ", "= ", ...secretNames.map((name) => `${name}=`)].map((start) => start + secret),
  ],
  "byte-order-mark": (secret) =>
    [secret, `"${secret}"`, `'${secret}'`].flatMap((each) => around(each, ["\ufeff"], ["", ...LINE_ENDS])),
  // What .NET calls Unicode.
  "utf-16": (secret) => [
    Uint8Array.from(secret.split("").flatMap((unit) => [unit.charCodeAt(0) & 255, unit.charCodeAt(0) >> 8])),
  ],
  // `echo` puts a line break behind what is piped into an encoder.
  encoded: (secret) => [
    ...[secret, `${secret}\n`]
      .map((text) => new TextEncoder().encode(text))
      .flatMap((bytes) => [...inBase64(bytes), inHex(bytes)]),
    ...(HEXADECIMAL.test(secret) ? inBase64(ofHex(secret)) : []),
    ...[encodeURIComponent(secret)].filter((key) => key !== secret),
  ],
  capitals: (secret) => [secret.toUpperCase(), secret.toLowerCase()].filter((key) => key !== secret),
};
