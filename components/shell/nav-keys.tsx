"use client";
/** Listens for the shell's two-key shortcuts ("G", then a letter); silent while someone types, and when switched off. */
import { useEffect, useEffectEvent } from "react";
import { useGoTo } from "./navigation";

const PATIENCE_MS = 1200;

export function NavKeys({ destinations }: { destinations: { hint: string; href: string }[] }) {
  const { go } = useGoTo();
  const goTo = useEffectEvent(go);
  useEffect(() => {
    let armedAt = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (document.documentElement.dataset.shortcuts === "off" || document.querySelector("dialog[open]")) return;
      const target = event.target;
      if (target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], [role=textbox]"))
        return;
      const key = event.key.toUpperCase();
      const armed = performance.now() - armedAt < PATIENCE_MS && armedAt > 0;
      armedAt = 0;
      if (armed) {
        const found = destinations.find((item) => item.hint.toUpperCase() === key);
        if (found) {
          event.preventDefault();
          goTo(found.href);
          return;
        }
      }
      if (key === "G") armedAt = performance.now();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [destinations]);
  return null;
}
