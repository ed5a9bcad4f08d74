/** Judges what a JOSE header says (RFC 7515 §4, RFC 8725 §3); refuses to trust or fetch anything that it names. */
import type { Finding, Severity } from "./finding";
import { formatPath } from "./path";
import type { Vendor } from "./vendor";

/** The one algorithm with which any vendor here signs: HMAC with SHA-256 (RFC 7518 §3.2). Never chosen by the token. */
export const ALGORITHM = "HS256";
export type Algorithm = typeof ALGORITHM;

const KEY_PARAMETERS: Record<string, string> = {
  jwk: "a key",
  jku: "an address to fetch keys from",
  x5c: "a certificate chain",
  x5u: "an address to fetch a certificate from",
};
const REGISTERED = new Set("alg jku jwk kid x5u x5c x5t x5t#S256 typ cty crit enc zip".split(" "));

/** Every finding on the header's members: layer `signature` for the algorithm and keys, otherwise `form`. `path` is set, `range` is not. Never throws. */
export function checkHeader(header: Record<string, unknown>, vendor: Vendor): Finding[] {
  const findings: Finding[] = [];
  const add = (
    layer: "form" | "signature",
    severity: Severity,
    code: string,
    name: string,
    message: string,
    remedy: string,
  ) => findings.push({ code, layer, severity, path: formatPath("header", [name]), message, remedy });
  const has = (name: string): boolean => Object.hasOwn(header, name);

  checkAlgorithm(has("alg") ? header.alg : undefined, vendor, add);

  if (has("typ")) {
    const { typ } = header;
    if (typeof typ !== "string")
      add("form", "warning", "typ-not-text", "typ", "`typ` should be a text, usually `JWT`.", 'Write `"typ":"JWT"`.');
    else if (typ.toUpperCase() !== "JWT") {
      add(
        "form",
        "note",
        "typ-not-jwt",
        "typ",
        `\`typ\` is ${show(typ)}, so this may be a token of another kind.`,
        `Tokens of ${vendor.name} say \`JWT\`.`,
      );
    }
  }
  if (has("cty") && typeof header.cty === "string" && /^(application\/)?jwt$/i.test(header.cty)) {
    add(
      "form",
      "error",
      "nested-token",
      "cty",
      `\`cty\` says that the payload is itself a token (RFC 7519 §5.2); ${vendor.name} expects claims there.`,
      "Sign the claims directly.",
    );
  }
  if (has("crit")) checkCritical(header, add);
  if (header.b64 === false) {
    add(
      "form",
      "error",
      "payload-unencoded",
      "b64",
      `\`b64\` is false: the payload is not base64url (RFC 7797), which ${vendor.name} does not read.`,
      "Leave `b64` out.",
    );
  }
  if (has("zip")) {
    add(
      "form",
      "warning",
      "zip-in-header",
      "zip",
      "`zip` speaks of compression, which a signed token does not have.",
      "Leave `zip` out and don't compress.",
    );
  }
  for (const [name, what] of Object.entries(KEY_PARAMETERS)) {
    if (!has(name)) continue;
    add(
      "signature",
      "warning",
      `${name}-in-header`,
      name,
      `\`${name}\` brings ${what} named inside the token, which anybody could have written; it is never trusted or fetched.`,
      "Leave it out; if you did not put it there, treat the token as hostile.",
    );
  }
  if (has("kid")) checkKeyId(header.kid, add);
  return findings;
}

type Add = (
  layer: "form" | "signature",
  severity: Severity,
  code: string,
  name: string,
  message: string,
  remedy: string,
) => unknown;

