/** A field that begins with something has it in the page that the server sends already: what is typed before the page runs is typed over that, and stays. */
import type { FieldPath, FieldValues, RegisterOptions, UseFormReturn } from "react-hook-form";

/** Registers a text field or a select; no box to tick, which begins otherwise. */
export function registerField<Form extends FieldValues>(
  { register, formState }: Pick<UseFormReturn<Form>, "register" | "formState">,
  name: FieldPath<Form>,
  options?: RegisterOptions<Form>,
) {
  const begins: unknown = formState.defaultValues?.[name];
  return { ...register(name, options), defaultValue: typeof begins === "string" ? begins : "" };
}
