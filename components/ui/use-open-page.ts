"use client";
/** Opens another page of the desk only if the server can be reached and knows who is asking: a browser that fails halfway leaves this page, and with it the token that only this tab holds. */
import { useRouter } from "next/navigation";
import { useState } from "react";

export const UNREACHABLE = "The server could not be reached. Everything here is kept: try again in a moment.";
const SIGNED_OUT = "You are signed out. Everything here is kept: sign in in another tab, then try again.";

/** Longer, and nobody believes that anything will come. */
const PATIENCE_MS = 8_000;

/** @returns why the page at `href` cannot be had, or undefined */
export async function problemWith(href: string): Promise<string | undefined> {
  try {
    const answer = await fetch(href, {
      method: "HEAD",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.type === "opaqueredirect") return SIGNED_OUT;
    return answer.ok ? undefined : UNREACHABLE;
  } catch {
    return UNREACHABLE;
  }
}

/** @returns `problem`: why the page was not left; `pending`: the page that is being asked for */
export function useOpenPage() {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState<string>();

  /** @param hand what the next page takes over; called right before this one is left */
  async function open(href: string, hand: () => void) {
    if (pending) return;
    setPending(href);
    setProblem(undefined);
    const found = await problemWith(href);
    setPending(undefined);
    setProblem(found);
    if (found) return;
    hand();
    router.push(href);
  }

  return { open, pending, problem };
}
