"use client";
/** Takes the text of the clipboard, which is read on this click only; says so where the browser refuses. */
import { useState } from "react";
import { Button } from "@/components/ui/button";

export function PasteButton({ onText }: { onText: (text: string) => void }) {
  const [refused, setRefused] = useState(false);
  // Missing on plain http.
  if (!navigator.clipboard) return null;
  return (
    <>
      <Button
        size="sm"
        icon="copy"
        onClick={() =>
          // Refused when the person says no.
          navigator.clipboard.readText().then(onText, () => setRefused(true))
        }
      >
        Paste
      </Button>
      <span role="status" className="self-center text-small text-soft empty:absolute">
        {refused ? "The browser does not let this page read the clipboard: press Ctrl+V in the field." : ""}
      </span>
    </>
  );
}
