"use client";
/** Keeps what is typed into a form beside the issue form, as `keepForm` does; forgets it once it is as the form began. */
import { useEffect, useEffectEvent, useRef } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { newJti } from "@/lib/composer/new-jti";
import type { VendorFields } from "@/lib/composer/schema";
import { forgetForm, keepForm, keptForm, onFormSent } from "./keep-form";

/** @param secret the field that is never kept @param onKept something was typed before the page was loaded again @returns what forgets it: all of it, as it was given up, or what was sent, once that is done */
export function useKeptForm<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  {
    beganWith,
    memberId,
    secret,
    onKept,
  }: { beganWith: string; memberId: string; secret?: keyof Values; onKept?: () => void },
): { forget: () => void; forgetSent: (sent: Values) => void } {
  const forget = () => forgetForm(beganWith, memberId);
  const isSending = useRef(false);
  const forgetSent = (sent: Values) => {
    isSending.current = true;
    forgetForm(beganWith, memberId, typedIn(sent, secret));
    isSending.current = false;
  };
  // Whoever left it while it was under way, and came back to what they had typed, would send it again.
  const onSent = useEffectEvent(() => {
    if (!isSending.current) form.reset();
  });
  const keep = useEffectEvent((values: Values) => {
    const typed = typedIn(values, secret);
    if (JSON.stringify(typed) === JSON.stringify(typedIn(form.formState.defaultValues ?? {}, secret))) forget();
    else keepForm(beganWith, memberId, newJti(), typed);
  });
  const begin = useEffectEvent(() => {
    const kept: Readonly<Record<string, unknown>> | undefined = keptForm(beganWith, memberId)?.values;
    if (!kept) return;
    const began = form.getValues();
    // A field that the form has by now, and of the same kind.
    const values = Object.entries(began).map(([name, value]) => [
      name,
      kept[name] !== undefined && Array.isArray(kept[name]) === Array.isArray(value) ? kept[name] : value,
    ]);
    form.reset(Object.fromEntries(values), { keepDefaultValues: true });
    onKept?.();
  });
  useEffect(() => {
    begin();
    const stop = form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) });
    const unlisten = onFormSent(beganWith, memberId, () => onSent());
    return () => {
      stop();
      unlisten();
    };
  }, [form, beganWith, memberId]);
  return { forget, forgetSent };
}

/** Without what nobody typed, such as the number of what the form is about, and without the secret. */
function typedIn(values: FieldValues, secret: PropertyKey | undefined): VendorFields {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => name !== secret && (typeof value === "string" || Array.isArray(value)),
    ),
  );
}
