/** What an action said against a form as a whole, or of what has no control in it. What it said of single fields stands beside them. */
import { Notice } from "./notice";
import type { FormError } from "./use-action-form";

export function FormFailure({ failure, className = "mb-4.5" }: { failure: FormError | undefined; className?: string }) {
  const said = failure?.fields ? failure.elsewhere.join(" ") : failure?.message;
  if (!said) return null;
  return (
    <Notice tone="bad" role="alert" className={className}>
      {said}
    </Notice>
  );
}
