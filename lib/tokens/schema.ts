/** What is asked of tokens that are there; browser-safe, used by page and verb alike. What the issue form holds: lib/composer/schema.ts. */
import { boundedList } from "@/lib/bounded-list";
import { LONGEST_SENDABLE, MOST_LOOKED_UP } from "@/lib/sizes";
import { groupDigits } from "@/lib/text/group-digits";
import * as z from "@/lib/zod";

export const InspectTokenInput = z.object({
  /** The bare token, as unwrapped by lib/jwt. */
  token: z
    .string()
    .min(1, "Paste a token.")
    .max(LONGEST_SENDABLE, `That is longer than any token: ${groupDigits(LONGEST_SENDABLE)} characters at most.`),
});

export const LookUpTokensInput = z.object({
  /** SHA-256 of whole tokens, in hexadecimal; never the tokens. */
  sha256: boundedList(
    z
      .array(z.string().regex(/^[0-9a-f]{64}$/, "A SHA-256 has 64 hexadecimal digits."))
      .min(1, "There is nothing to look up."),
    MOST_LOOKED_UP,
    `Look up at most ${groupDigits(MOST_LOOKED_UP)} tokens at once.`,
  ),
});

export const FindTokenInput = z.object({
  /** The ledger's. */
  number: z.number().int().min(1, "Numbers begin with 1.").max(999_999_999, "No ledger is as long as that."),
});
