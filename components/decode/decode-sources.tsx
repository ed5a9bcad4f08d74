"use client";
/** The other ways to fill the decoder's field than typing: the clipboard, and a file. Loaded once the field works. */
import { FileDrop } from "./file-drop";
import { PasteButton } from "./paste-button";

export function DecodeSources({ onText }: { onText: (text: string, fileName?: string) => void }) {
  return (
    <>
      <PasteButton onText={onText} />
      <FileDrop onText={onText} />
    </>
  );
}
