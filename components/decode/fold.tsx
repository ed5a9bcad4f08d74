/** A part of the page that is folded, with a line on what is in it. */
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";

export function Fold({
  label,
  hint,
  children,
}: {
  label: string;
  /** What is in it, in one line. */
  hint: ReactNode;
  children: ReactNode;
}) {
  return (
    <details className="group border-line border-b">
      <summary className="flex min-h-9.5 list-none items-center gap-2.5 py-1.5 [&::-webkit-details-marker]:hidden">
        <Icon
          name="chevron"
          className="text-faint transition-transform not-group-open:-rotate-90 motion-reduce:transition-none"
        />
        <span className="shrink-0 font-medium">{label}</span>
        <span className="min-w-0 truncate text-soft group-open:invisible">{hint}</span>
      </summary>
      <section aria-label={label} className="pb-3.5 pl-6.5">
        {children}
      </section>
    </details>
  );
}
