"use client";
/** Where the base of an endpoint stands in the vendor's example apps: the one line that a developer changes, one app at a time. */
import { useState } from "react";
import { Chip, Chips } from "@/components/ui/chips";
import { CodeText } from "@/components/ui/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import type { BaseLine } from "@/lib/profiles/token-server";

export function BaseLines({ lines, base }: { lines: readonly BaseLine[]; base: string }) {
  const [chosen, choose] = useState(lines[0]?.id);
  const line = lines.find(({ id }) => id === chosen) ?? lines[0];
  if (!line) return null;
  const text = `${line.before}${base}${line.after}`;
  return (
    <div className="flex flex-col gap-2.5">
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
      <p
        id="base-line"
        translate="no"
        className="select-all break-all rounded-lg border border-line-strong bg-sunken px-2.5 py-2 font-mono text-small"
      >
        {text}
      </p>
      <div>
        <CopyButton value={text} selectId="base-line" label="Copy line" size="sm" />
      </div>
    </div>
  );
}
