/** Recognises a token that was signed with the right secret used wrongly: the classic mistakes of backends. Tries only what the team's own keys give; a token's own hints are never followed. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Mistake } from "@/lib/decoder/inspection";
import type { OpenSecret } from "@/lib/keys/open-secrets";
import { profileOf } from "@/lib/profiles/registry";

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

/** Not every secret has base64 characters: decoded, it is the empty key, with which anybody can sign. */
const FEWEST_BYTES = 16;

const HEXADECIMAL = /^([0-9a-f]{2})+$/i;

/** The keys that a backend may have signed with, having made the mistake. */
const keysOf: Record<Exclude<Mistake, "hs384" | "hs512">, (of: OpenSecret) => (string | Buffer)[]> = {
  "base64-decoded": ({ secret }) => [Buffer.from(secret, "base64")],
  "hex-decoded": ({ secret }) => (HEXADECIMAL.test(secret) ? [Buffer.from(secret, "hex")] : []),
  "trailing-newline": ({ secret }) =>
    ["\r", ...LINE_ENDS.flatMap((end) => [1, 2, 3].map((count) => end.repeat(count)))].map((ends) => secret + ends),
  "white-space": ({ secret }) => [
    ...around(secret, BEFORE, BEHIND).filter((key) => key !== secret),
    ...["  ", "\u00a0", ...LINE_ENDS.map((end) => `\t${end}`)].map((end) => secret + end),
    // Of no width, which no trimming takes away.
    ...["", ...LINE_ENDS].map((end) => `${secret}\u200b${end}`),
    `\u200b${secret}`,
  ],
  quoted: ({ secret }) => [
    ...QUOTES.flatMap(([open, close]) =>
      around(
        secret,
        [open],
        ["", " ", ...LINE_ENDS].map((end) => close + end),
      ),
    ),
    ...['"', "'"].flatMap((quote) =>
      [...around(secret, [" "], ["", " "]), ...[" ", ...LINE_ENDS].map((end) => secret + end)].map(
        (inside) => quote + inside + quote,
      ),
    ),
  ],
  signs: ({ secret, key }) => [
    ...SIGNS.map((sign) => secret + sign),
    ...['"', "'"].flatMap((quote) => [";", ",", "\\n", ")"].map((sign) => quote + secret + quote + sign)),
    ...PLACEHOLDERS.map(([open, close]) => open + secret + close),
    ...["=", ":", ": ", "= ", ...profileOf(key.profile).secretNames.map((name) => `${name}=`)].map(
      (start) => start + secret,
    ),
  ],
  "byte-order-mark": ({ secret }) =>
    [secret, `"${secret}"`, `'${secret}'`].flatMap((each) => around(each, ["\ufeff"], ["", ...LINE_ENDS])),
  // What .NET calls Unicode.
  "utf-16": ({ secret }) => [Buffer.from(secret, "utf16le")],
  // `echo` puts a line break behind what is piped into an encoder.
  encoded: ({ secret }) => [
    ...[secret, `${secret}\n`].flatMap((text) =>
      (["base64", "base64url", "hex"] as const).map((encoding) => Buffer.from(text).toString(encoding)),
    ),
    ...(HEXADECIMAL.test(secret)
      ? (["base64", "base64url"] as const).map((encoding) => Buffer.from(secret, "hex").toString(encoding))
      : []),
    ...[encodeURIComponent(secret)].filter((key) => key !== secret),
  ],
  capitals: ({ secret }) => [secret.toUpperCase(), secret.toLowerCase()].filter((key) => key !== secret),
  "api-key-as-secret": ({ key }) => [key.apiKey],
};
// The literal above has these names and no others.
const mistakes = Object.keys(keysOf) as (keyof typeof keysOf)[];

/** By the length of the signature that they give. */
const otherAlgorithms = { 48: { mistake: "hs384", hash: "sha384" }, 64: { mistake: "hs512", hash: "sha512" } } as const;

/**
 * @param signingInput `header.payload` as it stands in the token
 * @param signature its bytes
 * @returns which secret was used, and how; undefined when none explains the signature
 */
export function findMistake(
  signingInput: string,
  signature: Uint8Array,
  secrets: readonly OpenSecret[],
): { secret: OpenSecret; mistake: Mistake } | undefined {
  // A length that is none of them gives undefined, which is looked at.
  const other = otherAlgorithms[signature.length as keyof typeof otherAlgorithms];
  if (other) {
    const secret = secrets.find((each) => isSignedWith(signingInput, signature, Buffer.from(each.secret), other.hash));
    return secret && { secret, mistake: other.mistake };
  }
  for (const secret of secrets) {
    for (const mistake of mistakes) {
      const made = keysOf[mistake](secret).map((key) => (typeof key === "string" ? Buffer.from(key) : key));
      if (made.some((key) => key.length >= FEWEST_BYTES && isSignedWith(signingInput, signature, key)))
        return { secret, mistake };
    }
  }
  return undefined;
}

/** HMAC (RFC 7518 §3.2), with the hash that VideoSDK uses unless another is asked for; compared in constant time. */
export function isSignedWith(signingInput: string, signature: Uint8Array, key: Buffer, hash = "sha256"): boolean {
  const expected = createHmac(hash, key).update(signingInput).digest();
  return signature.length === expected.length && timingSafeEqual(expected, signature);
}
