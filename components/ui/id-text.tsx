/** An id on one line, with a button that copies it whole: where room ends it loses its middle, since people tell ids apart by both ends. */
import { CopyButton } from "./copy-button";

export function IdText({
  value,
  copyLabel,
  tail = 6,
  className = "",
}: {
  value: string;
  /** The button's name, such as "Copy API key". */
  copyLabel: string;
  /** So many of its last characters always stand. */
  tail?: number;
  className?: string;
}) {
  const cut = Math.max(0, value.length - tail);
  return (
    <span className={`inline-flex max-w-full items-center gap-1 font-mono text-[0.78125rem] ${className}`}>
      <bdi className="flex min-w-0 whitespace-pre" title={value}>
        <span className="min-w-[4ch] truncate">{value.slice(0, cut)}</span>
        <span>{value.slice(cut)}</span>
      </bdi>
      {/* Above the link that covers a row. */}
      <span className="relative z-1 flex">
        <CopyButton iconOnly label={copyLabel} value={value} />
      </span>
    </span>
  );
}
