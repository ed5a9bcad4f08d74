/** What the key form holds and what is refused in it; browser-safe, used by form and verb alike. */

import { plainText } from "@/lib/plain-text";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import type { Profile } from "@/lib/profiles/profile";
import { looksLike, profiles } from "@/lib/profiles/registry";
import { isCredential } from "@/lib/text/credential";
import { optionalDurationField } from "@/lib/text/duration-field";
import { strayCharacters } from "@/lib/text/stray-characters";
import { holdsApiKey, isExampleSecret, isToken, isWeakSecret } from "@/lib/weak-secret";
import * as z from "@/lib/zod";
import { LimitsForm } from "./policy-form";

/** RFC 7518 §3.2: a key of the same size as the hash output (256 bits for HS256) or larger must be used. */
export const MIN_SECRET_BYTES = 32;

const utf8Bytes = (text: string) => new TextEncoder().encode(text).length;

const pasted = (whenEmpty: string) =>
  z
    .string()
    .min(1, whenEmpty)
    .max(512, "Use at most 512 characters.")
    .superRefine((text, context) => {
      const message = text === "" ? undefined : strayCharacters(text);
      if (message) context.addIssue({ code: "custom", message });
    });

const ASCII = /^[ -~]*$/;

/** @param what it is called in the form */
const pastedSecret = ({ dashboard }: Profile["words"], what: string) =>
  pasted(`Paste the ${what} from ${dashboard}.`).regex(
    ASCII,
    `A sign in it is none that a secret has: an accent, a bullet or a letter of another alphabet. Copy the secret again from ${dashboard}.`,
  );

const keyLabel = plainText()
  .min(1, "Give it a label, such as Staging.")
  .max(60, "Use at most 60 characters.")
  // What is nothing but a secret is told in words of its own.
  .refine((label) => looksLike("secret", label) || holdsNoSecret(label), LIKE_A_SECRET_SAID);

const MORE_THAN_IT = "There is something before or after it. Paste the value alone.";

/** What a clipboard holds instead: `https://…`, `git@host.tld:…`, `host.tld/…`, `~/…`, `/home/…`. Of random signs one in a thousand begins so, and of the letters and digits that secrets have none. */
const IS_ADDRESS =
  /^(?:[a-z][a-z\d+.-]*:\/\/|(?:[\w.+-]+@)?(?:[a-z\d-]+\.)+[a-z]{2,}(?::\d+)?[:/]|git@|[\d.]+:\d+\/|(?:~|\.{1,2}|\/(?:home|users|root|etc|opt|srv|tmp|usr|var|mnt))\/)/i;

const isTwice = (text: string) => text.slice(0, text.length / 2) === text.slice(text.length / 2);

/** @param secret as it was typed @returns why it is none; undefined also of nothing, which is told otherwise */
function whyNoSecret({ words, shapes }: Profile, apiKey: string, secret: string): string | undefined {
  const { dashboard } = words;
  if (secret === "") return undefined;
  if (secret === apiKey || looksLike("key", secret))
    return `This is an API key, not the secret. The secret stands beside it in ${dashboard}.`;
  if (isToken(secret)) return `This is a token, not the secret. The secret stands beside the API key in ${dashboard}.`;
  if (isCredential(secret))
    return `This is a credential of a desk such as this one. The secret stands in ${dashboard}.`;
  // A whole secret of the vendor's has nothing of its own around it.
  const inside = shapes.secret.exec(secret)?.[0] ?? secret;
  if (inside !== secret) return MORE_THAN_IT;
  if (IS_ADDRESS.test(secret))
    return `This is an address or a path, not the secret. The secret stands in ${dashboard}.`;
  if (holdsApiKey(secret, apiKey))
    return `The API key stands in it, or a part of it, which everybody can read in a token. Copy the secret alone from ${dashboard}.`;
  if (utf8Bytes(secret) < MIN_SECRET_BYTES)
    return `It has ${utf8Bytes(secret)} bytes; HS256 needs at least ${MIN_SECRET_BYTES} (RFC 7518 §3.2). Is it whole?`;
  if (isWeakSecret(secret) || isExampleSecret(secret))
    return `This was not drawn at random: it repeats itself, uses too few characters, or stands where everybody can read it. Copy the secret again from ${dashboard}.`;
  return undefined;
}

