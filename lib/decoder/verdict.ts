/** One verdict on top of the ladder: what the vendor will do with a token, and why. Browser-safe. Never says Valid of a signature that nobody checked. */
import type { Finding, Layer } from "@/lib/jwt/finding";
import type { TokenReading } from "@/lib/jwt/read";
import type { TimesReading } from "@/lib/jwt/times";
import { LONGEST_SENDABLE } from "@/lib/limits";
import type { Profile } from "@/lib/profiles/profile";
import { climb, type Evidence, knowsTheKey, type LayerVerdict } from "./ladder";

export type VerdictWord =
  | "Valid"
  | "Expires soon"
  | "Expired"
  | "Not valid yet"
  | "Altered after issuing"
  | "Bad signature"
  | "Unknown key"
  | "Revoked"
  | "Malformed"
  | `Breaks ${string}'s rules`
  | "Signature not checked";

export type Verdict = {
  word: VerdictWord;
  tone: "ok" | "warn" | "bad" | "mute";
  /** What the vendor does, and why. */
  reason: string;
  detail?: string | undefined;
  layers: LayerVerdict[];
  times: TimesReading;
};

/** "Expires soon" from here on. */
export const SOON_SECONDS = 10 * 60;
/** The first of these that holds is the verdict: no form, no signature, altered, not its time, a broken rule; then what only the server knows. */
export function judge(profile: Profile, reading: TokenReading, evidence: Evidence): Verdict {
  const { layers, times } = climb(profile, reading, evidence);
  const verdict = decide(profile, layers, times, evidence, reading);
  const foreignKey = keyInHeader(layers);
  if (foreignKey && verdict.tone === "ok")
    return {
      ...verdict,
      tone: "warn",
      detail: `${foreignKey.message} ${foreignKey.remedy ?? ""}`.trim(),
      layers,
      times,
    };
  return { ...verdict, layers, times };
}

/** What is said of a key, or an address of one, that the token itself brings, or of an attack in the name of one. */
function keyInHeader(layers: readonly LayerVerdict[]): Finding | undefined {
  const signature = layers.find(({ layer }) => layer === "signature");
  return signature?.findings.find(({ code }) => /-in-header$|^kid-/.test(code));
}

/** Whether a secret of this desk made the signature. */
function ours(server: Evidence["server"]): boolean {
  return server.state === "answered" && server.inspection.signature.state === "right";
}

