/** What the form of a credential holds, and what is refused in it. Browser-safe, used by form and verb alike. */
import { scopes } from "@/lib/auth/roles";
import { boundedList } from "@/lib/bounded-list";
import { plainText } from "@/lib/plain-text";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import { optionalCountField } from "@/lib/text/count-field";
import { durationField } from "@/lib/text/duration-field";
import { futureInstantField } from "@/lib/text/instant-field";
import * as z from "@/lib/zod";

const MOST_NAMED = 100;
const MOST_ADDRESSES = 50;
export const MOST_CREDENTIALS = 200;

const ids = (what: string) =>
  boundedList(z.array(z.string().max(64)), MOST_NAMED, `Name at most ${MOST_NAMED} ${what}.`).default([]);

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$|\/)|(?=$|\/))){4}(?:\/(?:3[0-2]|[12]?\d))?$/;
const V6 = /^[0-9a-f:]{2,39}(?:\/(?:12[0-8]|1[01]\d|\d?\d))?$/i;

/** Whether it is an address or a subnet as far as its signs go; lib/credentials/addresses.ts knows it whole. */
const isAddress = (text: string) => V4.test(text) || (text.includes(":") && V6.test(text));

export const CredentialForm = z.object({
  name: plainText()
    .min(1, "Give it a name, such as CI.")
    .max(60, "Use at most 60 characters.")
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID),
  scopes: boundedList(z.array(z.enum(scopes, "There is no such scope.")), 16, "Name at most 16 scopes.").refine(
    (chosen) => chosen.length > 0,
    "Choose what it may do.",
  ),
  /** None: all. */
  keyIds: ids("keys"),
  /** None: any, or no template at all. */
  templateIds: ids("templates"),
  /** Addresses and subnets, one a line; none: from everywhere. */
  addresses: z
    .string()
    .max(4_000, "That is longer than a list of addresses.")
    .default("")
    .transform((text, context): string[] => {
      const lines = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
      const wrong = lines.find((line) => !isAddress(line));
      if (wrong !== undefined)
        context.addIssue({
          code: "custom",
          message: `"${wrong.slice(0, 60)}" is no address. Write one such as 192.0.2.7, or a subnet such as 10.0.0.0/8.`,
        });
      if (lines.length > MOST_ADDRESSES)
        context.addIssue({ code: "custom", message: `Name at most ${MOST_ADDRESSES} addresses.` });
      return lines;
    }),
  /** Calls; empty: no limit. */
  perMinute: optionalCountField,
  /** An instant in UTC; empty: never. */
  endsAt: futureInstantField,
});
export type CredentialFields = z.input<typeof CredentialForm>;

export const CredentialInput = z.object({ credentialId: z.string().min(1).max(40) });

export const RenewCredentialInput = CredentialInput.extend({
  /** How its value of now ends, as it was seen. */
  ending: z.string().max(40),
  /** How long the value before works beside the new one; `0` ends it at once. */
  overlap: z.union([durationField, z.literal("0").transform(() => 0)]),
});
