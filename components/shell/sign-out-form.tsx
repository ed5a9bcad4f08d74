"use client";
/** Signs out, and tells this browser's other tabs. */
import { useState, useTransition } from "react";
import { Icon } from "@/components/ui/icon";
import { isRedirect } from "@/components/ui/is-redirect";
import { leaveBy } from "@/components/ui/leaving";
import type { ActionResult } from "@/lib/action-result";
import { refusalIn } from "@/lib/refusal";
import { tellOtherTabs } from "./session-news";

export function SignOutForm({ action }: { action: () => Promise<ActionResult<void>> }) {
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<string>();

  function signOut() {
    startTransition(async () => {
      try {
        const result = await action();
        if (result?.ok === false) setFailure(result.error.message);
      } catch (error) {
        if (isRedirect(error)) tellOtherTabs("signed out");
        else setFailure(`${refusalIn(error) ?? "The server could not be reached."} You are still signed in.`);
      }
    });
  }

  return (
    <>
      <button
        type="button"
        className="account-row"
        aria-disabled={pending || undefined}
        aria-busy={pending || undefined}
        onClick={() => pending || leaveBy(signOut)}
      >
        <Icon name="sign-out" />
        Sign out
      </button>
      {failure ? (
        <p role="alert" className="px-3 pb-2 text-bad text-small">
          {failure}
        </p>
      ) : null}
    </>
  );
}
