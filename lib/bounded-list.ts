/** A list in a schema that refuses a long one with one message, before it looks at its members. Browser-safe. */
import * as z from "@/lib/zod";

/** Otherwise a list of a hundred thousand would be answered with a message for each. */
export const boundedList = <Item extends z.ZodType>(list: z.ZodArray<Item>, most: number, message: string) =>
  z
    .custom<z.input<Item>[]>((value) => Array.isArray(value), "This must be a list.")
    .refine((value) => !(value?.length > most), message)
    .pipe(list);
