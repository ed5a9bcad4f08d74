/** What the issue form holds; browser-safe, used by form and verb alike. The vendor's rules are checked on the payload, not here. */
import { boundedList } from "@/lib/bounded-list";
import { plainId, plainText } from "@/lib/plain-text";
import { parseDuration } from "@/lib/text/duration";
import * as z from "@/lib/zod";

/** As VideoSDK's dashboard gives them. What is typed here is signed into a token or read by everybody. */
const SECRET = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i;
const noSecret = (text: string) => !SECRET.test(text);
const LIKE_A_SECRET = "This looks like a secret, and everybody would read it here. Leave it out.";

const identifier = (name: string) =>
  plainId().max(128, `Use a ${name} of at most 128 characters.`).refine(noSecret, LIKE_A_SECRET).default("");

/** Each name once, and room for a few repeats. */
const MOST_NAMES = 16;

export const IssueTokenInput = z.object({
  keyId: z.uuid("Choose the key to sign with."),
  permissions: boundedList(
    z.array(z.enum(["allow_join", "ask_join", "allow_mod"], "VideoSDK knows no such permission.")),
    MOST_NAMES,
    `Name at most ${MOST_NAMES} permissions.`,
  ).default([]),
  roomId: identifier("room ID"),
  participantId: identifier("participant ID"),
  roles: boundedList(
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
  purpose: plainText().max(200, "Use at most 200 characters.").refine(noSecret, LIKE_A_SECRET).default(""),
  /** Chosen by the form, so that a double click or a resend is known for what it is. Becomes the token's `jti`. */
  jti: z.uuid("Reload the page: the form has lost its token id.").toLowerCase(),
});
export type IssueTokenInput = z.input<typeof IssueTokenInput>;
export type ParsedIssueInput = z.output<typeof IssueTokenInput>;
