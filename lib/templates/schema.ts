/** What a template's form holds, and what is refused in it: a name that is none, fields that its vendor's rules refuse together. Browser-safe, used by form and verb alike. */
import { ruleErrors } from "@/lib/composer/refusals";
import { fieldsOfVendor, type VendorFields } from "@/lib/composer/schema";
import type { FieldErrors } from "@/lib/errors";
import { plainText } from "@/lib/plain-text";
import { givenOf } from "@/lib/profiles/given";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import type { Given, Profile } from "@/lib/profiles/profile";
import { durationField } from "@/lib/text/duration-field";
import * as z from "@/lib/zod";

/** What a template fills in: names as they were ticked, ids only where the template is for that one. */
export type Fills = { given: Given; ttlSeconds: number };

const commonFields = {
  name: plainText()
    .min(1, "Give it a name, such as Kiosk.")
    .max(40, "Use at most 40 characters.")
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID),
  /** One short line. */
  note: plainText()
    .min(1, "Say in a few words what it is good for.")
    .max(80, "Use at most 80 characters.")
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID),
  /** A duration: `120m`, `2h`. */
  expiresIn: durationField,
};
const CommonInput = z.object(commonFields);

export type TemplateFields = z.input<typeof CommonInput> & VendorFields;
type ParsedFields = Pick<z.output<typeof CommonInput>, "name" | "note"> & { fills: Fills };

/** The fields of a template of that vendor's. */
export function templateFields(profile: Profile): z.ZodType<ParsedFields, TemplateFields> {
  const schema: z.ZodType = z
    .object({ ...commonFields, ...fieldsOfVendor(profile) })
    .transform(({ name, note, expiresIn: ttlSeconds, ...form }) => ({
      name,
      note,
      fills: { given: givenBy(profile, form), ttlSeconds },
    }))
    .superRefine(({ fills }, context) => {
      for (const [field, message] of Object.entries(refusedFills(profile, fills)))
        context.addIssue({ code: "custom", path: [field], message });
    });
  // What the vendor's fields hold is known only when it runs: text or names, by the kind of each.
  return schema as z.ZodType<ParsedFields, TemplateFields>;
}

/** An id that is left empty is left to whoever issues. */
function givenBy(profile: Profile, form: Readonly<Record<string, unknown>>): Given {
  const given = Object.entries(givenOf(profile, form)).filter(([, value]) => value !== "");
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === "string" ? value : [...new Set(value)]]),
  );
}

/** @returns by field what breaks the vendor's rules, whatever the key */
function refusedFills(profile: Profile, { given, ttlSeconds }: Fills): FieldErrors {
  if (Number.isNaN(ttlSeconds)) return {};
  const claims = profile.buildClaims({ apiKey: "", given, issuedAt: 0, expiresAt: ttlSeconds, jti: "" });
  const { keyId: _, ...errors } = ruleErrors(profile, claims);
  return errors;
}

const id = z.string().max(40, "There is no such template.");

/** Whose it is decides which fields it has. */
export const OfProfileInput = z.object({ profile: id });

export const TemplateInput = z.object({ templateId: id });
/** What was seen of it: what somebody has changed since is not changed or accepted unseen. */
export const SeenTemplateInput = TemplateInput.extend({ version: z.number().int().positive() });

export const TemplateState = z.enum(["proposed", "declined", "accepted"]);
export type TemplateState = z.output<typeof TemplateState>;

/** A proposal that was answered meanwhile has the version that it had. */
export const ChangeTemplateInput = SeenTemplateInput.extend({ state: TemplateState });

export const AnswerProposalInput = SeenTemplateInput.extend({
  accepted: z.boolean(),
  /** Why; for whoever proposed it. */
  note: plainText().max(500, "Use at most 500 characters.").refine(holdsNoSecret, LIKE_A_SECRET_SAID).default(""),
});
export type AnswerProposalInput = z.input<typeof AnswerProposalInput>;

/** `before`: the one that follows it then; null: none does. */
export const MoveTemplateInput = TemplateInput.extend({ profile: id, before: id.nullable() });
export type MoveTemplateInput = z.input<typeof MoveTemplateInput>;

export const HideTemplateInput = TemplateInput.extend({ profile: id, hidden: z.boolean() });
export type HideTemplateInput = z.input<typeof HideTemplateInput>;
