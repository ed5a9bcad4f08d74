"use client";
/** A link that lets somebody in, shown once: to be copied and sent, with how long it opens. */
import { useEffect, useId, useRef } from "react";
import { Time } from "@/components/time/time";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import type { Link } from "@/lib/links";

export function ShownLink({
  link: { url, onlyHere, expiresAt },
  testId,
}: {
  /** `expiresAt`: seconds since 1970. */
  link: Link & { expiresAt: number };
  testId: string;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  // The button that made it is gone.
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  return (
    <div ref={box} className="flex flex-col gap-2">
      <p
        id={id}
        data-testid={testId}
        className="select-all break-all rounded-lg border border-line-strong bg-sunken px-2.5 py-2 font-mono text-ink text-small"
      >
        {url}
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <CopyButton value={url} selectId={id} label="Copy link" variant="primary" size="sm" />
        <p className="text-small text-soft">
          Shown only now. It opens once, until <Time epochSeconds={expiresAt} mode="short" />.
        </p>
      </div>
      {onlyHere ? (
        <p className="flex gap-1.5 text-small text-warn">
          <Icon name="warn" size={14} className="mt-[3px]" />
          <span>
            Only this machine can open it. For links that others can open, set <code>PUBLIC_URL</code> to the desk’s
            address.
          </span>
        </p>
      ) : null}
    </div>
  );
}