function checkAlgorithm(alg: unknown, vendor: Vendor, add: Add): void {
  const remedy = `Sign with ${ALGORITHM} and the API secret.`;
  const error = (code: string, message: string) => add("signature", "error", code, "alg", message, remedy);
  if (alg === undefined) error("alg-missing", "The header names no algorithm (`alg`), so no signature can be checked.");
  else if (typeof alg !== "string") error("alg-not-text", "`alg` must be a text.");
  else if (alg === ALGORITHM) return;
  else if (alg.trim().toLowerCase() === "none") {
    error("alg-none", `\`alg\` is ${show(alg)}: the token says of itself that nobody signed it.`);
  } else if (alg.trim().toUpperCase() === ALGORITHM) {
    error("alg-spelling", `\`alg\` is ${show(alg)}, but names of algorithms are exact: \`${ALGORITHM}\`.`);
  } else if (/^HS\d+$/.test(alg))
    error("alg-other-hmac", `The token is signed with ${show(alg)}; ${vendor.name} uses ${ALGORITHM}.`);
  else if (/^((RS|PS|ES)\d+K?|EdDSA|Ed25519|Ed448|ML-DSA-\d+)$/.test(alg)) {
    error(
      "alg-asymmetric",
      `${show(alg)} means signed with a private key; ${vendor.name} uses ${ALGORITHM}, which has one shared secret.`,
    );
  } else
    error(
      "alg-unknown",
      `\`alg\` is ${show(alg)}, which is no signature algorithm of ${vendor.name}; it uses ${ALGORITHM}.`,
    );
}

/** RFC 7515 §4.1.11: a list of extensions that must be understood; this reader understands none. */
function checkCritical(header: Record<string, unknown>, add: Add): void {
  const { crit } = header;
  const remedy = "Leave `crit` out.";
  if (!Array.isArray(crit) || crit.length === 0 || !crit.every((name) => typeof name === "string")) {
    add(
      "form",
      "error",
      "crit-malformed",
      "crit",
      "`crit` must be a list of names that is not empty (RFC 7515 §4.1.11).",
      remedy,
    );
    return;
  }
  const names: string[] = crit;
  const known = names.filter((name) => REGISTERED.has(name) || !Object.hasOwn(header, name));
  if (known.length > 0 || new Set(names).size < names.length) {
    const message =
      known.length > 0
        ? `\`crit\` lists ${showAll(known)}, which must be no standard name and must occur in the header (RFC 7515 §4.1.11).`
        : "`crit` lists a name twice (RFC 7515 §4.1.11).";
    add("form", "error", "crit-malformed", "crit", message, remedy);
  }
  const unknown = names.filter((name) => !REGISTERED.has(name));
  if (unknown.length > 0) {
    add(
      "form",
      "error",
      "crit-unknown",
      "crit",
      `The header demands that ${showAll(unknown)} be understood; a reader that does not know it must refuse the token.`,
      remedy,
    );
  }
}

const KID_ATTACKS: [code: string, pattern: RegExp, what: string][] = [
  ["kid-url", /^\s*[a-z][a-z0-9+.-]*:\/\//i, "an address"],
  ["kid-sql", /['"`;]|--(\s|$)|\/\*|\b(union|select|insert|drop)\b[\s(]|\bor\b\s*\S+\s*=/i, "a database query"],
  [
    "kid-path",
    /^[./~\\]|\.\.|^[a-z]:\\|\\|%2e|%2f|%5c|%00|\0|\/(dev|etc|proc|var|tmp)\/|\.(pem|key|crt|cer|txt|json|pub)$/i,
    "a file path",
  ],
  ["kid-query", /[?&][^=]*=|\$[({]|[|<>]/, "a query or a command"],
];

function checkKeyId(kid: unknown, add: Add): void {
  if (typeof kid !== "string") {
    add("signature", "warning", "kid-not-text", "kid", "`kid` must be a text (RFC 7515 §4.1.4).", "Leave `kid` out.");
    return;
  }
  const attack = KID_ATTACKS.find(([, pattern]) => pattern.test(kid.slice(0, 4096)));
  if (!attack) return;
  add(
    "signature",
    "warning",
    attack[0],
    "kid",
    `\`kid\` is ${show(kid)}: ${attack[2]} where a key's name should be. It is never opened, fetched or run.`,
    "Leave `kid` out; if you did not put it there, treat the token as hostile.",
  );
}

function show(text: string): string {
  // Backticks stand around our own words only.
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll("`", "\\u0060");
}

function showAll(names: readonly string[]): string {
  return names.length > 3
    ? `${names.slice(0, 3).map(show).join(", ")} and ${names.length - 3} more`
    : names.map(show).join(", ");
}
