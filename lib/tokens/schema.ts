/** What is asked of tokens that are there; browser-safe, used by page and verb alike. What the issue form holds: lib/composer/schema.ts. */
import { boundedList } from "@/lib/bounded-list";
import { plainText } from "@/lib/plain-text";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import { LONGEST_SENDABLE, MOST_LOOKED_UP, MOST_REVOKED } from "@/lib/sizes";
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

const WHICH = "Say which tokens: some by their numbers, or all of one member, one room or one batch.";
const tokenNumber = (message: string) => z.number(message).int(message).positive(message).max(999_999_999, message);

/** Which tokens: those with these numbers, or all active ones of a member, of a room, or of a batch. */
export const RevocationScope = z.discriminatedUnion(
  "of",
  [
    z.object({
      of: z.literal("numbers"),
      numbers: boundedList(
        z.array(tokenNumber(WHICH)).min(1, "There is nothing to revoke."),
        MOST_REVOKED,
        `Revoke at most ${groupDigits(MOST_REVOKED)} tokens by number at once.`,
      ),
    }),
    z.object({ of: z.literal("member"), memberId: z.string(WHICH).min(1, WHICH).max(40, WHICH) }),
    z.object({ of: z.literal("room"), room: z.string(WHICH).min(1, WHICH).max(200, WHICH) }),
    z.object({ of: z.literal("batch"), batch: tokenNumber(WHICH) }),
  ],
  WHICH,
);
export type RevocationScope = z.output<typeof RevocationScope>;

export const LONGEST_REASON = 500;

export const RevokeTokensInput = z.object({
  scope: RevocationScope,
  /** Of what was shown before: nothing that was issued since. */
  upTo: tokenNumber("Say up to which number, as it was told before."),
  reason: plainText()
    .min(1, "Say why: it stays in the ledger and in the audit log.")
    .max(LONGEST_REASON, `Use at most ${LONGEST_REASON} characters.`)
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID),
});
export type RevokeTokensInput = z.input<typeof RevokeTokensInput>;

export const FindBatchInput = z.object({
  number: z.number().int().min(1).max(999_999_999),
  /** Of its tokens, a page at a time. */
  page: z.number().int().min(1).max(1_000).catch(1),
});

export const FindTokenInput = z.object({
  /** The ledger's. */
  number: z.number().int().min(1, "Numbers begin with 1.").max(999_999_999, "No ledger is as long as that."),
  /** Ids of members. With them the number is the beginning of one, and theirs are found; without, it is the whole. */
  members: z.array(z.string().max(100)).max(5).optional(),
});
