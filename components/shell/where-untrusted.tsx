"use client";
/** Shows what it holds at an address that the browser does not trust, and nothing elsewhere: how a request came past a proxy only the browser knows. */
import type { ReactNode } from "react";
import { useInBrowser } from "@/components/ui/use-in-browser";

export function WhereUntrusted({ children }: { children: ReactNode }) {
  return useInBrowser(() => !window.isSecureContext, false) ? children : null;
}
