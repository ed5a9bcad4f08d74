"use client";
/** A token that is shown once, taken by Ctrl C: by hand from where it stands, or without selecting anything. */
import { useEffect, useEffectEvent } from "react";

/** @param token undefined as long as none is shown */
export function useCopiedByHand(token: string | undefined, onTaken: () => void): void {
  const taken = useEffectEvent(onTaken);
  useEffect(() => {
    if (token === undefined) return;
    const onCopy = (event: ClipboardEvent) => {
      // Where one types, it is that text that is copied; a way that was chosen has none.
      if (document.activeElement?.matches("input:not([type=radio]), textarea")) return;
      const selected = String(getSelection()).replace(/\s/g, "");
      // Nothing is selected: whoever copies here means the token.
      if (selected === "") {
        event.clipboardData?.setData("text/plain", token);
        event.preventDefault();
      }
      if (selected === "" || selected.includes(token)) taken();
    };
    document.addEventListener("copy", onCopy);
    return () => document.removeEventListener("copy", onCopy);
  }, [token]);
}
