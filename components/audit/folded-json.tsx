/** JSON letter by letter, folded, for who must know exactly what the page tells in words: what was written of an event, what was signed. */
import type { ReactNode } from "react";
import { ClaimsJson } from "@/components/token/claims-json";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";

export function FoldedJson({
  label,
  text,
  notes = {},
}: {
  label: string;
  /** JSON. */
  text: string;
  /** A word on each member, by its name. */
  notes?: Readonly<Record<string, ReactNode>>;
}) {
  return (
    <details className="group [&:not([open])]:print:hidden">
      <summary className="inline-flex items-center gap-1.5 rounded font-semibold text-small text-soft hover:text-ink">
        <Icon name="chevron" size={14} className="-rotate-90 group-open:rotate-0" />
        {label}
      </summary>
      <div className="mt-2 rounded-[9px] border border-line bg-surface p-2">
        <ClaimsJson json={text} notes={notes} />
      </div>
      <div className="mt-2">
        <CopyButton size="sm" label="Copy JSON" value={text} />
      </div>
    </details>
  );
}
