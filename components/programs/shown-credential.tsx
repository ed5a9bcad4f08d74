"use client";
/** A credential's value, shown once: to be put where the program reads it, and nowhere else. */
import { CopyButton } from "@/components/ui/copy-button";

export function ShownCredential({ value }: { value: string }) {
  return (
    <div className="flex flex-col gap-2">
      <p
        id="credential"
        data-testid="credential"
        translate="no"
        className="select-all break-all rounded-lg border border-line-strong bg-sunken px-2.5 py-2 font-mono text-ink text-small"
      >
        {value}
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <CopyButton value={value} selectId="credential" label="Copy credential" variant="primary" size="sm" />
        <p className="text-small text-soft">Shown only now: here its hash is kept alone.</p>
      </div>
    </div>
  );
}
