"use client";
/** Signs out, and takes this browser's other tabs along. */
import { useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { isRedirect } from "@/components/ui/is-redirect";
import type { ActionResult } from "@/lib/action-result";
import { refusalIn } from "@/lib/refusal";

const CHANNEL = "claimcheck-session";

export function SignOutForm({ action }: { action: () => Promise<ActionResult<void>> }) {
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<string>();
  const otherTabs = useRef<BroadcastChannel>(null);

  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = () => location.assign("/sign-in");
    otherTabs.current = channel;
    return () => channel.close();
  }, []);

  function signOut() {
    startTransition(async () => {
      try {
        const result = await action();
        if (result?.ok === false) setFailure(result.error.message);
      } catch (error) {
        if (isRedirect(error)) otherTabs.current?.postMessage("signed out");
        else setFailure(`${refusalIn(error) ?? "The server could not be reached."} You are still signed in.`);
      }
    });
  }

  return (
    <div className="flex flex-col items-end">
      <Button variant="ghost" size="sm" icon="sign-out" pending={pending} onClick={signOut}>
        Sign out
      </Button>
      {failure ? (
        <p role="alert" className="text-bad text-caption">
          {failure}
        </p>
      ) : null}
    </div>
  );
}
