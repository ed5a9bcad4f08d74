/** What is written about a case; browser-safe, used by form and verb alike. */
import { plainText } from "@/lib/plain-text";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import * as z from "@/lib/zod";

export const AcknowledgeCaseInput = z.object({
  number: z.number().int().positive(),
  note: plainText()
    .min(1, "Say what it was, or what was done: it stays in the audit log.")
    .max(500, "Use at most 500 characters.")
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID),
});
export type AcknowledgeCaseInput = z.input<typeof AcknowledgeCaseInput>;
