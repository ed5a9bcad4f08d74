/** Names a text that is no compact token (an API key, a secret, a link, a JWK, a PEM, claims …) and says what to do; refuses to repeat any of it, since it may be a secret. */
import { base64urlValue, decodeBase64url } from "./check-base64url";
import { type JsonNode, parseJson, toValue } from "./json";
import { readUtf8 } from "./utf8";
import type { Vendor, Vendors } from "./vendor";

export type Recognised = {
  what:
    | "several-tokens"
    | "jwe"
    | "jws-json"
    | "api-key"
    | "secret-hex"
    | "secret-base64"
    | "link"
    | "jwk"
    | "jwks"
    | "pem"
    | "env-file"
    | "base64-token"
    | "base64-json"
    | "base64-text"
    | "claims"
    | "json"
    | "html"
    | "binary"
    | "opaque";
  /** One sentence: what it looks like. */
  message: string;
  /** One sentence: what to do. */
  remedy: string;
};

const ISSUE = "Issue a token with it, and paste that.";
const secret = ({ dashboard }: Vendor) =>
  `If it is your API secret, don't paste it elsewhere, and replace it in ${dashboard} if others could see it.`;

type About = [message: string, remedy: string];

const ABOUT: Record<Recognised["what"], About | ((vendor: Vendor) => About)> = {
  "several-tokens": ["This text holds more than one token.", "Look at them one by one, or scan the whole text."],
  jwe: (vendor) => [
    `This is an encrypted token (JWE); those of ${vendor.name} are signed (JWS).`,
    `Look for the token that your backend gives out for ${vendor.name}; this one may be a session cookie.`,
  ],
  "jws-json": (vendor) => [
    `This is a signed token in its JSON form (RFC 7515 §7.2); ${vendor.name} takes the compact form.`,
    "Join `protected`, `payload` and `signature` with dots.",
  ],
  "api-key": (vendor) => [
    `This looks like an API key of ${vendor.name}, not a token.`,
    `The API key goes into a token as one of its claims. ${ISSUE}`,
  ],
  "secret-hex": (vendor) => [
    `This looks like a secret in hexadecimal, perhaps of ${vendor.name}, not a token.`,
    `A secret signs tokens and is no token itself. ${secret(vendor)}`,
  ],
  "secret-base64": (vendor) => [
    "This looks like random bytes in base64, perhaps a secret, not a token.",
    `A secret signs tokens and is no token itself. ${secret(vendor)}`,
  ],
  link: ["This is a link without a token in it.", "Paste the token, or a link with `token=` in it."],
  jwk: [
    "This is a key (JWK), not a token.",
    "If it is private (`k` or `d` is in it), don't paste it elsewhere; paste a token instead.",
  ],
  jwks: (vendor) => [
    "This is a set of keys (JWKS), not a token.",
    `Paste a token instead: those of ${vendor.name} are checked with the API secret.`,
  ],
  pem: (vendor) => [
    "This is a key or a certificate in PEM, not a token.",
    `If it is a private key, don't paste it elsewhere; ${vendor.name} signs with the API secret.`,
  ],
  "env-file": [
    "This is a list of settings, and none of them is a token.",
    "Paste the value of the setting that holds the token; don't paste settings elsewhere.",
  ],
  "base64-token": ["This is a token that was encoded as base64 once more.", "Decode it once and paste what comes out."],
  "base64-json": [
    "This is JSON in base64 without header and signature: one segment of a token, not a whole one.",
    "Paste the whole token: three segments with dots between them.",
  ],
  "base64-text": [
    "This is text in base64, not a token.",
    "Paste the token itself; if it is a secret or a password, don't paste it elsewhere.",
  ],
  claims: [
    "These are the claims of a token, already decoded and not signed.",
    "Sign them with HS256 and the API secret.",
  ],
  json: ["This is JSON without a token in it.", "Paste the token, or a JSON body with a member `token`."],
  html: [
    "This is a web page, not a token; perhaps an error page of your server.",
    "Look at what your token endpoint answers, and paste the token.",
  ],
  binary: [
    "This is no text, but perhaps a picture or an archive.",
    "Look for the token in a text: a log, a HAR file, a `.env` file or source code.",
  ],
  opaque: [
    "A token has three segments of base64url with dots between them, and begins with `ey`.",
    "Copy the token again. If this is a secret or a password, don't paste it elsewhere.",
  ],
};

