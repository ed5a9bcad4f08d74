"use client";
/** Where the base of an endpoint stands in the vendor's example apps: the one line that a developer changes, one app at a time. */
import { useState } from "react";
import { Chip, Chips } from "@/components/ui/chips";
import { CodeText } from "@/components/ui/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import { ShownText } from "@/components/ui/shown-text";
import type { BaseLine } from "@/lib/profiles/token-server";

export function BaseLines({ lines, base }: { lines: readonly BaseLine[]; base: string }) {
  const [chosen, choose] = useState(lines[0]?.id);
  const line = lines.find(({ id }) => id === chosen) ?? lines[0];
  if (!line) return null;
  const text = `${line.before}${base}${line.after}`;
  return (
    <div className="flex max-w-[46rem] flex-col gap-2.5">
      <Chips label="App">
        {lines.map(({ id, label }) => (
          <Chip key={id} pressed={id === line.id} onClick={() => choose(id)}>
            {label}
          </Chip>
        ))}
      </Chips>
      <p className="text-small text-soft">
        <CodeText text={line.where} />
      </p>
      <ShownText id="base-line" text={text} />
      <div>
        <CopyButton value={text} selectId="base-line" label="Copy line" size="sm" />
      </div>
    </div>
  );
}
