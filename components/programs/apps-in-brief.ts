/** Which of the vendor's example apps an endpoint is for, in a sentence, while its form is filled in: its page says more. */
import { type AppJudged, judgeApp, type Met } from "@/lib/endpoints/judge-app";
import type { Profile } from "@/lib/profiles/profile";
import { tokenServerOf } from "@/lib/profiles/token-servers";
import { listed } from "@/lib/text/listed";

export function appsInBrief(vendor: Pick<Profile, "id" | "name">, met: Met): string {
  const server = tokenServerOf(vendor.id);
  const judged = server.lines.map((line) => ({ label: line.label, ...judgeApp(met, line, server, vendor) }));
  const thatCome = (far: AppJudged["comes"]) => judged.flatMap(({ label, comes }) => (comes === far ? [label] : []));
  const [whole, joins] = [thatCome("all the way"), thatCome("joins")];
  const apps = `${vendor.name}'s example apps`;
  const parts = [
    whole.length > 0 ? `those for ${listed(whole)} work` : "",
    joins.length > 0 ? `those for ${listed(joins)} join a room, and make none` : "",
  ].filter(Boolean);
  if (parts.length === 0) return `As they stand, none of ${apps} is known to work with it; its page says why.`;
  return `Of ${apps}, as they stand, ${parts.join("; ")}. Its page says more.`;
}
