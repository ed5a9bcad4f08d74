"use client";
/** What opens over any page: the palette and the list of shortcuts. Their code comes when somebody is about to open one; the keys that do are heard here, and two-key shortcuts are silent while someone types, and when switched off. */
import { lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { useCommandKey } from "./command-key";
import { go } from "./navigation";
import type { PaletteProps } from "./palette";

const PATIENCE_MS = 1200;

type Open = "palette" | "shortcuts" | undefined;

let setOpen = (_: Open) => {};

const loadPalette = () => import("./palette");
const loadSheet = () => import("./shortcut-sheet");
const Palette = lazy(loadPalette);
const ShortcutSheet = lazy(loadSheet);

const shortcutsOff = () => document.documentElement.dataset.shortcuts === "off";

const isHeld = (event: KeyboardEvent) => event.ctrlKey || event.metaKey || event.altKey || event.repeat;

/** @param event while someone types, or holds another key, a letter is a letter */
function isTyped(event: KeyboardEvent): boolean {
  if (isHeld(event)) return true;
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=textbox]") !==
      null
  );
}

const searchBox = () => document.querySelector<HTMLElement>("main [role=searchbox], main input[type=search]");

export function ShellDialogs({
  destinations,
  ...palette
}: Omit<PaletteProps, "typed" | "onClose"> & {
  /** By the letter that follows "G". */
  destinations: { hint: string; href: string; label: string }[];
}) {
  const [open, setOpened] = useState<Open>();
  const typed = useRef("");
  useEffect(() => {
    setOpen = setOpened;
    return () => {
      setOpen = () => {};
    };
  }, []);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const { armed } = document.documentElement.dataset;
    delete document.documentElement.dataset.armed;
    if (event.key === "Control" || event.key === "Meta") loadPalette();
    if (document.querySelector("dialog[open]")) return;
    // Its code is still on its way: what is typed is for it, and no shortcut.
    if (open && !isHeld(event) && event.key.length === 1) {
      event.preventDefault();
      if (open === "palette") typed.current += event.key;
      return;
    }
    const key = event.key.toUpperCase();
    if (key === "K" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      setOpened("palette");
      return;
    }
    if (isTyped(event) || shortcutsOff()) return;
    const found = armed && destinations.find(({ hint }) => hint === key);
    if (found) {
      event.preventDefault();
      go(found.href);
    } else if (key === "G") {
      const at = String(performance.now());
      document.documentElement.dataset.armed = at;
      setTimeout(() => {
        if (document.documentElement.dataset.armed === at) delete document.documentElement.dataset.armed;
      }, PATIENCE_MS);
    } else if (key === "?") {
      event.preventDefault();
      setOpened("shortcuts");
    } else if (key === "/") {
      event.preventDefault();
      const box = searchBox();
      if (box) box.focus();
      else setOpened("palette");
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    // Before any other: the rows of a list hear letters, too.
    document.addEventListener("keydown", listener, true);
    return () => document.removeEventListener("keydown", listener, true);
  }, []);
  const close = () => setOpened(undefined);
  return (
    <Suspense>
      {open === "palette" ? <Palette {...palette} typed={typed} onClose={close} /> : null}
      {open === "shortcuts" ? (
        <ShortcutSheet destinations={destinations} mayIssue={palette.mayIssue} onClose={close} />
      ) : null}
    </Suspense>
  );
}

export function FindButton() {
  const command = useCommandKey();
  return (
    <button
      type="button"
      className="shell-find"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onPointerEnter={loadPalette}
      onFocus={loadPalette}
      onClick={() => setOpen("palette")}
    >
      <Icon name="search" size={15} />
      <span className="nav-label">Find or go to</span>
      <span aria-hidden="true" className="find-key">
        <kbd>{command}K</kbd>
      </span>
    </button>
  );
}

export function ShortcutsButton({ children }: { children: ReactNode }) {
  return (
    <button
      type="button"
      className="account-row"
      aria-haspopup="dialog"
      onPointerEnter={loadSheet}
      onFocus={loadSheet}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        setOpen("shortcuts");
      }}
    >
      {children}
    </button>
  );
}
