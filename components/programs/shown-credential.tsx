"use client";
/** A credential's value, shown once: to be put where the program reads it, and nowhere else. */
import { CopyButton } from "@/components/ui/copy-button";
import { ShownText } from "@/components/ui/shown-text";

export function ShownCredential({ value }: { value: string }) {
  return (
    <div className="flex flex-col gap-2">
      <ShownText id="credential" testId="credential" text={value} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <CopyButton value={value} selectId="credential" label="Copy credential" variant="primary" size="sm" />
        <p className="text-small text-soft">Shown only now: here its hash is kept alone.</p>
      </div>
    </div>
  );
}
