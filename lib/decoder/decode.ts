/** Everything that the decoder shows of a pasted text, as plain data that a worker can send. Browser-safe; asks nobody. */
import type { Finding } from "@/lib/jwt/finding";
import { toToken } from "@/lib/jwt/positions";
import type { Reading, TokenReading } from "@/lib/jwt/read";
import type { TakenOff } from "@/lib/jwt/taken-off";
import type { Claims, Profile, SentencePart } from "@/lib/profiles/profile";
import { profileOf, profileOfClaims } from "@/lib/profiles/registry";
import { type Evidence, isAboutWrapping, type LayerVerdict } from "./ladder";
import { conditionOf, judge, type Verdict } from "./verdict";

export type DecodedToken = {
  kind: "token";
  /** The id of the profile by which it was judged. */
  profile: string;
  token: string;
  takenOff: TakenOff[];
  /** What to do about it where the token is used; undefined when it harms nothing. */
  wrapping?: string;
  complete: boolean;
  /** JSON text as it stands in the token; empty when it cannot be read. */
  headerText: string;
  payloadText: string;
  claims: Claims | undefined;
  /** How many members of a very large payload were left out of `payloadText` and `claims`. */
  hiddenClaims?: number;
  sentence: SentencePart[];
  verdict: Verdict;
  /** Findings with their places in the bare token. */
  marks: { start: number; end: number; tone: "bad" | "warn" | "note" }[];
};

export type Decoded = DecodedToken | Exclude<Reading, { kind: "token" }>;

const tones = { error: "bad", warning: "warn", note: "note" } as const satisfies Record<Finding["severity"], string>;

/** In the colour of its layer: a time that is over is no fault. */
export function toneOf({ severity }: Finding, { state }: LayerVerdict): (typeof tones)[Finding["severity"]] {
  if (severity !== "error" || state === "bad") return tones[severity];
  return state === "over" ? "note" : "warn";
}

/** Whose key it is, if this desk knows the key; else whom its claims are meant for. */
function profileFor({ claims }: TokenReading, { server }: Evidence): Profile {
  const known = server.state === "answered" ? server.inspection.profile : undefined;
  return known === undefined ? profileOfClaims(claims) : profileOf(known);
}

export function decodeReading(reading: Reading, evidence: Evidence): Decoded {
  if (reading.kind !== "token") return reading;
  const { now } = evidence;
  const profile = profileFor(reading, evidence);
  const verdict = judge(profile, reading, evidence);
  const { token, takenOff, complete, claims, segments } = reading;
  const around = reading.findings.find((finding) => isAboutWrapping(finding) && finding.severity === "warning");
  return {
    kind: "token",
    profile: profile.id,
    token,
    takenOff,
    ...(around?.remedy && { wrapping: around.remedy }),
    complete,
    headerText: segments.header.text,
    payloadText: segments.payload?.text ?? "",
    claims,
    sentence: claims ? under(conditionOf(verdict), profile.describe(claims, { now })) : [],
    verdict,
    marks: verdict.layers.flatMap((layer) => layer.findings.flatMap((finding) => marksOf(finding, layer, reading))),
  };
}

/** "If its signature were right: whoever holds this token may …" */
export function under(condition: string | undefined, parts: SentencePart[]): SentencePart[] {
  const [first, ...rest] = parts;
  if (!condition || !first || first.kind === "time") return parts;
  const text = first.text.charAt(0).toLowerCase() + first.text.slice(1);
  return [{ kind: "strong", text: `${condition}: ` }, { ...first, text }, ...rest];
}

function marksOf(finding: Finding, layer: LayerVerdict, { runs, token, locate }: TokenReading): DecodedToken["marks"] {
  const { range, alsoAt, path, alsoPaths = [] } = finding;
  // A remark on a whole segment would paint all of it.
  if (path === "payload" || path === "header" || path === "signature") return [];
  return [alsoAt, range, ...alsoPaths.map(locate)].flatMap((place) => {
    if (!place) return [];
    const start = Math.max(toToken(runs, place.start), 0);
    const end = Math.min(toToken(runs, place.end - 1) + 1, token.length);
    // What stood in front of the token or behind it was taken off.
    return end > start ? [{ start, end, tone: toneOf(finding, layer) }] : [];
  });
}
