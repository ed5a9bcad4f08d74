"use client";
/** A field for a token: a text box in which the token stands in its colours, folded to two lines once something is in it. Typable from the server's HTML on. */
import { type ClipboardEvent, type PointerEvent, type ReactNode, type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { groupDigits } from "@/lib/text/group-digits";

/** Two lines of a narrow field hold as much. */
const FITS_FOLDED = 60;

export function TokenField({
  id,
  label,
  autoFocus,
  field,
  layer,
  text,
  shown,
  painted,
  help,
  onText,
  onPaste,
  onClear,
  onPointAt,
}: {
  id: string;
  /** Its label, unless that stands elsewhere. */
  label?: ReactNode;
  autoFocus?: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Takes up the element that the coloured token is drawn into. */
  layer: (element: HTMLElement | null) => void;
  /** What was pasted. */
  text: string;
  /** What stands in the box: of a long text its beginning. */
  shown: string;
  /** Whether something draws the token into the layer. */
  painted: boolean;
  help: ReactNode;
  onText: (text: string) => void;
  onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  onClear: () => void;
  /** The character of the box that the pointer is on. */
  onPointAt?: (offset: number | undefined) => void;
}) {
  const [open, setOpen] = useState(false);
  const [layerElement, setLayerElement] = useState<HTMLElement | null>(null);
  const filled = text !== "";

  function pointAt({ clientX, clientY }: PointerEvent) {
    const caret = document.caretPositionFromPoint?.(clientX, clientY);
    onPointAt?.(caret && caret.offsetNode === field.current ? caret.offset : undefined);
  }

  return (
    <div className="min-w-0">
      <div className="token-field" data-painted={filled || undefined} data-folded={(filled && !open) || undefined}>
        <div className="token-field-text">
          <div
            ref={(element) => {
              layer(element);
              setLayerElement(element);
            }}
            className="token-layer token-text"
            aria-hidden="true"
            translate="no"
          >
            {painted ? null : shown}
          </div>
          {label}
          <textarea
            id={id}
            ref={field}
            rows={3}
            // biome-ignore lint/a11y/noAutofocus: one comes to the decoder to paste
            autoFocus={autoFocus}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            aria-describedby={help ? `${id}-help` : undefined}
            placeholder="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…"
            onInput={(event) => onText(event.currentTarget.value)}
            onPaste={onPaste}
            onScroll={(event) => {
              if (layerElement) layerElement.scrollTop = event.currentTarget.scrollTop;
            }}
            onPointerMove={pointAt}
            onPointerLeave={() => onPointAt?.(undefined)}
          />
        </div>
        {filled ? (
          <div className="token-field-tools">
            {text.length > FITS_FOLDED ? (
              <Button
                size="sm"
                variant="ghost"
                aria-expanded={open}
                aria-label={open ? "Show two lines" : `Show all ${groupDigits(text.length)}`}
                onClick={() => setOpen(!open)}
              >
                <span className="max-sm:hidden">
                  {open ? "Show two lines" : `Show all ${groupDigits(text.length)}`}
                </span>
                <Icon name="chevron" className={`sm:hidden ${open ? "rotate-180" : ""}`} />
              </Button>
            ) : null}
            <CopyButton iconOnly label="Copy token" value={text} className="size-8!" />
            <button
              type="button"
              aria-label="Clear"
              title="Clear"
              onClick={() => {
                setOpen(false);
                onClear();
              }}
              className="inline-grid size-8 place-items-center rounded-md text-faint hover:bg-mute-bg hover:text-ink"
            >
              <Icon name="cross" />
            </button>
          </div>
        ) : null}
      </div>
      {help ? (
        <p id={`${id}-help`} className="mt-1.5 text-caption text-faint">
          {help}
        </p>
      ) : null}
    </div>
  );
}
