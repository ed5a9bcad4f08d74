/** An id on one line, with a button that copies it whole: where room ends it loses its middle, since people tell ids apart by both ends. One line of text also to who selects it by hand. */
import { CopyButton } from "./copy-button";

/** Only what the monospaced font has is as wide as it is long. */
const PRINTABLE = /^[!-~]*$/;
/** How much room its end takes, which the rest leaves free; by whole characters, or a gap would stand behind its "…", and a hair more, or the last would not fit. */
const beside = {
  4: "max-w-[calc(100%-4ch)] supports-[width:round(down,1%,1ch)]:max-w-[calc(round(down,100%-4ch,1ch)+0.05ch)]",
  6: "max-w-[calc(100%-6ch)] supports-[width:round(down,1%,1ch)]:max-w-[calc(round(down,100%-6ch,1ch)+0.05ch)]",
};

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
  tail?: keyof typeof beside;
  className?: string;
}) {
  const cut = PRINTABLE.test(value) && value.length > tail ? value.length - tail : value.length;
  return (
    <span className={`inline-flex max-w-full items-center gap-1 font-mono text-[0.78125rem] ${className}`}>
      <bdi className="min-w-0 overflow-clip whitespace-pre" title={value}>
        {/* Within the line, never a box of its own: two boxes are two lines to who copies them. */}
        <span className={`inline-block truncate align-bottom ${cut < value.length ? beside[tail] : "max-w-full"}`}>
          {value.slice(0, cut)}
        </span>
        {value.slice(cut)}
      </bdi>
      {/* Above the link that covers a row. */}
      <span className="relative z-1 flex">
        <CopyButton iconOnly label={copyLabel} value={value} />
      </span>
    </span>
  );
}
