/** The verdict on a token, in two lines: what a person should make of it, and what its vendor does with it. Browser-safe. The worst news comes first, and its colour follows the worst layer: never green where anything warns, never Valid of a signature that nobody checked. */
import type { Finding, Layer } from "@/lib/jwt/finding";
import type { TokenReading } from "@/lib/jwt/read";
import type { TimesReading } from "@/lib/jwt/times";
import type { AnswerPart, Profile, VendorAnswer } from "@/lib/profiles/profile";
import { LONGEST_SENDABLE } from "@/lib/sizes";
import { tokenName } from "@/lib/text/numbered";
import { plainText, type Said } from "@/lib/text/said";
import type { Inspection } from "./inspection";
import { climb, type Evidence, formRefused, knowsTheKey, type LayerVerdict, whyNotSent } from "./ladder";

export type VerdictWord =
  | "Checking…"
  | "Valid"
  | "Valid, with a warning"
  | "Expires soon"
  | "Expired"
  | "Never expires"
  | "Not valid yet"
  | "Altered after issuing"
  | "Signed with your secret, not issued here"
  | "Key disabled here"
  | "Bad signature"
  | "Unknown key"
  | "Revoked"
  | "Malformed"
  | `Breaks ${string}'s rules`
  | "Signature not checked";

/** `bad`: danger, or the vendor refuses it. `warn`: it needs an eye. `mute`: over, or nothing can be said. */
export type VerdictTone = "ok" | "warn" | "bad" | "mute";

/** Somebody did what nobody here asked for. */
export type Alarm = "altered" | "elsewhere";

export type Verdict = {
  /** Short, for a badge. */
  word: VerdictWord;
  /** The word, with the number of a token that was issued here. */
  title: string;
  tone: VerdictTone;
  alarm?: Alarm;
  /** Why, and what to do about it. */
  lead: readonly Said[];
  /** What the vendor does with it, in the vendor's profile's words. */
  vendor: AnswerPart[];
  /** The same, for below a head that is about something else in the text: it names the token. */
  vendorOfToken: AnswerPart[];
  answer: VendorAnswer;
  layers: LayerVerdict[];
  times: TimesReading;
};

type Head = Pick<Verdict, "word" | "title" | "tone" | "alarm" | "lead">;

/** "Expires soon" from here on. */
export const SOON_SECONDS = 10 * 60;

export function judge(profile: Profile, reading: TokenReading, evidence: Evidence): Verdict {
  const { layers, times } = climb(profile, reading, evidence);
  const case_: Case = { profile, reading, evidence, layers, times };
  const answer = answerOf(case_);
  const vendor = profile.answer(answer);
  return {
    ...decide(case_, answer),
    answer,
    vendor,
    vendorOfToken: profile.answer(answer, nameIn(case_)),
    layers,
    times,
  };
}

type Case = {
  profile: Profile;
  reading: TokenReading;
  evidence: Evidence;
  layers: LayerVerdict[];
  times: TimesReading;
};

const layerOf = ({ layers }: Case, name: Layer) => layers.find(({ layer }) => layer === name);
const errorIn = (of: Case, name: Layer) => layerOf(of, name)?.findings.find(({ severity }) => severity === "error");
const inspectionOf = ({ evidence: { server } }: Case): Inspection | undefined =>
  server.state === "answered" ? server.inspection : undefined;

const entryOf = (of: Case) => {
  const ledger = inspectionOf(of)?.ledger;
  return ledger?.state === "issued" ? ledger.entry : undefined;
};

function nameIn(of: Case): string {
  const entry = entryOf(of);
  return entry ? `the token ${tokenName(entry.number)}` : "the token";
}

function isAsking({ reading, evidence: { server } }: Case): boolean {
  return server.state === "pending" && whyNotSent(reading) === undefined;
}

/** Whether a secret of this desk, or one that the person pasted, is known to have signed it. */
function isProven(of: Case): boolean {
  const signature = inspectionOf(of)?.signature.state;
  return signature === "right" || (of.evidence.ownSecret === true && (signature ?? "unknown-key") === "unknown-key");
}

