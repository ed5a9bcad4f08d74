/** Puts everything that is known of a token on one ladder: form, signature, time, the vendor's rules, ledger, revocation. Later layers are judged also when an earlier one fails; browser-safe. */

import type { Inspection } from "@/lib/decoder/inspection";
import type { Finding, Layer } from "@/lib/jwt/finding";
import type { TokenReading } from "@/lib/jwt/read";
import { checkTimes, type TimesReading } from "@/lib/jwt/times";
import type { Profile } from "@/lib/profiles/profile";
import { LONGEST_SENDABLE } from "@/lib/sizes";
import { groupDigits } from "@/lib/text/group-digits";
import { keyNameFindings, ledgerFindings, revocationFindings, signatureFindings } from "./inspection-findings";

/** What the server said: nothing yet, nothing at all (with the reason), or its findings. */
export type ServerAnswer =
  | { state: "pending" }
  | { state: "unavailable"; reason: string }
  | { state: "answered"; inspection: Inspection };

export type LayerVerdict = {
  layer: Layer;
  /** `over`: its time has passed, which is no fault. */
  state: "ok" | "warn" | "bad" | "over" | "unknown" | "pending" | "skipped";
  findings: Finding[];
  /** What is the case when nothing was found. */
  summary: string;
};

/** What is known beside the token's own text. */
export type Evidence = {
  server: ServerAnswer;
  /** The person's own secret was seen to make the signature, in the browser. */
  ownSecret?: boolean;
  /** Seconds since 1970. */
  now: number;
};

/** How far two clocks may differ; no vendor here states a tolerance of its own, so none is assumed. */
export const CLOCK_TOLERANCE_SECONDS = 0;

/** HMAC with SHA-256 gives so many. */
const SIGNATURE_BYTES = 32;
/** What its kin give: a backend may have signed with them, and with our secret. */
const KIN_BYTES = new Map<unknown, number>([
  ["HS384", 48],
  ["HS512", 64],
]);

/** How many bytes a signature has. @param alg of HMAC; of any other as of HS256 */
export const signatureBytesOf = (alg: unknown): number => KIN_BYTES.get(alg) ?? SIGNATURE_BYTES;

/** Why the server is not asked about a token; undefined when it is. */
export function whyNotSent(reading: TokenReading): string | undefined {
  if (!reading.complete) return "The token is not whole yet.";
  if (reading.token.length > LONGEST_SENDABLE) {
    return `It has ${groupDigits(reading.token.length)} characters, more than any server takes in a header; it was not sent.`;
  }
  // Whatever else is wrong with it: some readers overlook that, and it may be our secret that signed it.
  const bytes = reading.segments.signature?.bytes.length;
  if (bytes !== SIGNATURE_BYTES && bytes !== signatureBytesOf(reading.header?.alg))
    return "There is nothing to check: see above.";
  return undefined;
}

const worst = (findings: readonly Finding[]): "bad" | "warn" | "ok" =>
  findings.some(({ severity }) => severity === "error")
    ? "bad"
    : findings.some(({ severity }) => severity === "warning")
      ? "warn"
      : "ok";

/** What the vendor is known to refuse, then what it may refuse, then what is probably not meant. */
const gravestFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((one, other) => gravityOf(other) - gravityOf(one));

const gravityOf = ({ severity, vendorError }: Finding): number =>
  severity === "error" ? (vendorError ? 3 : 2) : severity === "warning" ? 1 : 0;

/** What stood around a token is taken off, and said where the token is shown: no fault of the token. */
export const isAboutWrapping = ({ code }: Finding): boolean =>
  code === "bearer-in-front" || code === "text-around" || code === "broken-inside";

const OUT_OF_TIME = ["expired", "not-yet-valid", "nbf-after-exp"];

/** A time that is over, or still to come, is no fault either. */
function timeState(findings: readonly Finding[]): LayerVerdict["state"] {
  const errors = findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
  if (errors.length === 0 || errors.some((code) => !OUT_OF_TIME.includes(code))) return worst(findings);
  return errors.includes("expired") ? "over" : "warn";
}

