/** What one may do next with a decoded token beside comparing it: issue one of ours again, or repair one with mistakes. Browser-safe. Nothing for what is forged, unknown or unchecked: whoever asks for such a repair would have this desk sign their wish. */
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import type { ServerAnswer } from "./ladder";
import { type Draft, repair } from "./repair";
import type { Verdict } from "./verdict";

export type Offer = { kind: "issue-again"; number: number } | { kind: "repair"; draft: Draft };

export function offerOf(
  { profile, claims, verdict }: { profile: string; claims: Claims | undefined; verdict: Verdict },
  server: ServerAnswer,
): Offer | undefined {
  if (server.state !== "answered") return undefined;
  const { ledger, signature, elsewhere } = server.inspection;
  if (ledger.state === "issued") return { kind: "issue-again", number: ledger.entry.number };
  const ours =
    signature.state === "right" || (signature.state === "mistake" && signature.mistake !== "api-key-as-secret");
  if (!ours || !claims || ledger.state === "altered" || elsewhere?.signsElsewhere === "no") return undefined;
  const fixable = verdict.layers.some(
    ({ layer, state }) => (layer === "time" || layer === "rules") && (state === "bad" || state === "warn"),
  );
  const draft = repair(profileOf(profile), claims, verdict.times);
  return fixable && draft.changes.length > 0 ? { kind: "repair", draft } : undefined;
}
