"use client";
/** Opens the link again that this tab has opened before, after a reload; shows what it is given where there is none. */
import { type ReactNode, useEffect } from "react";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { keptCode, type LinkKind, openCode } from "./link-code";

export function OpenKeptLink({ kind, children }: { kind: LinkKind; children: ReactNode }) {
  const code = useInBrowser(() => keptCode(kind), null);
  useEffect(() => {
    if (code) openCode(kind, code);
  }, [kind, code]);
  return code ? null : children;
}
