/** A text with the token in it, to be copied whole: shown as one reads it, with the token cut short by the look alone. */
import type { Ref } from "react";
import { TokenText } from "@/components/token/token-text";
import { CopyButton } from "@/components/ui/copy-button";
import type { Around } from "@/lib/profiles/targets";

export function CodeBox({
  id,
  label,
  token,
  before,
  after,
  onTaken,
  copyRef,
}: Around & {
  id: string;
  /** Of the button. */
  label: string;
  token: string;
  onTaken: () => void;
  /** Its button. */
  copyRef?: Ref<HTMLButtonElement>;
}) {
  // A quote that closes stands behind what it closes, not on a line of its own.
  const closing = /^\S?/.exec(after)?.[0] ?? "";
  return (
    <div className="code-box">
      <code id={id} translate="no">
        {before}
        <span className="whitespace-nowrap">
          <TokenText as="span" token={token} className="code-box-token" />
          {closing}
        </span>
        {after.slice(closing.length)}
      </code>
      <CopyButton
        ref={copyRef}
        size="sm"
        wide
        className="max-sm:w-full"
        label={label}
        value={`${before}${token}${after}`}
        selectId={id}
        onCopied={onTaken}
      />
    </div>
  );
}
