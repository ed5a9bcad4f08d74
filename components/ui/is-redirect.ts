"use client";
/** Whether what a server action threw is its redirect: that arrives as an exception, and the router has followed it already. */
import { unstable_rethrow } from "next/navigation";

export function isRedirect(thrown: unknown): boolean {
  try {
    unstable_rethrow(thrown);
    return false;
  } catch {
    return true;
  }
}
