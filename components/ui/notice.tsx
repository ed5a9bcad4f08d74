/** A message in the flow of the page: what is the case, why, and what to do. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type NoticeTone = "info" | "ok" | "warn" | "bad";

const looks: Record<NoticeTone, { icon: IconName; word: string; className: string }> = {
  info: { icon: "info", word: "Note", className: "bg-mute-bg text-ink [&>svg]:text-soft" },
  ok: { icon: "check-circle", word: "Done", className: "bg-ok-bg text-ok" },
  warn: { icon: "warn", word: "Warning", className: "bg-warn-bg text-warn" },
  bad: { icon: "cross-circle", word: "Error", className: "bg-bad-bg text-bad" },
};

export function Notice({
  tone = "info",
  title,
  children,
  role,
  className = "",
}: {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  /** `alert` or `status` when it appears after the page was shown. */
  role?: "alert" | "status";
  className?: string;
}) {
  const look = looks[tone];
  return (
    <div role={role} className={`flex gap-2.5 rounded-[9px] px-3 py-2.5 ${look.className} ${className}`}>
      <Icon name={look.icon} className="mt-[3px]" />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <span className="sr-only">{look.word}: </span>
        {title ? <strong className="font-semibold">{title}</strong> : null}
        {title && children ? " " : null}
        {children}
      </div>
    </div>
  );
}
