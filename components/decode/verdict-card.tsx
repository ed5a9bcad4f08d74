/** The answer on a token: one word with its reason on top, and below it what every layer found. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";

export type VerdictTone = "ok" | "warn" | "bad" | "mute";
export type LayerState = "ok" | "warn" | "bad" | "unknown" | "pending" | "skipped";
export type VerdictLayer = { name: string; state: LayerState; why: ReactNode };

const tones: Record<VerdictTone, { icon: IconName; head: string; word: string }> = {
  ok: { icon: "check-circle", head: "bg-ok-bg", word: "text-ok" },
  warn: { icon: "warn", head: "bg-warn-bg", word: "text-warn" },
  bad: { icon: "cross-circle", head: "bg-bad-bg", word: "text-bad" },
  mute: { icon: "unknown", head: "bg-mute-bg", word: "text-ink" },
};

const states: Record<LayerState, { icon: IconName; word: string; className: string }> = {
  ok: { icon: "check", word: "Passed", className: "text-ok" },
  warn: { icon: "warn", word: "Warning", className: "text-warn" },
  bad: { icon: "cross", word: "Failed", className: "text-bad" },
  unknown: { icon: "unknown", word: "Not known", className: "text-soft" },
  pending: { icon: "pending", word: "Checking", className: "spin text-soft" },
  skipped: { icon: "skipped", word: "Skipped", className: "text-faint" },
};

export function VerdictCard({
  verdict,
  layers,
  action,
}: {
  verdict: {
    word: string;
    tone: VerdictTone;
    /** Announced together with the word when it changes: no countdown in it. */
    reason: ReactNode;
    /** Not announced. */
    detail?: ReactNode;
    icon?: IconName | undefined;
  };
  layers: readonly VerdictLayer[];
  action?: ReactNode;
}) {
  const tone = tones[verdict.tone];
  return (
    <section
      aria-label="Verdict"
      data-tone={verdict.tone}
      className="@container overflow-clip rounded-[14px] border border-line-strong bg-surface"
    >
      <div className={`flex flex-wrap items-center gap-x-3.5 gap-y-3 px-4.5 py-4 ${tone.head}`}>
        <Icon name={verdict.icon ?? tone.icon} size={34} strokeWidth={1.1} className={`self-start ${tone.word}`} />
        <div className="min-w-0 flex-1 basis-72 [overflow-wrap:anywhere]">
          <div aria-live="polite" aria-atomic="true">
            <h2 className={`font-semibold text-[1.0625rem] leading-snug tracking-tight ${tone.word}`}>
              {verdict.word}
            </h2>
            <div>{verdict.reason}</div>
          </div>
          {verdict.detail ? <div className="mt-0.5 text-small text-soft">{verdict.detail}</div> : null}
        </div>
        {action}
      </div>
      <ul>
        {layers.map((layer) => {
          const state = states[layer.state];
          return (
            <li
              key={layer.name}
              data-layer={layer.name}
              data-state={layer.state}
              className="grid grid-cols-[1.125rem_minmax(0,1fr)] gap-x-2.5 border-line border-t px-4.5 py-2.5 @md:grid-cols-[1.125rem_6.5rem_minmax(0,1fr)]"
            >
              <span className={`pt-[3px] ${layer.state === "pending" ? "" : state.className}`}>
                <Icon
                  name={state.icon}
                  strokeWidth={1.8}
                  className={layer.state === "pending" ? state.className : ""}
                />
              </span>
              <span className="font-medium">
                {layer.name}
                <span className="sr-only">: {state.word}.</span>
              </span>
              <div className="min-w-0 text-soft [overflow-wrap:anywhere] @max-md:col-start-2">{layer.why}</div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
