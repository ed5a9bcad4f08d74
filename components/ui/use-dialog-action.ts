"use client";
/** Runs what a dialog asks for: whether it is under way, and in a sentence why it was refused, or that nobody knows. */
import { useState, useTransition } from "react";
import type { ActionResult } from "@/lib/action-result";
import { refusalIn } from "@/lib/refusal";

/** @param unreachable what is said when the server did not answer @param ownField what is refused of it is said beside it, and not here */
export function useDialogAction(unreachable: string, ownField?: string) {
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<string>();

  /** @param action a server action or an event handler @param onDone called unless it is refused */
  function run<Data>(
    action: () => Promise<ActionResult<Data> | undefined> | undefined,
    onDone: (data: Data | undefined) => void,
  ): void {
    setFailure(undefined);
    startTransition(async () => {
      try {
        const result = await action();
        if (result?.ok !== false) return onDone(result?.data);
        const { fields = {}, message } = result.error;
        // What is wrong with a field says more than that something is.
        if (ownField === undefined || !fields[ownField]) setFailure(Object.values(fields)[0] ?? message);
      } catch (error) {
        setFailure(refusalIn(error) ?? unreachable);
      }
    });
  }

  return { pending, failure, run, forget: () => setFailure(undefined) };
}