export function climb(
  profile: Profile,
  reading: TokenReading,
  { server, ownSecret, now }: Evidence,
): { layers: LayerVerdict[]; times: TimesReading } {
  const claims = reading.claims;
  const times = checkTimes(claims ?? {}, { now, clockToleranceSeconds: CLOCK_TOLERANCE_SECONDS });
  const located = (findings: readonly Finding[]) => findings.map((finding) => withRange(finding, reading));
  const cut = reading.findings.some(({ code }) => code === "signature-length");
  // Where a signature is cut, its last character says nothing.
  const found = reading.findings
    .filter((each) => !(cut && isStrayEnd(each)) && !isAboutWrapping(each))
    .map((each) => asVendorSees(profile, each));
  const own = (layer: Layer) => found.filter((finding) => finding.layer === layer);
  const notSent = whyNotSent(reading);
  const answer: ServerAnswer = notSent ? { state: "unavailable", reason: notSent } : server;
  const fromServer = (
    layer: Layer,
    read: (inspection: Inspection) => { findings: Finding[]; summary: string; state?: "unknown" },
  ): LayerVerdict => {
    const before = own(layer);
    const signature = answer.state === "answered" ? answer.inspection.signature : undefined;
    // Whose secret it was says more than that VideoSDK uses another algorithm.
    if (
      layer === "signature" &&
      signature?.state === "mistake" &&
      /^hs\d/.test(signature.mistake) &&
      answer.state === "answered"
    )
      return { layer, state: "bad", findings: [...located(read(answer.inspection).findings), ...before], summary: "" };
    if (worst(before) === "bad") return { layer, state: "bad", findings: before, summary: "" };
    if (answer.state === "pending") return { layer, state: "pending", findings: before, summary: "Checking." };
    if (answer.state === "unavailable") return { layer, state: "unknown", findings: before, summary: answer.reason };
    const { findings, summary, state } = read(answer.inspection);
    const all = [...before, ...located(findings)];
    return { layer, state: state ?? worst(all), findings: all, summary };
  };
  const local = (layer: Layer, findings: Finding[], summary: string): LayerVerdict =>
    claims || layer === "form"
      ? {
          layer,
          state: layer === "time" ? timeState(findings) : worst(findings),
          findings: located(findings),
          summary,
        }
      : { layer, state: "skipped", findings: [], summary: "There are no claims to look at." };

  const ownSignature: LayerVerdict = {
    layer: "signature",
    state: worst(own("signature")),
    findings: own("signature"),
    summary: "Right, by the secret that you pasted.",
  };
  const keyName = answer.state === "answered" ? keyNameFindings(profile, answer.inspection) : [];
  const payloadBytes = reading.segments.payload?.bytes.length ?? 0;
  const layers: LayerVerdict[] = [
    local("form", own("form"), `Three segments, ${groupDigits(payloadBytes)} bytes of payload.`),
    // What this desk knows of the key counts more than a secret that anybody may have made up.
    ownSecret && !knowsTheKey(answer)
      ? ownSignature
      : fromServer("signature", (found) => signatureFindings(profile, found, profile.keyIdOf(claims ?? {}))),
    local("time", times.findings, times.expiresAt === undefined ? "Never expires." : "Within its time."),
    local(
      "rules",
      claims ? [...keyName, ...gravestFirst(profile.rules(claims, { now }))] : [],
      `Keeps every rule of ${profile.name}.`,
    ),
    fromServer("ledger", (found) => ledgerFindings(profile, found, claims)),
    fromServer("revocation", (found) => revocationFindings(profile, found)),
  ];
  return { layers, times };
}

/** Whether the server could judge the signature by a secret of this desk. */
export function knowsTheKey(answer: ServerAnswer): boolean {
  return answer.state === "answered" && answer.inspection.signature.state !== "unknown-key";
}

/** Bits that mean nothing leave the signature's bytes right, but many libraries compare its characters. */
function asVendorSees({ algorithm, words }: Profile, finding: Finding): Finding {
  if (!isStrayEnd(finding)) return finding;
  const message = `The signature's last character is not the one that ${algorithm} gives: ${words.strayBits}`;
  return { ...finding, layer: "signature", severity: "error", message };
}

const isStrayEnd = ({ code, path }: Finding) => code === "base64-stray-bits" && path === "signature";

function withRange(finding: Finding, reading: TokenReading): Finding {
  const range = finding.range ?? (finding.path ? reading.locate(finding.path) : undefined);
  return range ? { ...finding, range } : finding;
}

/** RFC 7519 §7.2 forbids the first, and this desk stops at a depth: the libraries that backends use read both, the vendor's own among them. */
const READ_BY_OTHERS = /^not-utf8|^json-too-deep/;

/** What of its form no reader takes. */
export const formRefused = (layers: readonly LayerVerdict[]): Finding | undefined =>
  layers
    .find(({ layer }) => layer === "form")
    ?.findings.find(({ severity, code }) => severity === "error" && !READ_BY_OTHERS.test(code));
