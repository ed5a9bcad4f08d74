/** The refusal of a note on what somebody else has done before: nothing is left to be done, and no event would carry it. */
import { AppError } from "@/lib/errors";

export const notSaved = (what: "key" | "member", disabled: boolean) =>
  new AppError(
    "conflict",
    `This ${what} is ${disabled ? "disabled" : "enabled"} already. Your note was not saved: reload the page to see who did it.`,
  );