/** What the text is, by name. */
export function aboutText(what: Recognised["what"], vendor: Vendor): Recognised {
  const about = ABOUT[what];
  const [message, remedy] = typeof about === "function" ? about(vendor) : about;
  return { what, message, remedy };
}

/** Names `text`, which is no compact token; `bare` is what `unwrap` left of it. Linear, never throws. */
export function recognise(text: string, bare: string, vendors: Vendors): Recognised {
  return aboutText(nameText(text.trim(), bare.trim(), vendors), vendors.of());
}

function nameText(text: string, bare: string, vendors: Vendors): Recognised["what"] {
  if (isBinary(text.slice(0, 4096))) return "binary";
  if (/-----BEGIN [A-Z0-9 ]{1,40}-----/.test(text)) return "pem";
  if (/^\s*<(!doctype|html|head|body|\?xml|div|script|pre)\b/i.test(text)) return "html";
  if (/^[{[]/.test(text)) {
    const { root, whole } = parseJson(text);
    if (whole && root) return nameJson(root, vendors);
  }
  if (vendors.isKey(bare)) return "api-key";
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\/\S+$/i.test(bare) || /^www\.\S+$/i.test(bare)) return "link";
  const settings = text.match(/^[ \t]{0,20}(?:export[ \t]{1,20})?[A-Za-z_][\w.]{0,80}[ \t]{0,20}=./gm)?.length ?? 0;
  if (settings > 1) return "env-file";
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{48}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(bare))
    return "secret-hex";
  return nameBase64(bare);
}

/** What is not UTF-8 becomes U+FFFD when it is read; a text has hardly any, and no control characters. */
function isBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const strange = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return strange > 2 && strange > text.length / 20;
}

function nameJson(root: JsonNode, vendors: Vendors): Recognised["what"] {
  if (root.kind !== "object") return "json";
  const has = (name: string): boolean => root.entries.some((entry) => entry.key === name);
  if (has("ciphertext")) return "jwe";
  if (has("payload") && (has("signatures") || has("signature") || has("protected"))) return "jws-json";
  if (has("kty")) return "jwk";
  if (has("keys")) return "jwks";
  if (["exp", "iat", "iss", "sub"].some(has)) return "claims";
  // What toValue makes of an object has its members.
  return vendors.recognise(toValue(root) as Record<string, unknown>) ? "claims" : "json";
}

function nameBase64(bare: string): Recognised["what"] {
  const joined = bare.replace(/\s+/g, "");
  const body = joined.replace(/={1,2}$/, "");
  if (body.length < 16) return "opaque";
  let kinds = 0;
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    // Values 64 + 62 and 64 + 63 are the `+` and `/` of base64.
    if (base64urlValue(code) > 127) return "opaque";
    kinds |= code >= 97 ? 1 : code >= 65 ? 2 : code >= 48 && code <= 57 ? 4 : 8;
  }
  const { bytes } = decodeBase64url(body);
  const { text, badByte } = readUtf8(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text
  if (badByte === undefined && !/[\0-\x08\x0e-\x1f\x7f]/.test(text)) {
    if (/^\s*[{[]/.test(text) && parseJson(text).whole) return "base64-json";
    if (/^e[yw3][\w-]*\.[\w-]+\.[\w-]*\s*$/.test(text)) return "base64-token";
    return text.trimStart().startsWith("{") ? "base64-json" : "base64-text";
  }
  const random = (kinds & 7) === 7 && body.length <= 200;
  return random ? "secret-base64" : "opaque";
}