/** What is certain without the signature comes first: nobody need know the key to say that it has expired. */
function answerOf(of: Case): VendorAnswer {
  const { times, profile, reading, evidence } = of;
  const rule = errorIn(of, "rules");
  if (formRefused(of.layers)) return { does: "refuses", why: "form" };
  if (errorIn(of, "signature")) return { does: "refuses", why: "signature" };
  if (errorIn(of, "form")) return { does: "unknown", why: "undocumented" };
  if (times.state === "expired") return { does: "refuses", why: "expired" };
  if (times.state === "not-yet") {
    const { notBefore: at = 0, expiresAt = Number.POSITIVE_INFINITY } = times;
    return { does: "refuses", why: "not-yet", ...(at < expiresAt && { at }) };
  }
  if (times.state === "unreadable") return { does: "refuses", why: "form" };
  if (rule?.code === "key-in-other-capitals") return { does: "refuses", why: "key" };
  if (rule?.vendorError) return { does: "refuses", why: "rule", error: rule.vendorError };
  if (isAsking(of)) return { does: "unknown", why: "checking" };
  if (!isProven(of)) return { does: "unknown", why: inspectionOf(of) ? "unknown-key" : "unchecked" };
  if (rule) return { does: "unknown", why: "undocumented" };
  const join = profile.entry(reading.claims ?? {}, { at: evidence.now });
  const pastedSecret = evidence.ownSecret === true && !knowsTheKey(evidence.server);
  return { does: "accepts", until: times.expiresAt, join, pastedSecret };
}

/** What must be so for its claims to permit anything; undefined where nothing stands against it, or what does is said with them. */
export function conditionOf({ answer: { does, why = "" } }: { answer: { does: string; why?: string } }) {
  if (does === "refuses" && why === "form") return "If it were whole and well-formed";
  if (does === "refuses" && why === "signature") return "If its signature were right";
  if (does === "refuses" && why === "key") return "If it named its key letter for letter";
  return why === "unchecked" || why === "unknown-key" ? "If its signature is right" : undefined;
}

/** The first that holds: danger, then what makes the vendor refuse it, then what needs an eye. */
function decide(of: Case, answer: VendorAnswer): Head {
  const { profile, reading, layers, times, evidence } = of;
  const inspection = inspectionOf(of);
  const entry = entryOf(of);
  const head = (word: VerdictWord, tone: VerdictTone, lead: readonly Said[], alarm?: Alarm): Head => ({
    word,
    title: entry ? `${word}: ${tokenName(entry.number)}` : word,
    tone,
    lead,
    ...(alarm && { alarm }),
  });
  const bySign = (finding: Finding): readonly Said[] => [said(finding), ...remedyOf(finding)];

  if (isAsking(of))
    return head("Checking…", "mute", [{ message: "It is read; its signature and the ledger are being asked about." }]);

  const ledger = layerOf(of, "ledger");
  const altered = ledger?.findings.find(({ code }) => code === "altered-after-issuing");
  if (altered) return head("Altered after issuing", "bad", bySign(altered), "altered");
  const elsewhere = ledger?.findings.find(({ code }) => code === "signed-elsewhere");
  const notIssued = "Signed with your secret, not issued here";
  if (elsewhere?.severity === "error") return head(notIssued, "bad", bySign(elsewhere), "elsewhere");

  const form = errorIn(of, "form");
  if (form) return head("Malformed", "bad", bySign(form));
  if (reading.token.length > LONGEST_SENDABLE)
    return head("Signature not checked", "bad", [{ message: layerOf(of, "signature")?.summary ?? "" }]);
  const signature = errorIn(of, "signature");
  const hostile = keyInHeader(layers);
  const damaged = ledger?.findings.find(({ code }) => code === "damaged-after-issuing");
  if (signature && damaged) return head("Bad signature", "bad", bySign(damaged));
  if (signature) return head("Bad signature", "bad", [...(hostile ? [said(hostile)] : []), ...bySign(signature)]);
  const time = errorIn(of, "time");
  if (times.state === "unreadable" && time) return head("Malformed", "bad", bySign(time));
  const rule = errorIn(of, "rules");
  if (rule) return head(`Breaks ${profile.name}'s rules`, "bad", bySign(rule));
  if (hostile && inspection?.signature.state !== "right") return head("Signature not checked", "bad", bySign(hostile));

  if (elsewhere?.severity === "warning") return head(notIssued, "warn", bySign(elsewhere), "elsewhere");
  if (times.state === "expired" && time) return head("Expired", "mute", [said(time)]);
  if (times.state === "not-yet" && time) return head("Not valid yet", "warn", bySign(time));
  if (!isProven(of)) return unproven(of, head);

  const { words } = profile;
  if (entry && entry.revokedAt !== null) {
    const message = `Marked as revoked here, but ${profile.name} does not know of that.`;
    return head("Revoked", "warn", [{ message }, { message: words.toStop }]);
  }
  if (inspection?.keyDisabled)
    return head("Key disabled here", "warn", [
      { message: `${profile.name} does not know of that; ${words.keyDisabledToo}` },
    ]);
  if (times.state === "never-expires") {
    const [reason] = layerOf(of, "time")?.findings.filter(({ severity }) => severity === "warning") ?? [];
    return head("Never expires", "warn", reason ? bySign(reason) : []);
  }
  if (times.expiresAt !== undefined && times.expiresAt - evidence.now <= SOON_SECONDS)
    return head("Expires soon", "warn", [{ message: "Whoever has joined by then stays in the meeting." }]);
  if (elsewhere) return head(notIssued, "mute", bySign(elsewhere));
  return good(of, answer, head, entry?.number);
}

