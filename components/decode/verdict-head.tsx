/** The answer on what was pasted, in two lines: what to make of it, and what the vendor does with it. Below a red one, what to do. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import type { Alarm, VerdictTone } from "@/lib/decoder/verdict";
import type { AnswerPart } from "@/lib/profiles/profile";
import type { Said } from "@/lib/text/said";
import { AnswerText } from "./answer-text";
import { SaidText } from "./said-text";

const tones: Record<VerdictTone, { icon: IconName; head: string; word: string }> = {
  ok: { icon: "check-circle", head: "bg-ok-bg", word: "text-ok" },
  warn: { icon: "warn", head: "bg-warn-bg", word: "text-warn" },
  // What merely failed is no danger: its icon alone is red.
  bad: { icon: "cross-circle", head: "bg-mute-bg", word: "text-ink" },
  mute: { icon: "unknown", head: "bg-mute-bg", word: "text-ink" },
};

export function VerdictHead({
  title,
  tone,
  alarm,
  icon,
  lead,
  vendor,
  steps,
  action,
}: {
  title: string;
  tone: VerdictTone;
  alarm?: Alarm | "secret" | undefined;
  icon?: IconName | undefined;
  lead: readonly Said[];
  vendor: readonly AnswerPart[];
  /** What to do, below it. */
  steps?: ReactNode;
  action?: ReactNode;
}) {
  const look = tones[tone];
  const danger = alarm !== undefined && tone === "bad";
  return (
    <section
      aria-label="Verdict"
      data-tone={tone}
      data-alarm={alarm}
      className={`overflow-clip rounded-[14px] border bg-surface ${danger ? "border-bad" : "border-line-strong"}`}
    >
      <div
        className={`flex flex-wrap items-center gap-x-3.5 gap-y-2.5 px-4.5 py-3.5 max-md:gap-x-2.5 max-md:px-3.5 ${danger ? "bg-bad-bg" : look.head}`}
      >
        <Icon
          name={danger ? "alarm" : alarm ? "warn" : (icon ?? look.icon)}
          size={34}
          strokeWidth={1.15}
          className={`${icon === "pending" ? "spin" : ""} self-start max-md:size-6.5 ${tone === "bad" ? "text-bad" : look.word}`}
        />
        <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          {/* What counts down stands outside: it is not announced. */}
          <div role={danger ? "alert" : "status"} aria-atomic="true">
            <h2
              className={`font-semibold text-[1.1875rem] leading-snug tracking-tight max-md:text-[1.0625rem] ${danger ? "text-bad" : look.word}`}
            >
              {title}
            </h2>
            {lead.length > 0 ? (
              <p>
                {lead.map((said, index) => (
                  <span key={said.message} className={index === 0 ? "" : "text-soft"}>
                    {index > 0 ? " " : ""}
                    <SaidText said={said} />
                  </span>
                ))}
              </p>
            ) : null}
          </div>
          {vendor.length > 0 ? (
            <p data-vendor="">
              <AnswerText parts={vendor} />
            </p>
          ) : null}
        </div>
        {action ? (
          // What an action opens goes across, below the whole head.
          <div className="flex flex-wrap items-center gap-2 empty:hidden max-md:basis-full max-md:*:grow md:has-[section]:contents">
            {action}
          </div>
        ) : null}
      </div>
      {steps}
    </section>
  );
}
