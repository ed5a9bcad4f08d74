/** Buttons. */
import type { ComponentProps, ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type ButtonVariant = "primary" | "secondary" | "danger" | "alarm" | "ghost";
export type ButtonSize = "sm" | "md";

const variants: Record<ButtonVariant, string> = {
  primary: "border-ink bg-ink text-paper hover:bg-ink/85",
  secondary: "border-edge bg-surface text-ink hover:bg-mute-bg",
  danger: "border-bad bg-surface text-bad hover:bg-bad-bg",
  alarm: "border-bad bg-bad text-paper hover:bg-bad/85",
  ghost: "border-transparent text-soft hover:bg-mute-bg hover:text-ink",
};
const sizes: Record<ButtonSize, string> = {
  sm: "min-h-8 gap-1.5 rounded-[7px] px-2.5 text-small max-md:min-h-9",
  md: "min-h-9 gap-2 rounded-lg px-3.5 text-body max-md:min-h-11",
};

export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "md", className = "") {
  return `button transition-colors ${sizes[size]} ${variants[variant]} ${className}`;
}

export type ButtonLook = {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: IconName | undefined;
  shortcut?: string | undefined;
};

export function Button({
  variant,
  size,
  icon,
  shortcut,
  pending,
  type = "button",
  className,
  onClick,
  children,
  ...rest
}: ComponentProps<"button"> & ButtonLook & { pending?: boolean }) {
  const waits = pending || undefined;
  return (
    <button
      type={type}
      className={buttonClass(variant, size, className)}
      // Not disabled: that would take the focus away from it.
      aria-disabled={waits}
      aria-busy={waits}
      data-pending={waits}
      // A form is not sent a second time either, by a click or by Enter.
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      <ButtonLabel icon={icon} shortcut={shortcut}>
        {children}
      </ButtonLabel>
      {pending ? (
        <span className="button-spinner absolute inset-0 grid place-items-center">
          <Icon name="pending" className="spin" />
        </span>
      ) : null}
    </button>
  );
}

export function ButtonLabel({
  icon,
  shortcut,
  children,
}: {
  icon?: IconName | undefined;
  shortcut?: string | undefined;
  children: ReactNode;
}) {
  return (
    <span className="button-label inline-flex items-center gap-[inherit]">
      {icon ? <Icon name={icon} /> : null}
      {children}
      {shortcut ? (
        <span aria-hidden="true" className="max-md:hidden">
          <kbd className="ml-1 font-normal text-[0.6875rem] opacity-75">{shortcut}</kbd>
        </span>
      ) : null}
    </span>
  );
}
