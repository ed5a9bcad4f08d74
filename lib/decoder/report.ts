/** What the decoder says of a text, as plain data for programs: the same judgement as the page's, in the same words, with instants in UTC. Holds nothing of the token but its header and claims. Browser-safe. */
import { parseJson, toValue } from "@/lib/jwt/json";
import { phraseOf } from "@/lib/jwt/taken-off";
import type { AnswerPart, Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { formatUtc } from "@/lib/text/instant";
import { plainText } from "@/lib/text/said";
import { roughSpan } from "@/lib/text/span";
import * as z from "@/lib/zod";
import type { Decoded, DecodedToken } from "./decode";
import { type Found, judgeBeside, judgeFound } from "./judge-credentials";
import { judgeText, type KnownKey } from "./judge-text";

const epoch = z.number().describe("Seconds since 1970.");

const FindingReport = z.object({
  code: z.string().describe("Stable: `exp-in-milliseconds`."),
  severity: z
    .enum(["error", "warning", "note"])
    .describe("error: the vendor refuses it; warning: accepted, but probably not meant; note: worth knowing."),
  path: z.string().optional().describe("Where in the JSON, as `claims` and `header` have it."),
  message: z.string(),
  remedy: z.string().optional(),
  vendorError: z.object({ code: z.number(), name: z.string() }).optional(),
});

const verdict = {
  word: z.string().describe("Short: `Valid`, `Expired`, `Bad signature`."),
  title: z.string(),
  tone: z
    .enum(["ok", "warn", "bad", "mute"])
    .describe("bad: danger, or the vendor refuses it; warn: it needs an eye; mute: over, or nothing can be said."),
  lead: z.array(z.string()).describe("Why, and what to do about it."),
  vendor: z.string().describe("What the vendor does with it."),
};

const OfToken = z.object({
  kind: z.literal("token"),
  profile: z.string().describe("The vendor by whose rules it was judged."),
  verdict: z.object({ ...verdict, alarm: z.enum(["altered", "elsewhere", "secret"]).optional() }),
  layers: z.array(
    z.object({
      layer: z.enum(["form", "signature", "time", "rules", "ledger", "revocation"]),
      state: z.enum(["ok", "warn", "bad", "over", "unknown", "pending", "skipped"]),
      summary: z.string().describe("What is the case when nothing was found."),
      findings: z.array(FindingReport),
    }),
  ),
  header: z.record(z.string(), z.unknown()).nullable(),
  claims: z.record(z.string(), z.unknown()).nullable().describe("null, too, where a secret of the desk stands in it."),
  times: z.object({ createdAt: epoch.optional(), notBefore: epoch.optional(), expiresAt: epoch.optional() }),
  sentence: z.string().describe("What its holder may do."),
  takenOff: z.array(z.string()).describe("What stood around it."),
  wrapping: z
    .string()
    .optional()
    .describe("What to do about that where the token is used; absent where it harms nothing."),
});

const OfText = z.object({ kind: z.literal("not-a-token"), verdict: z.object(verdict) });

export const TokenReport = z.discriminatedUnion("kind", [OfToken, OfText]).meta({ id: "TokenReport" });
export type TokenReport = z.output<typeof TokenReport>;

/** Marks of code are for who sees them set in another type. */
const bare = (text: string) => text.replaceAll("`", "");

/** In plain text. @param now seconds since 1970 */
export function wordsOf(parts: readonly AnswerPart[], now: number): string {
  const words = parts.map((part) => {
    if (part.kind === "time") return formatUtc(part.epochSeconds);
    return part.kind === "left" ? roughSpan(Math.max(0, part.until - now)) : part.text;
  });
  return words.join("");
}

/**
 * @param text what was decoded; compared with the API keys, and not repeated
 * @param now seconds since 1970
 * @param keys those that are known here
 */
export function reportOf(decoded: Decoded, text: string, now: number, keys: readonly KnownKey[] = []): TokenReport {
  if (decoded.kind === "token") return ofToken(decoded, now);
  const about =
    decoded.kind === "empty"
      ? { what: "opaque" as const, message: "There is nothing to decode.", remedy: "Give a token." }
      : decoded;
  const { title, word, tone, lead, vendor } = judgeText(about, text, keys);
  return {
    kind: "not-a-token",
    verdict: { word, title, tone, lead: lead.map((said) => bare(plainText(said))), vendor: wordsOf(vendor, now) },
  };
}

/** Whatever else the text is: a secret of the desk in it is said first, then a credential; what stands in the token is not repeated then. @param text what was decoded, where they were found @param now seconds since 1970 */
export function reportWith(found: Found, decoded: Decoded, text: string, now: number): TokenReport {
  const report = reportOf(decoded, text, now);
  const alone = report.kind !== "token" && !/\s/.test(text.trim());
  const head = judgeFound(found, alone);
  if (!head) return report;
  const { word, title } = head;
  const lead = head.lead.map((said) => bare(plainText(said)));
  if (report.kind !== "token" || decoded.kind !== "token")
    return { kind: "not-a-token", verdict: { word, title, tone: head.tone, lead, vendor: "" } };
  const { verdict } = report;
  const isWorse = judgeBeside(decoded.verdict, head) !== head;
  const said = {
    ...(isWorse ? verdict : { ...verdict, word, title, alarm: "secret" as const }),
    tone: verdict.tone === "bad" ? ("bad" as const) : head.tone,
    vendor: wordsOf(decoded.verdict.vendorOfToken, now),
  };
  const other = `${isWorse ? title : verdict.title}.`;
  if (![...found.secrets, ...found.credentials].some(({ inToken }) => inToken))
    return {
      ...report,
      verdict: { ...said, lead: isWorse ? [...verdict.lead, other, ...lead] : [...lead, other, ...verdict.lead] },
    };
  // Into a log, say, into which the token itself would not go: and any sentence of it may quote a claim.
  return {
    ...report,
    ...{ header: null, claims: null, sentence: "" },
    layers: report.layers.map((layer) => ({ ...layer, summary: "", findings: [] })),
    verdict: {
      ...said,
      lead: [
        ...(isWorse ? [other, ...lead] : [...lead, other]),
        "Header, claims and what was found in them are left out here.",
      ],
    },
  };
}

function ofToken(decoded: DecodedToken, now: number) {
  const { profile, verdict: judged, takenOff, wrapping, sentence, claims, headerText } = decoded;
  const { word, title, tone, alarm, lead, vendor, layers, times } = judged;
  const { createdAt, notBefore, expiresAt } = times;
  return {
    kind: "token" as const,
    profile: profileOf(profile).id,
    verdict: {
      ...{ word, title, tone, lead: lead.map((said) => bare(plainText(said))), vendor: wordsOf(vendor, now) },
      ...(alarm ? { alarm } : {}),
    },
    layers: layers.map(({ layer, state, summary, findings }) => ({
      ...{ layer, state, summary: bare(summary) },
      findings: findings.map(({ code, severity, path, message, instants, remedy, vendorError }) => ({
        ...{ code, severity },
        ...(path === undefined ? {} : { path }),
        message: bare(plainText(instants ? { message, instants } : { message })),
        ...(remedy === undefined ? {} : { remedy: bare(remedy) }),
        ...(vendorError ? { vendorError } : {}),
      })),
    })),
    header: objectIn(headerText),
    claims: claims ?? null,
    times: {
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
    sentence: wordsOf(sentence, now),
    takenOff: takenOff.map((taken) => bare(phraseOf(taken))),
    ...(wrapping === undefined ? {} : { wrapping: bare(wrapping) }),
  };
}

/** What is no JSON object, or nested deeper than the reader goes, is said by a finding. */
function objectIn(text: string): Claims | null {
  const { root, whole } = parseJson(text);
  // An object, as it says.
  return whole && root?.kind === "object" ? (toValue(root) as Claims) : null;
}
