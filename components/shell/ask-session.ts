"use client";
/** Asks the server whether this browser's session holds, for how long, and what time it is: the device's clock may be wrong. Counts as nothing done in it. */
import { agreeWith } from "@/components/time/now-store";
import type { SessionAnswer } from "@/lib/start/answer-session";

/** Seconds; `goesOn`: whether doing something lets it last longer. */
export type SessionState = { left: number; goesOn: boolean };

/** @returns undefined where the server could not be asked: then nothing is known */
export async function askSession(): Promise<SessionState | "ended" | undefined> {
  try {
    const asked = Date.now();
    const response = await fetch("/api/session", { cache: "no-store" });
    if (response.status === 401) return "ended";
    if (!response.ok) return undefined;
    const { endsAt, expiresAt }: SessionAnswer = await response.json();
    const now = Date.parse(response.headers.get("date") ?? "") / 1000;
    if (Number.isFinite(now)) agreeWith(now, asked);
    return { left: endsAt - now, goesOn: expiresAt > endsAt };
  } catch {
    return undefined;
  }
}
