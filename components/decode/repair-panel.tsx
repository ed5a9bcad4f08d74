"use client";
/** Lists what a repair changes and leaves out, before anything is filled in; what is power over others is granted only to who ticks it. */
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code-text";
import { type Draft, withhold } from "@/lib/decoder/repair";

export function RepairPanel({
  draft,
  pending,
  onUse,
}: {
  draft: Draft;
  pending: boolean;
  onUse: (draft: Draft) => void;
}) {
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (field: string, on: boolean) => {
    const next = new Set(asked);
    if (on) next.add(field);
    else next.delete(field);
    setAsked(next);
  };
  const { changes, leftOut, powers } = draft;
  return (
    <section
      aria-label="Repair"
      className="basis-full rounded-[14px] border border-line-strong bg-surface px-4.5 py-3.5"
    >
      <h2 className="font-semibold">What a repair changes</h2>
      <ul className="mt-1.5 list-disc pl-5 text-soft">
        {[...changes, ...leftOut].map((line) => (
          <li key={line}>
            <CodeText text={line} />
          </li>
        ))}
        <li>
          It is another token, with a <code>jti</code> and times of its own.
        </li>
      </ul>
      {powers.length > 0 ? (
        <fieldset className="mt-3 rounded-[9px] bg-warn-bg px-3 py-2.5">
          <legend className="sr-only">Rights that nobody here was given</legend>
          <p className="mb-1">No ledger row has these. Tick what the new one should have too.</p>
          {powers.map(({ label, field }) => (
            <label key={field} className="flex w-fit items-baseline gap-2">
              <input
                type="checkbox"
                checked={asked.has(field)}
                onChange={(event) => toggle(field, event.currentTarget.checked)}
              />
              <span>
                <CodeText text={label} />
              </span>
            </label>
          ))}
        </fieldset>
      ) : null}
      <Button className="mt-3" pending={pending} onClick={() => onUse(withhold(draft, asked))}>
        Fill in the issue form
      </Button>
    </section>
  );
}
