/** A named part of a page, with its heading. */
import { type ReactNode, useId } from "react";

export function Region({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="mb-2 font-semibold text-small">
        {label}
      </h2>
      {children}
    </section>
  );
}
