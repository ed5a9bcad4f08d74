"use client";
/** Says that another page is on its way, once that takes longer than 200 ms: its outline lies over the page that is left, which stays as it is beneath until the other is there. */
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { usePending } from "./navigation";

const UNSEEN_MS = 200;

/** As uneven as words are. */
const ROWS = [
  ["w-24", "w-72"],
  ["w-32", "w-56"],
  ["w-20", "w-80"],
  ["w-28", "w-64"],
  ["w-24", "w-48"],
  ["w-36", "w-72"],
  ["w-20", "w-60"],
  ["w-28", "w-80"],
] as const;

export function PendingPage({ titles }: { titles: { href: string; label: string }[] }) {
  const pending = usePending();
  const pathname = usePathname();
  const [slow, setSlow] = useState<string>();
  useEffect(() => {
    if (!pending) return setSlow(undefined);
    const timer = setTimeout(() => setSlow(pending), UNSEEN_MS);
    return () => clearTimeout(timer);
  }, [pending]);
  const path = slow?.split("?")[0];
  const title = titles.find(({ href }) => href === path)?.label;
  return (
    <>
      <span role="status" className="sr-only">
        {slow ? `Loading ${title ?? "the page"}` : ""}
      </span>
      {path === undefined ? null : path === pathname ? (
        <div className="shell-progress" aria-hidden="true" />
      ) : (
        <div className="shell-pending" aria-hidden="true" data-testid="pending-page">
          <div>
            {title ? <p className="font-semibold text-title tracking-tight">{title}</p> : <Bar className="h-7 w-64" />}
            <Bar className="mt-1.5 h-4 w-80" />
            <div className="mt-8 flex flex-col">
              {ROWS.map(([first, second], row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they are all that there is of it
                <div key={row} className="flex h-10 items-center gap-6 border-line border-b">
                  <Bar className={`h-3 ${first}`} />
                  <Bar className={`h-3 ${second}`} />
                  <Bar className="ml-auto h-3 w-16" />
                </div>
              ))}
            </div>
          </div>
        </div>
      )}
    </>
  );
}

function Bar({ className }: { className: string }) {
  return <div className={`skeleton max-w-full ${className}`} />;
}
