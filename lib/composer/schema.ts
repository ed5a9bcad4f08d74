/** What the issue form holds: the fields that every token has, and those that its vendor's profile declares. Browser-safe, used by form and verb alike. The vendor's rules are checked on the payload, not here. */
import { boundedList } from "@/lib/bounded-list";
import { plainId, plainText } from "@/lib/plain-text";
import { knowsNoSuch } from "@/lib/profiles/given";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import type { Claims, FormField, Profile } from "@/lib/profiles/profile";
import { durationField } from "@/lib/text/duration-field";
import { LONGEST_ID } from "@/lib/text/longest-id";
import { withinSentence } from "@/lib/text/within-sentence";
import * as z from "@/lib/zod";
import { MOST_CUSTOM_CHARACTERS, readCustomClaims } from "./custom-claims";

const identifier = (name: string) =>
  plainId()
    .max(LONGEST_ID, `Use a ${name} of at most ${LONGEST_ID} characters.`)
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID)
    .default("");

/** What a purpose may be, in its one form of Unicode. */
export const LONGEST_PURPOSE = 200;

/** Each name once, and room for a few repeats. */
export const MOST_NAMES = 16;

const names = (values: readonly string[], unknown: string, many: string) =>
  boundedList(z.array(z.enum(values, unknown)), MOST_NAMES, `Name at most ${MOST_NAMES} ${many}.`).default([]);

function vendorField(field: FormField, vendor: string) {
  if (field.kind === "id") return identifier(withinSentence(field.label));
  const values = field.choices.map(({ value }) => value);
  return names(values, knowsNoSuch(vendor, field.one, values), `${field.one}s`);
}

const keyId = z
  .string("Choose the key to sign with.")
  .min(1, "Choose the key to sign with.")
  .max(40, "Choose the key to sign with.");

/** Whose key it is decides which fields the form has. */
export const IssuingKeyInput = z.object({ keyId });

/** In UTC, with its seconds or without. `Date.parse` alone makes the 2nd of March of the 30th of February. */
const isoInstant = z.iso.datetime().or(z.iso.datetime({ precision: -1 }));
export const isInstant = (text: string): boolean => isoInstant.safeParse(text).success;

/** JSON: claims beyond those that have fields. Read here, and not with the whole form, which is read only once nothing else is wrong in it. */
const customClaims = (profile: Profile) =>
  z
    .string()
    .max(MOST_CUSTOM_CHARACTERS, "That is longer than custom claims may be.")
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID)
    .default("")
    .transform((text, context): Claims => {
      const custom = readCustomClaims(text, profile);
      if (custom.ok) return custom.claims;
      context.addIssue({ code: "custom", message: custom.message });
      return {};
    });

const commonFields = (profile: Profile) => ({
  /** A duration: `120m`, `2h`, `1d 12h`, `90` (seconds). */
  expiresIn: durationField,
  /** The id of the template that filled the form in; empty: none, or changed since. */
  template: plainText().max(64, "There is no such template.").default(""),
  /** An instant in UTC, as `2026-11-28T08:00:00.000Z`; empty: now. */
  startsAt: z
    .string()
    .default("")
    .transform((text, context) => {
      if (text === "") return null;
      if (isInstant(text)) return Math.floor(Date.parse(text) / 1000);
      context.addIssue({
        code: "custom",
        message: "This is no date and time. Choose one, or leave it empty.",
        continue: true,
      });
      return null;
    }),
  purpose: plainText()
    .max(LONGEST_PURPOSE, `Use at most ${LONGEST_PURPOSE} characters.`)
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID)
    .default(""),
  customClaims: customClaims(profile),
  /** Chosen by the form, so that a double click or a resend is known for what it is. Becomes the token's `jti`. */
  jti: z.uuid("Reload the page: the form has lost its token id.").toLowerCase(),
});
type CommonInput = z.ZodObject<{ keyId: typeof keyId } & ReturnType<typeof commonFields>>;

export type VendorFields = { [vendorField: string]: string | string[] | undefined };

/** The fields that every vendor has, and by their names those of the key's. */
export type IssueTokenInput = z.input<CommonInput> & VendorFields;
/** All of the form but its token id. */
export type FormValues = Omit<z.input<CommonInput>, "jti"> & VendorFields;
/** What the verb reads: the lifetime as a number, and nowhere the text that it was typed as. */
export type ParsedIssueInput = Omit<z.output<CommonInput>, "expiresIn"> & { ttlSeconds: number } & {
  [vendorField: string]: string | string[];
};

type IssueSchema = z.ZodType<ParsedIssueInput, IssueTokenInput>;

/** Asked for at each keystroke and for each token: made once. */
const schemas = new WeakMap<Profile, IssueSchema>();

/** The schema of the form for a vendor's key. */
export function issueTokenInput(profile: Profile): IssueSchema {
  const schema = schemas.get(profile) ?? makeSchema(profile);
  schemas.set(profile, schema);
  return schema;
}

/** By their names, for each form that has them. */
export const fieldsOfVendor = (profile: Profile) =>
  Object.fromEntries(profile.fields.map((field) => [field.name, vendorField(field, profile.name)]));

function makeSchema(profile: Profile): IssueSchema {
  // In the order of the form, which is that of its messages.
  const schema: z.ZodType = z
    .object({ keyId, ...fieldsOfVendor(profile), ...commonFields(profile) })
    .transform(({ expiresIn: ttlSeconds, ...form }) => ({ ...form, ttlSeconds }));
  // What the vendor's fields hold is known only when it runs: text or names, by the kind of each field.
  return schema as IssueSchema;
}
