"use client";
/** What opens over any page: the palette and the list of shortcuts. Their code comes when somebody is about to open one; the keys that do are heard here, and two-key shortcuts are silent while someone types, and when switched off. Where the code does not come, the page stays as it is and says so. */
import {
  type ComponentProps,
  type ComponentType,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Icon } from "@/components/ui/icon";
import { useCommandKey } from "./command-key";
import { go } from "./navigation";
import type { PaletteProps } from "./palette";

const PATIENCE_MS = 1200;

type DialogProps = PaletteProps & ComponentProps<typeof import("./shortcut-sheet").default>;

/** In its place: a lazy component that does not come would take the page with it, and what was typed there. */
const Unreachable = () => (
  <p role="alert" className="shell-alert">
    The server could not be reached.
  </p>
);

const failed = () => ({ default: Unreachable });
const loadPalette = () => import("./palette").catch(failed);
const loadSheet = () => import("./shortcut-sheet").catch(failed);

type Load = () => Promise<{ default: ComponentType<DialogProps> }>;

let setOpen = (_: Load) => {};

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

const searchBox = () => document.querySelector<HTMLInputElement>("main input[type=search]");

export function ShellDialogs({
  destinations,
  ...palette
}: Omit<PaletteProps, "typed" | "onClose" | "showShortcuts"> & {
  /** By the letter that follows "G". */
  destinations: { hint: string; href: string; label: string }[];
}) {
  // Whether it is still on its way.
  const loading = useRef(false);
  const [dialog, setDialog] = useState<{ default: ComponentType<DialogProps> }>();
  const typed = useRef("");
  const close = () => setDialog(undefined);
  useEffect(() => {
    setOpen = async (load) => {
      loading.current = true;
      typed.current = "";
      setDialog(undefined);
      // Another object each time, so that this is drawn anew where the same did not come again.
      setDialog({ ...(await load()) });
    };
    return () => {
      setOpen = () => {};
    };
  }, []);
  // Not before it is open, which its own effect has just done: what is typed in between is for it.
  useLayoutEffect(() => {
    if (dialog) loading.current = false;
  }, [dialog]);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const { armed } = document.documentElement.dataset;
    delete document.documentElement.dataset.armed;
    if (event.key === "Control" || event.key === "Meta") loadPalette();
    if (document.querySelector("dialog[open]")) return;
    // What is typed is for what is on its way, and no shortcut.
    if (loading.current && !isHeld(event) && /^(.|Enter)$/.test(event.key)) {
      event.preventDefault();
      typed.current += event.key.replace("Enter", "\n");
      return;
    }
    const key = event.key.toUpperCase();
    if (key === "K" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      setOpen(loadPalette);
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
      setOpen(loadSheet);
    } else if (key === "/") {
      event.preventDefault();
      const box = searchBox();
      box?.focus();
      // What is typed next replaces the last search: the caret would stand in front of it.
      box?.select();
      if (!box) setOpen(loadPalette);
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    // Before any other: the rows of a list hear letters, too.
    document.addEventListener("keydown", listener, true);
    return () => document.removeEventListener("keydown", listener, true);
  }, []);
  return dialog ? (
    <dialog.default
      {...palette}
      destinations={destinations}
      typed={typed}
      showShortcuts={() => setOpen(loadSheet)}
      onClose={close}
    />
  ) : null;
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
      onClick={() => setOpen(loadPalette)}
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
        setOpen(loadSheet);
      }}
    >
      {children}
    </button>
  );
}
