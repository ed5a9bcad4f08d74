/** Terms and their details, side by side; one under the other when it is narrow. */
import type { ReactNode } from "react";

export type Definition = { term: ReactNode; detail: ReactNode; mono?: boolean };

export function DefinitionList({ items, className = "" }: { items: Definition[]; className?: string }) {
  return (
    <dl className={`@container ${className}`}>
      {items.map((item, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the terms are nodes and the list never reorders
          key={index}
          className="grid gap-x-4 border-line border-t py-2 first:border-t-0 @md:grid-cols-[9.5rem_minmax(0,1fr)]"
        >
          <dt className="text-small text-soft leading-[1.7]">{item.term}</dt>
          <dd className={`min-w-0 [overflow-wrap:anywhere] ${item.mono ? "font-mono text-small leading-[1.7]" : ""}`}>
            {item.detail}
          </dd>
        </div>
      ))}
    </dl>
  );
}
