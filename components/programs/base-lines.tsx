"use client";
/** Where the base of an endpoint stands in the vendor's example apps: the one line that a developer changes, and how far the app comes with it, one app at a time. */
import { useState } from "react";
import { Chip, Chips } from "@/components/ui/chips";
import { CodeText } from "@/components/ui/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { ShownText } from "@/components/ui/shown-text";
import type { AppJudged } from "@/lib/endpoints/judge-app";
import type { BaseLine } from "@/lib/profiles/token-server";
import { comesWords } from "./endpoint-words";

type JudgedLine = BaseLine & {
  /** Undefined: nothing is known of it. */
  judged: AppJudged | undefined;
};

export function BaseLines({
  lines,
  base,
  vendorName,
}: {
  lines: readonly JudgedLine[];
  base: string;
  vendorName: string;
}) {
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
      {line.judged ? <Judged {...line.judged} vendorName={vendorName} /> : null}
    </div>
  );
}

function Judged({ comes, says, vendorName }: AppJudged & { vendorName: string }) {
  return (
    <Notice tone={comes === "all the way" ? "info" : "warn"} title={comesWords(comes, vendorName)}>
      {says.length > 0 ? (
        <ul className="list-disc pl-4 [&_code]:inline-block [&_code]:max-w-full [&_code]:[overflow-wrap:anywhere]">
          {says.map((each) => (
            <li key={each}>
              <CodeText text={each} />
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  );
}
