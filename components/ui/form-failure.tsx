/** What an action said against a form as a whole, or of what has no control in it. What it said of single fields stands beside them. Comes into view, unless a field is at fault and has: the form may have been sent from its other end. */
import { type ReactNode, useEffect, useRef } from "react";
import { Notice } from "./notice";
import type { FormError } from "./use-action-form";

export function FormFailure({
  failure,
  className = "mb-4.5",
  tell = (said) => said,
}: {
  failure: FormError | undefined;
  className?: string;
  /** Puts it into the form's own words. */
  tell?: (said: string) => ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure && !document.activeElement?.matches('[aria-invalid="true"], [aria-invalid="true"] *'))
      place.current?.scrollIntoView({ block: "nearest" });
  }, [failure]);
  const said = failure?.fields ? failure.elsewhere.join(" ") : failure?.message;
  if (!said) return null;
  return (
    <div ref={place} className={className}>
      <Notice tone="bad" role="alert">
        {tell(said)}
      </Notice>
    </div>
  );
}
