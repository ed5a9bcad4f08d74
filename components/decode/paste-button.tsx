"use client";
/** Takes the text of the clipboard, which is read on this click only; says so where the browser refuses. */
import { useState } from "react";
import { Button } from "@/components/ui/button";

export function PasteButton({ onText }: { onText: (text: string) => void }) {
  const [refused, setRefused] = useState(false);
  return (
    <>
      <Button
        size="sm"
        icon="copy"
        onClick={() =>
          // Missing on plain http, and refused when the person says no.
          Promise.resolve(navigator.clipboard?.readText()).then(
            (text) => (text === undefined ? setRefused(true) : onText(text)),
            () => setRefused(true),
          )
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
