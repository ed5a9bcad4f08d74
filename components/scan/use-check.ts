"use client";
/** Has the server check the signatures of found tokens, one by one and no faster than it lets a person; goes on where it stopped. */
import { startTransition, useEffect, useRef, useState } from "react";
import { getNow } from "@/components/time/now-store";
import type { ActionResult } from "@/lib/action-result";
import type { Inspection } from "@/lib/decoder/inspection";
import { limits } from "@/lib/limits";
import { refusalIn } from "@/lib/refusal";
import { checkedBy } from "@/lib/scan/checked";
import type { Checked } from "@/lib/scan/scan-state";

export type InspectAction = (input: { token: string }) => Promise<ActionResult<Inspection>>;

export type Checking =
  | { state: "idle" }
  /** `until`: it waits until then, in seconds since 1970. */
  | { state: "checking"; done: number; of: number; until?: number }
  | { state: "stopped"; done: number; of: number }
  | { state: "failed"; done: number; of: number; message: string };

export type Check = {
  checking: Checking;
  /** By SHA-256. */
  checks: ReadonlyMap<string, Checked>;
  start: (tokens: readonly { sha256: string; token: string }[]) => void;
  stop: () => void;
};

/** The rest of what a member may ask in that time is left for the decoder. */
export const CHECKED_PER_WINDOW = limits.inspections.most - 30;
const WINDOW_SECONDS = limits.inspections.seconds;
/** Rows change together: each one by itself would keep the page busy with nothing else. */
const SHOWN_EVERY = 10;

const OFFLINE = "The server could not be reached.";

/** Of this tab: whoever comes back from one token to the list finds what was checked. */
const remembered = new Map<string, Checked>();

/** What an admin may have answered meanwhile is asked again. */
function forgetQuestions() {
  for (const [sha256, { phases }] of remembered)
    if (phases.some(({ state }) => state.alarm === "elsewhere" && state.tone === "warn")) remembered.delete(sha256);
}

export function useCheck(inspect: InspectAction): Check {
  const [checking, setChecking] = useState<Checking>({ state: "idle" });
  const [checks, setChecks] = useState<ReadonlyMap<string, Checked>>(() => {
    forgetQuestions();
    return new Map(remembered);
  });
  const run = useRef<AbortController>(undefined);
  useEffect(() => () => run.current?.abort(), []);

  async function checkAll(tokens: Parameters<Check["start"]>[0], { signal }: AbortController) {
    const of = tokens.length;
    let window = { from: getNow(), asked: 0 };
    const show = () => startTransition(() => setChecks(new Map(remembered)));
    async function pause(seconds: number, done: number) {
      show();
      setChecking({ state: "checking", done, of, until: getNow() + seconds });
      await new Promise((resume) => {
        const timer = setTimeout(resume, seconds * 1000);
        signal.addEventListener("abort", () => resume(clearTimeout(timer)), { once: true });
      });
      window = { from: getNow(), asked: 0 };
    }

    for (let done = 0; done < of && !signal.aborted; ) {
      setChecking({ state: "checking", done, of });
      if (window.asked >= CHECKED_PER_WINDOW) {
        await pause(Math.max(1, WINDOW_SECONDS - (getNow() - window.from)), done);
        continue;
      }
      // There is one for each index below `of`.
      const { sha256, token } = tokens[done] as (typeof tokens)[number];
      window.asked++;
      const result = await inspect({ token }).catch((error: unknown) => refusalIn(error) ?? OFFLINE);
      if (typeof result === "string") return fail(result, done);
      if (!result.ok) {
        const wait = result.error.retryAfterSeconds;
        if (result.error.code !== "throttled" || wait === undefined) return fail(result.error.message, done);
        await pause(wait, done);
        continue;
      }
      remembered.set(sha256, checkedBy(token, result.data));
      done++;
      if (done % SHOWN_EVERY === 0) show();
    }
    show();
    setChecking((before) =>
      signal.aborted && before.state === "checking" ? { state: "stopped", done: before.done, of } : { state: "idle" },
    );

    function fail(message: string, done: number) {
      show();
      setChecking({ state: "failed", done, of, message });
    }
  }

  return {
    checking,
    checks,
    start: (tokens) => {
      run.current?.abort();
      run.current = new AbortController();
      checkAll(tokens, run.current);
    },
    stop: () => run.current?.abort(),
  };
}
