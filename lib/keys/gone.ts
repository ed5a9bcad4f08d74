/** Of a key that nobody has any more: one is removed for good. */
import { AppError } from "@/lib/errors";

export const goneKey = () =>
  new AppError("not_found", "Nothing was done: this key was removed meanwhile. Keys shows those that there are.");
