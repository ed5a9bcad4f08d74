/** Things to pick: one-click presets and filters, in a row. */
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

export function Chips({
  label,
  children,
  className = "",
}: {
  label?: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a border box that a row of chips has no use for
    <div role="group" aria-label={label} className={`flex flex-wrap gap-1.5 ${className}`}>
      {children}
    </div>
  );
}

const chip =
  "inline-flex min-h-7 items-center gap-1 rounded-full border px-2.5 text-small no-underline transition-colors max-md:min-h-9 max-md:px-3";
const chipOff = "border-edge bg-surface text-soft hover:bg-mute-bg hover:text-ink";
const chipOn = "border-ink bg-ink text-paper";

const chipLocked = "border-edge border-dashed bg-transparent text-faint";

/** A toggle: a preset that is in force, a filter that is on. */
export function Chip({
  pressed,
  mono,
  locked = false,
  className = "",
  children,
  ...rest
}: ComponentProps<"button"> & {
  pressed: boolean;
  mono?: boolean;
  /** It can't be chosen here; why stands nearby. */
  locked?: boolean;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      disabled={locked && !pressed}
      className={`${chip} ${pressed ? chipOn : locked ? chipLocked : chipOff} ${mono ? "font-mono" : ""} ${className}`}
      {...rest}
    >
      {locked ? <Icon name="lock" size={12} /> : null}
      {children}
    </button>
  );
}

/** A filter that has an address of its own. */
export function ChipLink({ href, chosen, children }: { href: string; chosen: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={chosen ? "true" : undefined}
      className={`${chip} ${chosen ? chipOn : chipOff} [&_small]:text-[1em] [&_small]:tabular-nums ${chosen ? "" : "[&_small]:text-faint"}`}
    >
      {children}
    </Link>
  );
}
