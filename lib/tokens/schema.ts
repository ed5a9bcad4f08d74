/** What the issue form holds; browser-safe, used by form and verb alike. The vendor's rules are checked on the payload, not here. */

import { parseDuration } from "@/lib/duration";
import { groupDigits } from "@/lib/group-digits";
import { LONGEST_SENDABLE, MOST_LOOKED_UP } from "@/lib/limits";
import * as z from "@/lib/zod";

const identifier = (name: string) => z.string().trim().max(128, `Use a ${name} of at most 128 characters.`).default("");

export const IssueTokenInput = z.object({
  keyId: z.uuid("Choose the key to sign with."),
  permissions: z
    .array(z.enum(["allow_join", "ask_join", "allow_mod"], "VideoSDK knows no such permission."))
    .default([]),
  roomId: identifier("room ID"),
  participantId: identifier("participant ID"),
  roles: z.array(z.enum(["rtc", "crawler"], "VideoSDK knows no such role.")).default([]),
  /** A duration: `120m`, `2h`, `1d 12h`, `90` (seconds). */
  expiresIn: z
    .string()
    .trim()
    .superRefine((text, context) => {
      const duration = parseDuration(text);
      if (!duration.ok) context.addIssue({ code: "custom", message: duration.message });
    }),
  /** The name of the template that filled the form in; empty: none, or changed since. */
  template: z.string().max(64, "There is no such template.").default(""),
  purpose: z.string().trim().max(200, "Use at most 200 characters.").default(""),
  /** Chosen by the form, so that a double click or a resend is known for what it is. Becomes the token's `jti`. */
  jti: z.uuid("Reload the page: the form has lost its token id.").toLowerCase(),
});
export type IssueTokenInput = z.input<typeof IssueTokenInput>;

export const InspectTokenInput = z.object({
  /** The bare token, as unwrapped by lib/jwt. */
  token: z
    .string()
    .min(1, "Paste a token.")
    .max(LONGEST_SENDABLE, `That is longer than any token: ${groupDigits(LONGEST_SENDABLE)} characters at most.`),
});

export const LookUpTokensInput = z.object({
  /** SHA-256 of whole tokens, in hexadecimal; never the tokens. */
  sha256: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, "A SHA-256 has 64 hexadecimal digits."))
    .min(1, "There is nothing to look up.")
    .max(MOST_LOOKED_UP, `Look up at most ${groupDigits(MOST_LOOKED_UP)} tokens at once.`),
});
