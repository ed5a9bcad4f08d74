"use client";
/** The other ways to fill the decoder's field than typing: the clipboard, and a file; and the way to comparing two tokens. Loaded once the field works. */
import { useLayoutEffect, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { handToken } from "@/components/token/handoff";
import { Button } from "@/components/ui/button";
import { useOpenPage } from "@/components/ui/use-open-page";
import { FileDrop } from "./file-drop";
import { PasteButton } from "./paste-button";

/** Where Tailwind's `md` begins. */
const WIDE = "(min-width: 48rem)";

function subscribeToWidth(onChange: () => void) {
  const query = matchMedia(WIDE);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

const PLACE_BELOW = "sources-below";

/** Where they stand on a phone as long as there is an answer, whose first words are to be seen at once. */
export function SourcesBelow() {
  return <div id={PLACE_BELOW} className="flex flex-wrap gap-2 empty:hidden" />;
}

export function DecodeSources({
  token,
  empty,
  onText,
}: {
  /** What stands in the field. */
  token: string;
  empty: boolean;
  onText: (text: string, fileName?: string) => void;
}) {
  const { open, pending, problem } = useOpenPage();
  const wide = useSyncExternalStore(subscribeToWidth, () => matchMedia(WIDE).matches);
  const [below, setBelow] = useState<HTMLElement | null>(null);
  // The answer comes and goes with what the page draws, which draws this as well.
  useLayoutEffect(() => setBelow(document.getElementById(PLACE_BELOW)));
  const sources = (
    <>
      {empty ? <PasteButton onText={onText} /> : null}
      <FileDrop onText={onText} />
      <Button
        size="sm"
        variant="ghost"
        pending={pending !== undefined}
        onClick={() => open("/decode/compare", () => handToken(token))}
      >
        Compare…
      </Button>
      <span role="status" className="basis-full text-small text-soft empty:hidden">
        {problem}
      </span>
    </>
  );
  return below && !wide ? createPortal(sources, below) : sources;
}
