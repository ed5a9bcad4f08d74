"use client";
/** Opens the link again that this tab has opened before, after a reload; shows what it is given where there is none. */
import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { keptCode, type LinkKind, openCode } from "./link-code";

const subscribeToNothing = () => () => {};

export function OpenKeptLink({ kind, children }: { kind: LinkKind; children: ReactNode }) {
  const code = useSyncExternalStore(
    subscribeToNothing,
    () => keptCode(kind),
    () => null,
  );
  useEffect(() => {
    if (code) openCode(kind, code);
  }, [kind, code]);
  return code ? null : children;
}