type MakeHead = (word: VerdictWord, tone: VerdictTone, lead: readonly Said[]) => Head;

function unproven(of: Case, head: MakeHead): Head {
  const inspection = inspectionOf(of);
  if (inspection) {
    const message = `None of ${inspection.ofSomeKeys ? "the secrets that you may use" : "this desk's secrets"} signed it.`;
    return head("Unknown key", "warn", [{ message }]);
  }
  const doubtful = (["form", "time", "rules"] as const).some((name) => layerOf(of, name)?.state === "warn");
  return head("Signature not checked", "mute", [
    { message: doubtful ? "What is in it has warnings, see below." : "Its form, time and claims are right." },
    { message: layerOf(of, "signature")?.summary ?? "" },
  ]);
}

/** Nothing is known against it, at most something that is probably not meant. */
function good({ layers, evidence }: Case, answer: VendorAnswer, head: MakeHead, number: number | undefined): Head {
  const warning = layers.flatMap(({ findings }) => findings).find(({ severity }) => severity === "warning");
  const unclear = answer.does === "accepts" && answer.join === "unclear";
  if (warning) return head("Valid, with a warning", "warn", [said(warning), ...remedyOf(warning)]);
  if (unclear) return head("Valid, with a warning", "warn", [{ message: "Whether one can join with it is unclear." }]);
  const bySecret = evidence.ownSecret ? "Valid, by the secret that you pasted" : "Valid";
  const title = number === undefined ? bySecret : `Valid, and issued here as ${tokenName(number)}`;
  return { ...head("Valid", "ok", []), title };
}

function said({ message, instants }: Finding): Said {
  return instants ? { message, instants } : { message };
}

function remedyOf({ remedy }: Finding): Said[] {
  return remedy ? [{ message: remedy }] : [];
}

/** What is said of a key, or an address of one, that the token itself brings, or of an attack in the name of one. */
function keyInHeader(layers: readonly LayerVerdict[]): Finding | undefined {
  const signature = layers.find(({ layer }) => layer === "signature");
  return signature?.findings.find(({ code }) => /-in-header$|^kid-/.test(code));
}

/** Why, in one plain sentence, for a list. */
export function reasonOf({ lead: [first] }: Pick<Verdict, "lead">): string {
  return first ? plainText(first) : "";
}