function decide(
  profile: Profile,
  layers: LayerVerdict[],
  times: TimesReading,
  { server, ownSecret, now }: Evidence,
  reading: TokenReading,
): Pick<Verdict, "word" | "tone" | "reason" | "detail"> {
  const layer = (name: Layer) => layers.find((each) => each.layer === name);
  const firstError = (name: Layer) => layer(name)?.findings.find(({ severity }) => severity === "error");
  const say = (finding: Finding) => finding.message;
  const { name: vendor, words } = profile;

  const form = firstError("form");
  const forged = firstError("ledger") ?? layer("ledger")?.findings.find(({ code }) => code === "signed-elsewhere");
  if (form && !ours(server)) return { word: "Malformed", tone: "bad", reason: say(form), detail: form.remedy };
  // That our secret made it is worse news than its form, which some readers overlook.
  if (form && firstError("ledger") === undefined)
    return {
      word: "Malformed",
      tone: "bad",
      reason: say(form),
      detail: [form.remedy, forged && say(forged), forged?.remedy].filter(Boolean).join(" "),
    };
  const tooLong = reading.token.length > LONGEST_SENDABLE;
  if (tooLong) return { word: "Signature not checked", tone: "bad", reason: layer("signature")?.summary ?? "" };

  const signature = firstError("signature");
  const rule = firstError("rules");
  const altered = firstError("ledger");
  const check = server.state === "answered" ? server.inspection.signature : undefined;
  // A right signature over other claims is worse news than the retired secret or the other key that it is by.
  if (altered && (!signature || check?.state === "right" || form)) {
    const dated = times.state === "expired" || times.state === "not-yet" || times.state === "unreadable";
    const accepted = check?.state === "right" && !signature && !rule && !dated && !form;
    return {
      word: "Altered after issuing",
      tone: "bad",
      reason: `${say(altered)}${accepted ? ` ${vendor} accepts it.` : ""}`,
      detail: altered.remedy,
    };
  }
  if (signature)
    return {
      word: "Bad signature",
      tone: "bad",
      reason: say(signature),
      detail: [keyInHeader(layers)?.message, signature.remedy, words.refused, altered && say(altered), altered?.remedy]
        .filter(Boolean)
        .join(" "),
    };

  if (times.state === "expired") {
    return {
      word: "Expired",
      tone: "bad",
      ...words.expired,
    };
  }
  const time = firstError("time");
  if (times.state === "not-yet")
    return {
      word: "Not valid yet",
      tone: "bad",
      reason: time?.message ?? "",
      detail: `${time?.remedy ?? ""} ${words.refused}`.trim(),
    };
  if (times.state === "unreadable" && time)
    return { word: "Malformed", tone: "bad", reason: say(time), detail: time.remedy };
  if (rule) {
    const code = rule.vendorError ? ` Joining fails with ${rule.vendorError.code} ${rule.vendorError.name}.` : "";
    // Where no key is named one looks for the fault in the secret first; it is not there.
    const keyless = check?.state === "right" && profile.keyIdOf(reading.claims ?? {}) === undefined;
    const detail = [rule.remedy, keyless && layer("signature")?.summary].filter(Boolean).join(" ");
    return {
      word: `Breaks ${vendor}'s rules`,
      tone: "bad",
      reason: `${say(rule)}${code}`,
      detail: detail || undefined,
    };
  }
  const hostile = keyInHeader(layers);
  if (hostile && check?.state !== "right")
    return { word: "Signature not checked", tone: "bad", reason: say(hostile), detail: hostile.remedy };

  const inspection = server.state === "answered" ? server.inspection : undefined;
  const doubtful = (["form", "time", "rules"] as const).some((name) => layer(name)?.state === "warn");
  if (!inspection && !ownSecret) {
    return {
      word: "Signature not checked",
      tone: "mute",
      reason: `${doubtful ? `Nothing in it makes ${vendor} refuse it, but see the warnings.` : "Its form, time and claims are right."} ${layer("signature")?.summary ?? ""}`,
    };
  }
  if (inspection?.signature.state === "unknown-key" && !ownSecret) {
    return {
      word: "Unknown key",
      tone: "warn",
      reason: `None of this desk's secrets signed it, so whether ${vendor} accepts it cannot be told here.`,
      detail: "If it is your team's key, add it under Keys and look again.",
    };
  }
  const ledger = inspection?.ledger;
  if (ledger?.state === "issued" && ledger.entry.revokedAt !== null) {
    return {
      word: "Revoked",
      tone: "warn",
      reason: `Marked as revoked here, but ${vendor} does not know of that and accepts it until it expires.`,
      detail: words.toStop,
    };
  }
  const caveat = inspection?.keyDisabled ? `Its key is disabled here; ${words.keyDisabledToo}` : undefined;
  const unproven = ownSecret && !knowsTheKey(server);
  const accepts = `${vendor} accepts it${unproven ? ", if the secret that you pasted is that of its API key" : ""}`;
  if (times.expiresAt !== undefined && times.expiresAt - now <= SOON_SECONDS) {
    return {
      word: "Expires soon",
      tone: "warn",
      reason: `${accepts}, but not for long. ${words.expiresSoon}`,
      detail: caveat,
    };
  }
  const join = profile.abilities(reading.claims ?? {}, { at: now }).find(({ id }) => id === "join");
  if (join?.answer === "no")
    return {
      word: "Valid",
      tone: "ok",
      reason: `${accepts}, but ${words.cannotJoin}.`,
      detail: join.reason,
    };
  if (join?.answer === "unclear")
    return { word: "Valid", tone: "warn", reason: `${accepts}, as far as can be told.`, detail: join.reason };
  return { word: "Valid", tone: "ok", reason: `${accepts}.`, detail: caveat };
}
