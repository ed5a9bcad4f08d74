/** Puts everything that is known of a token on one ladder, and one verdict on top: what VideoSDK will do with it. Browser-safe. Never says Valid of a signature that nobody checked. */
import type { Finding, Layer } from "@/lib/jwt/finding";
import type { TokenReading } from "@/lib/jwt/read";
import { checkTimes, type TimesReading } from "@/lib/jwt/times";
import type { Profile } from "@/lib/profiles/profile";
import type { Inspection } from "./inspect";
import { ledgerFindings, revocationFindings, signatureFindings } from "./inspection-findings";

export type VerdictWord =
  | "Valid"
  | "Expires soon"
  | "Expired"
  | "Not valid yet"
  | "Bad signature"
  | "Unknown key"
  | "Revoked"
  | "Malformed"
  | "Breaks VideoSDK's rules"
  | "Signature not checked";

/** What the server said: nothing yet, nothing at all (with the reason), or its findings. */
export type ServerAnswer =
  | { state: "pending" }
  | { state: "unavailable"; reason: string }
  | { state: "answered"; inspection: Inspection };

export type LayerVerdict = {
  layer: Layer;
  state: "ok" | "warn" | "bad" | "unknown" | "pending" | "skipped";
  findings: Finding[];
  /** What is the case when nothing was found. */
  summary: string;
};

export type Verdict = {
  word: VerdictWord;
  tone: "ok" | "warn" | "bad" | "mute";
  /** What VideoSDK does, and why. */
  reason: string;
  detail?: string;
  layers: LayerVerdict[];
  times: TimesReading;
};

/** "Expires soon" from here on. */
export const SOON_SECONDS = 10 * 60;
/** How far two clocks may differ; VideoSDK states no leeway of its own, so none is assumed for it. */
export const LEEWAY_SECONDS = 0;
/** More than any server takes in a header (Node's own limit is 16 KB for all of them): such a token goes nowhere. */
export const LONGEST_SENDABLE = 64 * 1024;

/** Why the server is not asked about a token; undefined when it is. */
export function whyNotSent(reading: TokenReading): string | undefined {
  if (!reading.complete) return "The token is not whole yet.";
  if (reading.token.length > LONGEST_SENDABLE) {
    return `It has ${reading.token.length.toLocaleString("en-US")} characters, more than any server takes in a header; it was not sent for checking.`;
  }
  const hostile = reading.findings.find(({ code }) => /^(jwk|jku|x5c|x5u)-in-header$/.test(code));
  if (hostile) return "A token that brings its own key is not checked.";
  if (
    reading.findings.some(({ layer, severity }) => severity === "error" && (layer === "signature" || layer === "form"))
  ) {
    return "There is nothing to check: see above.";
  }
  return undefined;
}

const worst = (findings: readonly Finding[]): "bad" | "warn" | "ok" =>
  findings.some(({ severity }) => severity === "error")
    ? "bad"
    : findings.some(({ severity }) => severity === "warning")
      ? "warn"
      : "ok";

/** @param now seconds since 1970 */
export function judge(profile: Profile, reading: TokenReading, server: ServerAnswer, now: number): Verdict {
  const claims = reading.claims;
  const times = checkTimes(claims ?? {}, { now, leewaySeconds: LEEWAY_SECONDS });
  const located = (findings: readonly Finding[]) => findings.map((finding) => withRange(finding, reading));
  const own = (layer: Layer) => reading.findings.filter((finding) => finding.layer === layer);
  const notSent = whyNotSent(reading);
  const answer: ServerAnswer = notSent ? { state: "unavailable", reason: notSent } : server;
  const fromServer = (
    layer: Layer,
    read: (inspection: Inspection) => { findings: Finding[]; summary: string; state?: "unknown" },
  ): LayerVerdict => {
    const before = own(layer);
    if (worst(before) === "bad") return { layer, state: "bad", findings: before, summary: "" };
    if (answer.state === "pending") return { layer, state: "pending", findings: before, summary: "Checking." };
    if (answer.state === "unavailable") return { layer, state: "unknown", findings: before, summary: answer.reason };
    const { findings, summary, state } = read(answer.inspection);
    const all = [...before, ...located(findings)];
    return { layer, state: state ?? worst(all), findings: all, summary };
  };
  const local = (layer: Layer, findings: Finding[], summary: string): LayerVerdict =>
    claims || layer === "form"
      ? { layer, state: worst(findings), findings: located(findings), summary }
      : { layer, state: "skipped", findings: [], summary: "There are no claims to look at." };

  const payloadBytes = reading.segments.payload?.bytes.length ?? 0;
  const layers: LayerVerdict[] = [
    local(
      "form",
      own("form"),
      `Three segments, ${payloadBytes.toLocaleString("en-US")} bytes of payload, no duplicate names.`,
    ),
    fromServer("signature", signatureFindings),
    local("time", times.findings, times.expiresAt === undefined ? "Never expires." : "Within its time."),
    local("rules", claims ? profile.rules(claims, { now }) : [], `Keeps every rule of ${profile.name}.`),
    fromServer("ledger", ledgerFindings),
    fromServer("revocation", revocationFindings),
  ];
  return { ...decide(profile, layers, times, answer, reading, now), layers, times };
}

