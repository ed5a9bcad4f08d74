/** How a form in a panel ends: why it was refused, the button that sends it, and the one that gives up what was typed. */
import { Button } from "./button";
import { FormFailure } from "./form-failure";
import type { FormError, useActionForm } from "./use-action-form";

export function PanelEnd({
  failure,
  submitProps,
  submit,
  forget,
  onCancel,
}: {
  failure: FormError | undefined;
  submitProps: ReturnType<typeof useActionForm>["submitProps"];
  /** The button's words. */
  submit: string;
  /** Gives up what is kept of what was typed. */
  forget: () => void;
  /** Absent: there is nothing to go back to. */
  onCancel?: (() => void) | undefined;
}) {
  return (
    <>
      <FormFailure failure={failure} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" {...submitProps}>
          {submit}
        </Button>
        {onCancel ? (
          <Button
            onClick={() => {
              forget();
              onCancel();
            }}
          >
            Cancel
          </Button>
        ) : null}
      </div>
    </>
  );
}
