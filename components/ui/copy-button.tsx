"use client";
/** Copies a text with one click and says so; where the clipboard is closed to it, selects the text for the person to copy. */
import { useEffect, useRef, useState } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";
import { Icon } from "./icon";

const FEEDBACK_MS = 2500;

/** navigator.clipboard exists only on https and localhost; a desk on a LAN address needs the old way. */
function copyTheOldWay(text: string, near: HTMLElement) {
  const box = document.createElement("textarea");
  box.value = text;
  box.readOnly = true;
  box.className = "sr-only";
  // A modal dialog makes everything outside it inert, so the box must be inside.
  (near.closest("dialog") ?? document.body).append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  near.focus();
  return copied;
}

function selectText(id: string) {
  const target = document.getElementById(id);
  if (!target) return false;
  getSelection()?.selectAllChildren(target);
  return true;
}

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
  className = "",
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
  className?: string;
}) {
  const [state, setState] = useState<State>("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(button: HTMLElement): Promise<State> {
    const text = getValue ? await getValue() : (value ?? "");
    try {
      await navigator.clipboard.writeText(text);
      return "copied";
    } catch {
      if (copyTheOldWay(text, button)) return "copied";
      return selectId && selectText(selectId) ? "selected" : "failed";
    }
  }

  const done = state === "copied";
  const failed = state === "selected" || state === "failed";
  return (
    <span className="relative inline-flex">
      <button
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
          <span className="copy-label" data-done={done || undefined}>
            <span>{label}</span>
          </span>
        )}
      </button>
      <span role="status" className={failed ? "copy-bubble" : "sr-only"}>
        {words[state]}
      </span>
    </span>
  );
}
