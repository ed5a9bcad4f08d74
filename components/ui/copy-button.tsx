"use client";
/** Copies a text with one click and says so; where the clipboard is closed to it, selects the text for the person to copy. */
import { type Ref, useEffect, useRef, useState } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { copyText, selectText } from "./copy-text";
import { Icon } from "./icon";

const FEEDBACK_MS = 2500;

type State = "idle" | "copied" | "selected" | "failed";

const words: Record<State, string> = {
  idle: "",
  copied: "Copied",
  selected: "Selected, now press Ctrl+C",
  failed: "Could not copy",
};

export function CopyButton({
  value,
  getValue,
  label = "Copy",
  iconOnly = false,
  selectId,
  variant,
  size,
  shortcut,
  wide = false,
  className = "",
  onCopied,
  saidBeside = false,
  ref,
}: {
  value?: string;
  /** Instead of `value`: asked when clicked. */
  getValue?: () => string | Promise<string>;
  label?: string;
  /** Beside the text that it copies: the label is its name alone. */
  iconOnly?: boolean;
  /** The id of the element that shows the text, to select it when copying fails. */
  selectId?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  shortcut?: string;
  /** As wide as what it stands in, on a phone. */
  wide?: boolean;
  className?: string;
  /** Whoever is told so says it, too. */
  onCopied?: () => void;
  /** They say it right beside it: the button has a tick, and keeps its words. */
  saidBeside?: boolean;
  ref?: Ref<HTMLButtonElement> | undefined;
}) {
  const [state, setState] = useState<State>("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(button: HTMLElement): Promise<State> {
    const text = getValue ? await getValue() : (value ?? "");
    if (await copyText(text, button)) {
      onCopied?.();
      return "copied";
    }
    return selectId && selectText(selectId) ? "selected" : "failed";
  }

  const done = state === "copied";
  const failed = state === "selected" || state === "failed";
  return (
    <span className={`relative inline-flex ${wide ? "max-sm:w-full" : ""}`}>
      <button
        ref={ref}
        type="button"
        className={
          iconOnly
            ? `inline-grid size-6 place-items-center rounded-md text-faint hover:bg-mute-bg hover:text-ink ${className}`
            : buttonClass(variant, size, className)
        }
        aria-label={iconOnly ? label : undefined}
        title={iconOnly ? label : undefined}
        onClick={async (event) => {
          setState(await copy(event.currentTarget));
          clearTimeout(timer.current);
          timer.current = setTimeout(() => setState("idle"), FEEDBACK_MS);
        }}
      >
        <Icon name={done ? "check" : failed ? "warn" : "copy"} size={iconOnly ? 14 : 16} />
        {iconOnly ? null : (
          <span className="copy-label" data-done={(done && !saidBeside) || undefined}>
            <span>{label}</span>
          </span>
        )}
        {shortcut ? (
          <span aria-hidden="true" className="max-md:hidden">
            <kbd className="ml-1 font-normal text-[0.6875rem] opacity-75">{shortcut}</kbd>
          </span>
        ) : null}
      </button>
      <span role="status" className={failed ? "copy-bubble" : "sr-only"}>
        {onCopied && state === "copied" ? null : words[state]}
      </span>
    </span>
  );
}
