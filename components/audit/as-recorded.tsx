/** What was written of an event, letter by letter: folded, for who must know exactly. */
import { ClaimsJson } from "@/components/token/claims-json";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";

export function AsRecorded({ text }: { text: string }) {
  return (
    <details className="group [&:not([open])]:print:hidden">
      <summary className="inline-flex items-center gap-1.5 rounded font-semibold text-small text-soft hover:text-ink">
        <Icon name="chevron" size={14} className="-rotate-90 group-open:rotate-0" />
        As recorded
      </summary>
      <div className="mt-2 rounded-[9px] border border-line bg-surface p-2">
        <ClaimsJson json={text} />
      </div>
      <div className="mt-2">
        <CopyButton size="sm" label="Copy JSON" value={text} />
      </div>
    </details>
  );
}
