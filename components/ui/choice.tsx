/** Things to tick and to pick: checkbox cards, checkbox chips, and one-click presets. */
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

/** The frame around `CheckboxCard`s that stand together. */
export function CheckboxCards({ children }: { children: ReactNode }) {
  return (
    <div className="divide-y divide-line overflow-clip rounded-[9px] border border-line-strong bg-surface">
      {children}
    </div>
  );
}

export function CheckboxCard({
  id,
  name,
  label,
  help,
  disabledReason,
  disabled,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "id" | "children"> & {
  id: string;
  /** The checkbox's name on screen; `name` serves when it is the same. */
  label?: string;
  help?: ReactNode;
  /** Why it can't be ticked now; disables it. */
  disabledReason?: ReactNode;
}) {
  const off = disabled || Boolean(disabledReason);
  const described = help || disabledReason;
  return (
    <div
      className={`relative grid grid-cols-[1.125rem_minmax(0,1fr)] gap-x-2.5 px-3 py-2.5 has-focus-visible:bg-mute-bg ${off ? "bg-sunken text-soft" : "hover:bg-mute-bg/50"}`}
    >
      <input
        {...rest}
        type="checkbox"
        id={id}
        name={name}
        disabled={off}
        aria-describedby={described ? `${id}-help` : undefined}
        className="relative z-1 my-[3px] size-4"
      />
      {/* The whole card is the label's target, while its accessible name stays one word. */}
      <label htmlFor={id} className="font-mono text-small leading-[1.7] after:absolute after:inset-0">
        {label ?? name}
      </label>
      {described ? (
        <p id={`${id}-help`} className={`col-start-2 text-small ${off ? "text-faint" : "text-soft"}`}>
          {help}
          {disabledReason ? (
            <span className="block">
              <span className="font-medium">Not available:</span> {disabledReason}
            </span>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

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

/** A toggle: a preset that is in force, a filter that is on. */
export function Chip({
  pressed,
  mono,
  className = "",
  ...rest
}: ComponentProps<"button"> & { pressed: boolean; mono?: boolean }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      className={`${chip} ${pressed ? chipOn : chipOff} ${mono ? "font-mono" : ""} ${className}`}
      {...rest}
    />
  );
}

/** A checkbox that looks like a chip. */
export function CheckboxChip({
  label,
  mono,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "children"> & { label: string; mono?: boolean }) {
  return (
    <label
      className={`${chip} ${chipOff} group relative cursor-pointer has-checked:border-ink has-checked:bg-ink has-checked:text-paper has-disabled:cursor-not-allowed has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2 ${mono ? "font-mono" : ""}`}
    >
      <input {...rest} type="checkbox" className="peer absolute inset-0 z-1 size-full cursor-[inherit] opacity-0" />
      <Icon name="plus" size={12} className="peer-checked:hidden" />
      <Icon name="check" size={12} strokeWidth={2} className="hidden peer-checked:block" />
      {label}
    </label>
  );
}
