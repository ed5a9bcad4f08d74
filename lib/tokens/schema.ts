/** What the issue form holds; browser-safe, used by form and verb alike. The vendor's rules are checked on the payload, not here. */

import { parseDuration } from "@/lib/duration";
import { groupDigits } from "@/lib/group-digits";
import { LONGEST_SENDABLE, MOST_LOOKED_UP } from "@/lib/limits";
import { plainId, plainText } from "@/lib/plain-text";
import * as z from "@/lib/zod";

const identifier = (name: string) => plainId().max(128, `Use a ${name} of at most 128 characters.`).default("");

/** Each name once, and room for a few repeats. */
const MOST_NAMES = 16;

/** A list whose length is looked at before its members: a long one would otherwise be answered with a message for each. */
const bounded = <Item extends z.ZodType>(list: z.ZodArray<Item>, most: number, message: string) =>
  z.custom<z.input<Item>[]>((value) => Array.isArray(value) && value.length <= most, message).pipe(list);

export const IssueTokenInput = z.object({
  keyId: z.uuid("Choose the key to sign with."),
  permissions: bounded(
    z.array(z.enum(["allow_join", "ask_join", "allow_mod"], "VideoSDK knows no such permission.")),
    MOST_NAMES,
    `Name at most ${MOST_NAMES} permissions.`,
  ).default([]),
  roomId: identifier("room ID"),
  participantId: identifier("participant ID"),
  roles: bounded(
    z.array(z.enum(["rtc", "crawler"], "VideoSDK knows no such role.")),
    MOST_NAMES,
    `Name at most ${MOST_NAMES} roles.`,
  ).default([]),
  /** A duration: `120m`, `2h`, `1d 12h`, `90` (seconds). */
  expiresIn: z
    .string()
    .trim()
    .superRefine((text, context) => {
      const duration = parseDuration(text);
      if (!duration.ok) context.addIssue({ code: "custom", message: duration.message });
    }),
  /** The name of the template that filled the form in; empty: none, or changed since. */
  template: plainText().max(64, "There is no such template.").default(""),
  purpose: plainText().max(200, "Use at most 200 characters.").default(""),
  /** Chosen by the form, so that a double click or a resend is known for what it is. Becomes the token's `jti`. */
  jti: z.uuid("Reload the page: the form has lost its token id.").toLowerCase(),
});
export type IssueTokenInput = z.input<typeof IssueTokenInput>;
export type ParsedIssueInput = z.output<typeof IssueTokenInput>;

export const InspectTokenInput = z.object({
  /** The bare token, as unwrapped by lib/jwt. */
  token: z
    .string()
    .min(1, "Paste a token.")
    .max(LONGEST_SENDABLE, `That is longer than any token: ${groupDigits(LONGEST_SENDABLE)} characters at most.`),
});

export const LookUpTokensInput = z.object({
  /** SHA-256 of whole tokens, in hexadecimal; never the tokens. */
  sha256: bounded(
    z
      .array(z.string().regex(/^[0-9a-f]{64}$/, "A SHA-256 has 64 hexadecimal digits."))
      .min(1, "There is nothing to look up."),
    MOST_LOOKED_UP,
    `Look up at most ${groupDigits(MOST_LOOKED_UP)} tokens at once.`,
  ),
});