function withRange(finding: Finding, reading: TokenReading): Finding {
  const range = finding.range ?? (finding.path ? reading.locate(finding.path) : undefined);
  return range ? { ...finding, range } : finding;
}

const EXPIRED_ANSWER = "VideoSDK answers “Token is invalid or expired”";

function decide(
  profile: Profile,
  layers: LayerVerdict[],
  times: TimesReading,
  answer: ServerAnswer,
  reading: TokenReading,
  now: number,
): Pick<Verdict, "word" | "tone" | "reason" | "detail"> {
  const layer = (name: Layer) => layers.find((each) => each.layer === name);
  const firstError = (name: Layer) => layer(name)?.findings.find(({ severity }) => severity === "error");
  const say = (finding: Finding) => finding.message;
  const refused = "VideoSDK refuses it: 4002 INVALID_TOKEN.";

  const form = firstError("form");
  if (form) return { word: "Malformed", tone: "bad", reason: say(form), detail: form.remedy };
  const tooLong = reading.token.length > LONGEST_SENDABLE;
  if (tooLong) return { word: "Malformed", tone: "bad", reason: layer("signature")?.summary ?? "", detail: refused };

  const signature = firstError("signature");
  if (signature)
    return {
      word: "Bad signature",
      tone: "bad",
      reason: say(signature),
      detail: `${signature.remedy ?? ""} ${refused}`.trim(),
    };
  const hostile = layer("signature")?.findings.find(({ code }) => code.endsWith("-in-header"));
  if (hostile) return { word: "Bad signature", tone: "bad", reason: say(hostile), detail: hostile.remedy };

  if (times.state === "expired") {
    return {
      word: "Expired",
      tone: "bad",
      reason: `${EXPIRED_ANSWER} (4002 INVALID_TOKEN) when somebody joins, and the REST API does too.`,
      detail: "A meeting that is running goes on: VideoSDK checks a token only when joining.",
    };
  }
  const time = firstError("time");
  if (times.state === "not-yet")
    return { word: "Not valid yet", tone: "bad", reason: time?.message ?? "", detail: refused };
  if (times.state === "unreadable" && time)
    return { word: "Malformed", tone: "bad", reason: say(time), detail: time.remedy };
  const rule = firstError("rules");
  if (rule) {
    const code = rule.vendorError ? ` Joining fails with ${rule.vendorError.code} ${rule.vendorError.name}.` : "";
    return { word: "Breaks VideoSDK's rules", tone: "bad", reason: `${say(rule)}${code}`, detail: rule.remedy };
  }

  if (answer.state !== "answered") {
    return {
      word: "Signature not checked",
      tone: "mute",
      reason:
        answer.state === "pending"
          ? "Its form, time and claims are right; the signature is being checked."
          : `Its form, time and claims are right. ${answer.reason}`,
    };
  }
  if (answer.inspection.signature.state === "unknown-key") {
    return {
      word: "Unknown key",
      tone: "warn",
      reason: "None of this desk's secrets signed it, so whether VideoSDK accepts it cannot be told here.",
      detail: "If it is your team's key, add it under Keys and look again.",
    };
  }
  const { ledger, keyDisabled } = answer.inspection;
  if (ledger.state === "issued" && ledger.entry.revokedAt !== null) {
    return {
      word: "Revoked",
      tone: "warn",
      reason: `Marked as revoked here, but ${profile.name} does not know of that and accepts it until it expires.`,
      detail: "To stop it, disable the API key in VideoSDK's dashboard or regenerate its secret.",
    };
  }
  const caveat = keyDisabled
    ? "Its key is disabled here; if it is disabled in VideoSDK's dashboard too, joining fails with 4053 APIKEY_DEACTIVATED."
    : undefined;
  if (times.expiresAt !== undefined && times.expiresAt - now <= SOON_SECONDS) {
    return {
      word: "Expires soon",
      tone: "warn",
      reason: `${profile.name} accepts it, but not for long. A meeting joined before then goes on.`,
      detail: caveat,
    };
  }
  return { word: "Valid", tone: "ok", reason: `${profile.name} accepts it.`, detail: caveat };
}
