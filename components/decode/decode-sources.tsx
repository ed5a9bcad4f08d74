"use client";
/** The other ways to fill the decoder's field than typing: the clipboard, and a file; and the way to comparing two tokens. Loaded once the field works. */
import { handToken } from "@/components/token/handoff";
import { Button } from "@/components/ui/button";
import { useOpenPage } from "@/components/ui/use-open-page";
import { FileDrop } from "./file-drop";
import { PasteButton } from "./paste-button";

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
  return (
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
}
