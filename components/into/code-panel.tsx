/** Code for a backend that signs the same payload itself, one language at a time. There is no token in it, so copying it takes none away. */
import { Chip, Chips } from "@/components/ui/chips";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import type { Claims } from "@/lib/profiles/profile";
import type { CodeTarget } from "@/lib/profiles/targets";

const TEXT_ID = "into-code";

export function CodePanel({
  code,
  chosen,
  claims,
  onChoose,
}: {
  code: readonly CodeTarget[];
  /** The id of the one to begin with; another when there is none of it. */
  chosen: string;
  claims: Claims;
  onChoose: (id: string) => void;
}) {
  const target = code.find(({ id }) => id === chosen) ?? code[0];
  if (!target) return null;
  const text = target.write(claims);
  return (
    <>
      <Chips label="Language">
        {code.map(({ id, label }) => (
          <Chip key={id} pressed={id === target.id} onClick={() => onChoose(id)}>
            {label}
          </Chip>
        ))}
      </Chips>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="mr-auto text-small text-soft">
          <code>{target.file}</code>, with <code>{target.needs}</code>
        </p>
        <CopyButton size="sm" label="Copy code" value={text} selectId={TEXT_ID} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Code" tabIndex={0} className="code-lines">
        <pre id={TEXT_ID} translate="no">
          {text}
        </pre>
      </section>
      <Notice>
        It signs the same claims with a lifetime as long as this token's, and prints one. Key and secret come from its
        environment. What a backend signs is not in this desk's ledger.
      </Notice>
    </>
  );
}
