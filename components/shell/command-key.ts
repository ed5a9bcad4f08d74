"use client";
/** What the key for commands is called on this machine: "⌘", or "Ctrl" and a blank; on the server, as on most. */
import { useSyncExternalStore } from "react";

const subscribeToNothing = () => () => {};

export function useCommandKey(): string {
  return useSyncExternalStore(
    subscribeToNothing,
    () => (/Mac|iP(hone|ad|od)/.test(navigator.userAgent) ? "⌘" : "Ctrl "),
    () => "Ctrl ",
  );
}
