/** The top of a page: its name, one sentence on what it is for, and what one can do here. */
import type { ReactNode } from "react";

export function PageHeader({
  title,
  lede,
  actions,
  className = "mb-6",
}: {
  title: ReactNode;
  lede?: ReactNode;
  actions?: ReactNode;
  /** The space below it. */
  className?: string;
}) {
  return (
    <div className={`${className} flex flex-wrap items-start justify-between gap-x-6 gap-y-3`}>
      <div className="min-w-0">
        <h1 className="wrap-break-word font-semibold text-title tracking-tight">{title}</h1>
        {lede ? <p className="mt-0.5 max-w-[65ch] wrap-break-word text-soft">{lede}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
