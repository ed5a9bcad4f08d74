"use client";
/** What the key for commands is called on this machine: "⌘", or "Ctrl" and a blank; on the server, as on most. */
import { useInBrowser } from "@/components/ui/use-in-browser";

export function useCommandKey(): string {
  return useInBrowser(() => (/Mac|iP(hone|ad|od)/.test(navigator.userAgent) ? "⌘" : "Ctrl "), "Ctrl ");
}
