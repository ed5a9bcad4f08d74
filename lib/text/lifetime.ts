/** The lifetimes that a form offers with one click, and how a lifetime is typed and called beside them: a preset as it is offered, any other to the second. Browser-safe. */
import { secondsOf } from "@/lib/text/parse-duration";
import { formatSpan } from "@/lib/text/span";

export const presets = [
  { label: "15 min", value: "15m" },
  { label: "1 h", value: "1h" },
  { label: "2 h", value: "2h" },
  { label: "24 h", value: "24h" },
  { label: "7 d", value: "7d" },
].map((preset) => ({ ...preset, seconds: secondsOf(preset.value) ?? 0 }));

/** As one types it: "2h", "1 d 12 h". */
export function typedLifetime(ttlSeconds: number): string {
  return presets.find(({ seconds }) => seconds === ttlSeconds)?.value ?? formatSpan(ttlSeconds);
}

/** "24 h" and not "1 d", which is not what stands on the button. */
export function lifetimeWords(ttlSeconds: number): string {
  return presets.find(({ seconds }) => seconds === ttlSeconds)?.label ?? formatSpan(ttlSeconds);
}
