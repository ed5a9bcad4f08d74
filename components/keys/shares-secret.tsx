"use client";
/** Asks whether two keys have one secret: only once the server has found it so, and then until it is answered. */
import type { UseFormRegisterReturn } from "react-hook-form";
import { CheckboxCard, CheckboxCards } from "@/components/ui/choice";
import { FieldGroup } from "@/components/ui/field";

export function SharesSecret({
  error,
  ticked,
  field,
}: {
  error: string | undefined;
  ticked: boolean | undefined;
  field: UseFormRegisterReturn<"sharesSecret">;
}) {
  if (!error && !ticked) return null;
  return (
    <FieldGroup id="sharesSecret" label="The same secret twice" error={error}>
      <CheckboxCards>
        <CheckboxCard id="sharesSecret" label="Both keys have this secret" autoFocus {...field} />
      </CheckboxCards>
    </FieldGroup>
  );
}
