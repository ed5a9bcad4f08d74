"use client";
/** Opens the invitation again that this tab has opened before, after a reload; shows what it is given where there is none. */
import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { keptCode } from "@/components/door/link-code";

const subscribeToNothing = () => () => {};

export function OpenKeptLink({ children }: { children: ReactNode }) {
  const code = useSyncExternalStore(
    subscribeToNothing,
    () => keptCode("join"),
    () => null,
  );
  useEffect(() => {
    if (code) window.location.replace(`/join?code=${encodeURIComponent(code)}`);
  }, [code]);
  return code ? null : children;
}
