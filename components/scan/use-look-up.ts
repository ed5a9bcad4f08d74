"use client";
/** Asks the server which of the found tokens are in the ledger, by their hashes; goes on where it stopped when asked again. */
import { startTransition, useEffect, useEffectEvent, useRef, useState } from "react";
import type { ActionResult } from "@/lib/action-result";
import { refusalIn } from "@/lib/refusal";
import type { LedgerMatch, LookedUp } from "@/lib/scan/ledger-match";
import type { LedgerAnswer } from "@/lib/scan/scan-state";
import { MOST_LOOKED_UP } from "@/lib/sizes";

export type LookUpAction = (input: { sha256: string[] }) => Promise<ActionResult<LookedUp>>;

/** By SHA-256. */
export type Answers = ReadonlyMap<string, Exclude<LedgerAnswer, "not-asked">>;

export type LookUp = {
  state: "asking" | "answered" | "failed";
  /** Why it failed. */
  message: string;
  /** What is said when it could not be recorded, though it was answered. */
  unrecorded: string | undefined;
  answers: Answers;
  /** @param changed the hashes of those whose answer is another one by now; those that have none yet are asked for in any case */
  again: (changed?: readonly string[]) => void;
};

const OFFLINE = "The server could not be reached.";

/** @param hashes distinct; a new array starts anew */
export function useLookUp(hashes: readonly string[], lookUp: LookUpAction): LookUp {
  const [attempt, setAttempt] = useState(0);
  const [known, setKnown] = useState<{
    hashes: readonly string[];
    attempt: number;
    failed?: string;
    unrecorded?: string;
  }>();
  const [answers, setAnswers] = useState<Answers>(new Map());
  const kept = useRef<{ hashes: readonly string[]; answers: Map<string, LedgerMatch | "absent"> }>(undefined);

  // A page that is drawn anew brings the action anew: no reason to ask again.
  const ask = useEffectEvent(lookUp);
  useEffect(() => {
    let current = true;
    if (kept.current?.hashes !== hashes) kept.current = { hashes, answers: new Map() };
    const found = kept.current.answers;

    async function askAll() {
      const open = hashes.filter((hash) => !found.has(hash));
      let refusal: string | undefined;
      let unrecorded: string | undefined;
      for (let from = 0; from < open.length; from += MOST_LOOKED_UP) {
        const portion = open.slice(from, from + MOST_LOOKED_UP);
        const result = await ask({ sha256: portion }).catch((error: unknown) => {
          refusal = refusalIn(error);
        });
        if (!current) return;
        if (!result?.ok) return setKnown({ hashes, attempt, failed: result?.error.message ?? refusal ?? OFFLINE });
        for (const hash of portion) found.set(hash, "absent");
        for (const match of result.data.matches) found.set(match.sha256, match);
        unrecorded ??= result.data.unrecorded;
        // Every row changes: rendered in pieces, so that the page stays awake.
        startTransition(() => setAnswers(new Map(found)));
      }
      startTransition(() => setKnown({ hashes, attempt, ...(unrecorded && { unrecorded }) }));
    }
    askAll();
    return () => {
      current = false;
    };
  }, [hashes, attempt]);

  const settled = known?.hashes === hashes && known.attempt === attempt;
  return {
    state: !settled ? "asking" : known.failed ? "failed" : "answered",
    message: (settled && known.failed) || "",
    unrecorded: settled ? known.unrecorded : undefined,
    answers,
    again: (changed = []) => {
      for (const hash of changed) kept.current?.answers.delete(hash);
      setAttempt(attempt + 1);
    },
  };
}
