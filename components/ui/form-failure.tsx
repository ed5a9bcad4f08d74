/** What an action said against a form as a whole. What it said of single fields stands beside them. */
import type { ActionError } from "@/lib/action-result";
import { Notice } from "./notice";

export function FormFailure({ failure }: { failure: ActionError | undefined }) {
  if (!failure || failure.fields) return null;
  return (
    <Notice tone="bad" role="alert" className="mb-4.5">
      {failure.message}
    </Notice>
  );
}