/** The form of a key of this vendor's. */
function keyOf(profile: Profile) {
  const { id, words } = profile;
  return z
    .object({
      profile: z.literal(id),
      label: keyLabel,
      apiKey: pasted(`Paste the API key from ${words.dashboard}.`).regex(
        ASCII,
        `A letter in it is from another alphabet, however much alike it looks. Copy the API key again from ${words.dashboard}.`,
      ),
      secret: pastedSecret(words, "secret"),
      /** Max lifetime of a token, as a duration; empty: no limit. */
      maxLifetime: optionalDurationField,
      /** Confirms that another key here has the same secret. */
      sharesSecret: z.boolean("Tick it, or leave it as it is.").default(false),
    })
    .superRefine(({ label, apiKey, secret }, context) => {
      const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
      if (looksLike("secret", label))
        refuse("label", "This looks like the secret. Paste it below; here goes a name that everybody sees.");
      if (looksLike("secret", apiKey))
        refuse(
          "apiKey",
          "This looks like the secret. The API key is shown to everyone here: paste it here, and the secret below.",
        );
      else if (!holdsNoSecret(apiKey))
        refuse(
          "apiKey",
          "This holds a secret or a token, and the API key is shown to everyone here. Paste the key alone.",
        );
      // Words around it may be a part of it; signs were marked along.
      else if (!looksLike("key", apiKey) && looksLike("key", apiKey.replace(/^[\W_]+|[\W_]+$/g, "")))
        refuse("apiKey", MORE_THAN_IT);
      else if (apiKey !== "" && isTwice(apiKey)) refuse("apiKey", "It stands there twice. Paste it once.");
      const noSecret = whyNoSecret(profile, apiKey, secret);
      if (noSecret) refuse("secret", noSecret);
    })
    .transform(({ maxLifetime: maxTtlSeconds, ...form }) => ({ ...form, maxTtlSeconds }));
}

/** Whose key it is, by the profile's id, decides what is said of it. */
export const CreateKeyInput = z.lazy(() => {
  const [first, ...others] = [...profiles.values()].map(keyOf);
  if (!first) throw new Error("There is no profile.");
  return z.discriminatedUnion("profile", [first, ...others], "Choose whose key it is.");
});
export type CreateKeyInput = z.input<typeof CreateKeyInput>;

/** Which key; what else is asked depends on whose it is. */
export const KeyInput = z.object({ keyId: z.string().max(40) });
export type KeyInput = z.input<typeof KeyInput>;

/** The form in which this key gets another secret. */
export const rotateKeyInput = (profile: Profile, apiKey: string) =>
  KeyInput.extend({
    secret: pastedSecret(profile.words, "new secret"),
    /** Confirms that another key here has the same secret. */
    sharesSecret: z.boolean("Tick it, or leave it as it is.").default(false),
  }).superRefine(({ secret }, context) => {
    const noSecret = whyNoSecret(profile, apiKey, secret);
    if (noSecret) context.addIssue({ code: "custom", path: ["secret"], message: noSecret });
  });
export type RotateKeyInput = z.input<ReturnType<typeof rotateKeyInput>>;

export const SetKeyStatusInput = z.object({
  keyId: z.string().max(40),
  disabled: z.boolean(),
  /** Why; for the audit log. */
  note: plainText().max(500, "Use at most 500 characters.").refine(holdsNoSecret, LIKE_A_SECRET_SAID).default(""),
});
export type SetKeyStatusInput = z.input<typeof SetKeyStatusInput>;

/** Whether something else signs with the key's secret too, such as a backend; null: nobody has said. */
export type SignsElsewhere = "yes" | "no" | null;

/** @param stored as the database keeps it */
export const signsElsewhereOf = (stored: string | null): SignsElsewhere =>
  stored === "yes" || stored === "no" ? stored : null;

/** Far more than a policy has that names every template there may be. */
const MOST_SEEN_CHARACTERS = 100_000;

/** What is absent stays as it is. */
export const ChangeKeyInput = z.object({
  keyId: z.string().max(40),
  label: keyLabel
    .refine((label) => !looksLike("secret", label), "This looks like the secret. Here goes a name that everybody sees.")
    .optional(),
  signsElsewhere: z.enum(["yes", "no"]).optional(),
  ...LimitsForm.partial().shape,
  /** What holds for issuers beyond that, and there too stays what is absent; null: nothing. */
  issuer: LimitsForm.partial().nullable().optional(),
  /** What was seen of the key, as policy.ts writes it: over anything else nothing is saved. */
  seen: z.string().max(MOST_SEEN_CHARACTERS).optional(),
});
export type ChangeKeyInput = z.input<typeof ChangeKeyInput>;
