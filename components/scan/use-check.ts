"use client";
/** Has the server check the signatures of found tokens, one by one and no faster than it lets a person; goes on where it stopped. */
import { startTransition, useEffect, useEffectEvent, useRef, useState } from "react";
import { getNow } from "@/components/time/now-store";
import type { ActionResult } from "@/lib/action-result";
import type { Inspection } from "@/lib/decoder/inspection";
import { limits } from "@/lib/limits";
import { refusalIn } from "@/lib/refusal";
import { checkedBy } from "@/lib/scan/checked";
import type { Checked } from "@/lib/scan/scan-state";

export type InspectAction = (input: { token: string }) => Promise<ActionResult<Inspection>>;

type Checking =
  | { state: "idle" }
  /** `until`: it waits until then, in seconds since 1970. */
  | { state: "checking"; done: number; of: number; until?: number }
  | { state: "stopped"; done: number; of: number }
  | { state: "failed"; done: number; of: number; message: string };

type Check = {
  checking: Checking;
  start: (tokens: readonly { sha256: string; token: string }[]) => void;
  stop: () => void;
};

/** The rest of what a member may ask in that time is left for the decoder. */
export const CHECKED_PER_WINDOW = limits.inspections.most - 30;
const WINDOW_SECONDS = limits.inspections.seconds;
/** Rows change together: each one by itself would keep the page busy with nothing else. */
const SHOWN_EVERY = 10;

const OFFLINE = "The server could not be reached.";

/** How many were asked about since when, also by a run that was stopped. */
let pace = { from: 0, asked: 0 };

/** Of this tab: whoever comes back from one token to the list finds what was checked. */
const remembered = new Map<string, Checked>();

/** What an admin may have answered meanwhile is asked again. */
function forgetQuestions() {
  for (const [sha256, { phases }] of remembered)
    if (phases.some(({ state }) => state.alarm === "elsewhere" && state.tone === "warn")) remembered.delete(sha256);
}

/** @param onChecked told of all that was found out, also earlier in this tab: by SHA-256 */
export function useCheck(inspect: InspectAction, onChecked: (checks: ReadonlyMap<string, Checked>) => void): Check {
  const [checking, setChecking] = useState<Checking>({ state: "idle" });
  const run = useRef<AbortController>(undefined);
  const show = () => startTransition(() => onChecked(new Map(remembered)));
  const begin = useEffectEvent(show);
  useEffect(() => {
    forgetQuestions();
    if (remembered.size > 0) begin();
    return () => run.current?.abort();
  }, []);

  async function checkAll(tokens: Parameters<Check["start"]>[0], { signal }: AbortController) {
    const of = tokens.length;
    async function pause(seconds: number, done: number) {
      show();
      setChecking({ state: "checking", done, of, until: getNow() + seconds });
      await new Promise((resume) => {
        const timer = setTimeout(resume, seconds * 1000);
        signal.addEventListener("abort", () => resume(clearTimeout(timer)), { once: true });
      });
      pace = { from: getNow(), asked: 0 };
    }

    for (let done = 0; done < of && !signal.aborted; ) {
      setChecking({ state: "checking", done, of });
      if (getNow() - pace.from >= WINDOW_SECONDS) pace = { from: getNow(), asked: 0 };
      if (pace.asked >= CHECKED_PER_WINDOW) {
        await pause(Math.max(1, WINDOW_SECONDS - (getNow() - pace.from)), done);
        continue;
      }
      // There is one for each index below `of`.
      const { sha256, token } = tokens[done] as (typeof tokens)[number];
      pace.asked++;
      const result = await inspect({ token }).catch((error: unknown) => refusalIn(error) ?? OFFLINE);
      if (typeof result === "string") return fail(result, done);
      if (!result.ok) {
        const wait = result.error.retryAfterSeconds;
        if (result.error.code !== "throttled" || wait === undefined) return fail(result.error.message, done);
        await pause(wait, done);
        continue;
      }
      remembered.set(sha256, checkedBy(token, result.data, getNow()));
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
    start: (tokens) => {
      run.current?.abort();
      run.current = new AbortController();
      checkAll(tokens, run.current);
    },
    stop: () => run.current?.abort(),
  };
}
