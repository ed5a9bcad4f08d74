/** A state in one or two words, with an icon so that colour is not alone. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type BadgeTone = "ok" | "warn" | "bad" | "mute";

const looks: Record<BadgeTone, { icon: IconName; className: string }> = {
  ok: { icon: "check", className: "bg-ok-bg text-ok" },
  warn: { icon: "warn", className: "bg-warn-bg text-warn" },
  bad: { icon: "cross", className: "bg-bad-bg text-bad" },
  mute: { icon: "skipped", className: "bg-mute-bg text-soft" },
};

export function Badge({
  tone = "mute",
  icon,
  children,
}: {
  tone?: BadgeTone;
  /** Another icon than the tone's, or `null` for none where the words say it all. */
  icon?: IconName | null | undefined;
  children: ReactNode;
}) {
  const look = looks[tone];
  const shown = icon === undefined ? look.icon : icon;
  return (
    <span
      className={`inline-flex items-baseline gap-1 whitespace-nowrap rounded-full px-2 py-px font-medium text-[0.78125rem] leading-5 ${look.className}`}
    >
      {shown ? <Icon name={shown} size={12} strokeWidth={1.8} className="self-center" /> : null}
      {children}
    </span>
  );
}
