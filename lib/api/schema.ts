/** What the API takes and answers, field by field: from these schemas its requests are read, its answers are made, and its reference is written. Browser-safe. */
import { auditActions, outcomes, UNKNOWN, UNREADABLE } from "@/lib/audit/actions";
import type { Via } from "@/lib/auth/actor";
import { isInstant, LONGEST_PURPOSE, MOST_NAMES } from "@/lib/composer/schema";
import { TokenReport } from "@/lib/decoder/report";
import { edgeLimits } from "@/lib/limits";
import { NAMES_NONE_SAID } from "@/lib/plain-text";
import type { FormField } from "@/lib/profiles/profile";
import { profiles } from "@/lib/profiles/registry";
import { LONGEST_SENDABLE, MOST_IN_BATCH, MOST_REVOKED } from "@/lib/sizes";
import { groupDigits } from "@/lib/text/group-digits";
import { LONGEST_ID } from "@/lib/text/longest-id";
import { LONGEST_DURATION } from "@/lib/text/parse-duration";
import { LONGEST_REASON } from "@/lib/tokens/schema";
import * as z from "@/lib/zod";

const epoch = z.number().int().describe("Seconds since 1970.");
const revokedAt = z.number().int().nullable().describe("Seconds since 1970; null: it was not revoked here.");
const number = z.number().int().positive().describe('The running number in the ledger: "No. 48,213".');

/** One message for a list, where its schema would make one for each member: of four megabytes, two million. */
const wholeList = <Item extends z.ZodType>(
  list: z.ZodArray<Item>,
  isFine: (members: readonly unknown[]) => boolean,
  message: string,
) =>
  z.preprocess((value, context) => {
    if (!Array.isArray(value) || isFine(value)) return value;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }, list);

/** A letter and its accents, written apart, are one where it is kept. */
const WRITTEN_APART = 4;

/** Whatever reads it further looks at each character, in many ways. @param most characters, as it is kept */
const shortText = (most: number, said = "Write a text.", longer = `Use at most ${most} characters.`) =>
  z
    .string(said)
    .max(WRITTEN_APART * most, longer)
    .meta({ maxLength: most });

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const LONGEST_NAME = 64;

const namesLike = (example = "") => {
  const message = `Write a list of at most ${MOST_NAMES} names, such as ["${example}"].`;
  return wholeList(
    z.array(z.string().max(LONGEST_NAME), message).max(MOST_NAMES),
    (members) =>
      members.length <= MOST_NAMES && members.every((name) => typeof name === "string" && name.length <= LONGEST_NAME),
    message,
  );
};

/** By their names, those of all vendors; which of them a key's vendor has, the verb says. */
const vendorFields = Object.fromEntries(
  [...profiles.values()].flatMap(({ fields }) => fields.map((field) => [field.name, fieldOf(field)])),
);

/** A variable that is not set, in a shell: for any room would be more than anybody asked for. */
export function namesOne(text: z.ZodString): z.ZodString {
  return text.refine((value) => value.trim() !== "", NAMES_NONE_SAID);
}

function fieldOf(field: FormField) {
  const text = field.kind === "id" ? namesOne(shortText(LONGEST_ID)) : namesLike(field.choices[0]?.value);
  return text
    .optional()
    .describe(
      field.kind === "id"
        ? `${field.label}. Where neither this nor the template names one, the token is for any.`
        : `${field.label}: ${field.choices.map(({ value }) => value).join(", ")}.`,
    );
}

const given = {
  ...vendorFields,
  expiresIn: shortText(LONGEST_DURATION, "Write a duration as a text, such as 2h.")
    .optional()
    .describe("A duration: `2h`, `15m`, `1d 12h`; digits alone are seconds."),
  purpose: shortText(LONGEST_PURPOSE).optional().describe("What it is for; it stands in the ledger."),
};

const builtIn = [...profiles.values()].flatMap(({ templates }) => templates.map(({ id }) => id));

const common = {
  keyId: shortText(40, "Write the id of a key.", "There is no such key.")
    .optional()
    .describe("The key to sign with (`GET /api/v1/keys`). May be left out where the credential may use only one."),
  template: shortText(64, "Write the id of a template.", "There is no such template.")
    .optional()
    .describe(
      `The id of a template: ${builtIn.join(", ")}, or of the team's own what its page's address ends in. What is left out is as it fills it in; what is said otherwise makes the token one of no template.`,
    ),
  startsAt: shortText(40, "Write an instant as a text.")
    .refine(isInstant, "Write an instant in UTC, such as 2026-11-28T08:00:00Z, or leave it out.")
    .optional()
    .describe("From when on it is good (`nbf`): an instant in UTC, such as 2026-11-28T08:00:00Z."),
  customClaims: z
    .record(z.string(), z.unknown(), "Write a JSON object.")
    .optional()
    .describe("Claims beyond those that have fields, as a JSON object of at most 4 kB."),
};

/** Names them in the message: a refusal's fields stand in the audit log, where no name that a caller makes up belongs. */
const unknown =
  (what: "field" | "parameter") =>
  ({ code, keys }: { code?: string; keys?: readonly string[] }) =>
    code === "unrecognized_keys" ? `There is no such ${what}: ${namesIn(keys ?? [])}.` : undefined;
const unknownField = unknown("field");
/** Of an address. */
export const unknownParameter = unknown("parameter");

const MOST_NAMED = 5;
const MOST_OF_A_NAME = 60;

const namesIn = (names: readonly string[]) =>
  [
    ...names.slice(0, MOST_NAMED).map((name) => JSON.stringify(name.slice(0, MOST_OF_A_NAME))),
    ...(names.length > MOST_NAMED ? [`and ${groupDigits(names.length - MOST_NAMED)} more`] : []),
  ].join(", ");

export const IssueRequest = z
  .strictObject({ ...common, ...given }, { error: unknownField })
  .meta({ id: "IssueRequest" });

export const RowRequest = z.strictObject(given, { error: unknownField });

const batchOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject(
    {
      ...common,
      ...given,
      rows: wholeList(
        z.array(row, "Write a list of rows.").min(1).max(MOST_IN_BATCH),
        (rows) => rows.length >= 1 && rows.length <= MOST_IN_BATCH && rows.every(isObject),
        `Write a list of 1 to ${groupDigits(MOST_IN_BATCH)} rows, each an object.`,
      ).describe(
        `A token each; what a row leaves out stands beside the rows, or in the template: 1 to ${groupDigits(MOST_IN_BATCH)}. All of it counts as one call.`,
      ),
    },
    { error: unknownField },
  );
export const BatchRequest = batchOf(RowRequest).meta({ id: "BatchRequest" });
/** Of ten thousand rows each is read on its own: in one go they would keep everybody waiting. */
export const BatchWithoutRows = batchOf(z.unknown());

const Place = {
  room: z.string().nullable().describe("The one room that it is good for; null: any."),
  participant: z.string().nullable().describe("Whom it is good for; null: anyone."),
};
const ForEvent = {
  room: z.string().nullable().describe("Of its token, or the room that it was done to; null: none."),
  participant: z.string().nullable().describe("Of its token; null: none."),
};

const jti = z.string().describe("The token's own id.");
const keyLabel = z.string().describe("What the key was called then.");
const purpose = z.string().describe("What it is for; empty: nothing was said.");
const vias = ["dashboard", "api", "endpoint", "shell"] as const satisfies Via[];
/** As it was recorded, perhaps in another version's time: what it may be is the reference's to list. */
const oneOf = (names: readonly string[]) => z.string().meta({ enum: names });
const actorOf = (kinds: readonly string[]) =>
  z
    .object({
      kind: oneOf(kinds).describe("service: a program with a credential."),
      id: z.string().nullable().describe("null: who has none, such as the desk itself."),
      name: z.string().describe("What they were called then."),
    })
    .describe("Who it was.");

const warnings = z.array(z.string());

export const IssuedToken = z
  .object({
    token: z.string().describe("Shown once; it is kept nowhere."),
    number,
    jti,
    keyLabel,
    issuedAt: epoch,
    expiresAt: epoch,
    purpose,
    claims: z.record(z.string(), z.unknown()).describe("The payload as it was signed."),
    warnings: warnings.describe("What was signed and is probably not meant, such as a claim whose name is misspelt."),
  })
  .meta({ id: "IssuedToken" });

export const IssuedBatch = z
  .object({
    batch: z.number().int().positive().describe('"Batch 7".'),
    keyLabel,
    issuedAt: epoch,
    tokens: z
      .array(
        z.object({
          token: z.string().describe("Shown once; it is kept nowhere."),
          ...{ number, ...Place, expiresAt: epoch, purpose },
        }),
      )
      .describe("In the order of the rows."),
    warnings: warnings.describe(
      "What was signed in any of them and is probably not meant: each warning once, in the order of the rows; of more than 20 the first 20, and a last one that says so.",
    ),
  })
  .meta({ id: "IssuedBatch" });

export const InspectRequest = z
  .strictObject(
    {
      token: z
        .string("Write the token as a text.")
        .min(1, "Write the token.")
        .max(LONGEST_SENDABLE, "That is longer than any token.")
        .describe("A token, or a text of which it is told what it is."),
    },
    { error: unknownField },
  )
  .meta({ id: "InspectRequest" });

export const Inspected = z
  .object({
    report: TokenReport,
    ledger: z.object({
      state: z
        .enum(["issued", "altered", "absent", "not-looked-up"])
        .describe(
          "altered: the ledger has its id, and another token; not-looked-up: the text is not one token that a server could check. Of these and of what is absent, nothing else is told.",
        ),
      number: number.optional(),
      issuedBy: z.string().optional().describe("What they were called then."),
      ask: z.string().optional().describe("Whom to ask about it."),
      issuedAt: epoch.optional(),
      expiresAt: epoch.optional(),
      revokedAt: revokedAt.optional(),
    }),
    key: z
      .object({ label: z.string(), disabled: z.boolean().describe("Here; the vendor does not know of that.") })
      .nullable()
      .describe("The key of this desk whose secret signed it, or that it names."),
    unrecorded: z
      .string()
      .optional()
      .describe("Why it could not be recorded that this was looked at, and that it is an alarm if it is one."),
  })
  .meta({ id: "Inspected" });

export const IntrospectRequest = z
  .object({
    // A file of one ends with a line break.
    token: z
      .string("Write the token.")
      .trim()
      .min(1, "Write the token.")
      .max(edgeLimits.largeBodyBytes, "That is longer than any token.")
      .describe("A token, and nothing around it but white space."),
    token_type_hint: z
      .string()
      .max(edgeLimits.largeBodyBytes, "This is too long.")
      .optional()
      .describe("Taken and not heeded: there is one type."),
  })
  .meta({ id: "IntrospectRequest" });

/** RFC 7662 §2.2. */
export const Introspected = z
  .looseObject({
    active: z
      .boolean()
      .describe(
        "Whether the vendor accepts it by our rules, it is in the ledger or its key signs elsewhere, it is in time, and neither it nor its key was ended here.",
      ),
    jti: jti.optional(),
    iat: epoch.optional(),
    exp: epoch.optional(),
    nbf: epoch.optional(),
    client_id: z.string().optional().describe("The API key."),
  })
  .describe("Of one that is active, its other claims, too; of any other, nothing else.")
  .meta({ id: "Introspected" });

/** As high as any number may be. */
export const LAST_NUMBER = 999_999_999;
const ledgerNumber = z
  .number("Write a number.")
  .int("Write a whole number.")
  .positive("Numbers begin with 1.")
  .max(LAST_NUMBER, "No ledger is as long as that.");

export const RevokeRequest = z
  .strictObject(
    {
      numbers: z
        .array(ledgerNumber, "Write a list of numbers.")
        .min(1, "Name at least one.")
        .max(MOST_REVOKED, `Name at most ${MOST_REVOKED}.`)
        .optional()
        .describe(`Ledger numbers, at most ${MOST_REVOKED}. Name these, a batch or a room: one of them.`),
      batch: ledgerNumber.optional().describe("The number of a batch: all of it that is active."),
      room: z
        .string("Write a text.")
        .min(1, "Name the room.")
        .max(200, "No room's id is as long as that.")
        .optional()
        .describe("All active tokens of this room."),
      reason: shortText(LONGEST_REASON, "Say why.").describe("Stands in the ledger and in the audit log."),
    },
    { error: unknownField },
  )
  .meta({ id: "RevokeRequest" });
export const Revoked = z
  .object({
    tokens: z.number().int().describe("How many are marked now. The vendor does not know of that."),
    unknown: z
      .array(number)
      .optional()
      .describe("Of the numbers that were sent, those under which this credential has issued nothing."),
  })
  .meta({ id: "Revoked" });

const cursor = z.string().nullable().describe("What to ask for the next page with, as `cursor`; null: there is none.");

export const LedgerItem = z
  .object({
    number,
    jti,
    keyId: z.string().describe("The key's id (`GET /api/v1/keys`)."),
    keyLabel,
    issuedBy: actorOf(["member", "service", "endpoint", "system"]),
    via: oneOf(vias).describe("The way in."),
    issuedAt: epoch,
    expiresAt: epoch,
    revokedAt,
    ...Place,
    template: z.string().nullable().describe("What its template was called then; null: it comes from none."),
    batch: z.number().int().nullable().describe("The number of its batch; null: it was issued alone."),
    purpose,
    claims: z.record(z.string(), z.unknown()).describe("The payload as it was signed."),
  })
  .meta({ id: "LedgerItem" });
export const LedgerPage = z.object({ tokens: z.array(LedgerItem), next: cursor }).meta({ id: "LedgerPage" });

export const EventItem = z
  .object({
    sequence: z.number().int().positive().describe("The running number in the audit log."),
    at: z.string().describe("ISO 8601."),
    action: oneOf(auditActions).describe("What was done; more may come."),
    outcome: oneOf([...outcomes, UNREADABLE]).describe(`${UNREADABLE}: the event was written by another version.`),
    actor: actorOf(["visitor", "member", "service", "endpoint", "system", UNKNOWN]),
    via: oneOf([...vias, "", UNKNOWN]).describe("The way in; empty: none, as of what the desk does by itself."),
    address: z.string().describe("The IP address that it came from."),
    keyLabel: z.string().nullable().describe("What its key was called then; null: it is about none."),
    token: number.nullable(),
    ...ForEvent,
    detail: z.record(z.string(), z.unknown()).describe("What else there is to tell, which depends on the action."),
  })
  .meta({ id: "EventItem" });
export const EventPage = z.object({ events: z.array(EventItem), next: cursor }).meta({ id: "EventPage" });

export const KeyItem = z
  .object({
    id: z.string().describe("What a request names it by, as `keyId`."),
    label: z.string(),
    apiKey: z.string(),
    profile: z.string().describe("Whose tokens it signs."),
    disabled: z.boolean().describe("Whether nothing can be issued with it now."),
    secrets: z
      .array(
        z.object({
          fingerprint: z.string(),
          state: z.enum(["current", "retired"]).describe("retired: it signs no more, and is recognised."),
        }),
      )
      .describe("Of a secret the first digits of its SHA-256: to recognise one, never to sign with."),
  })
  .meta({ id: "KeyItem" });
export const KeyList = z.object({ keys: z.array(KeyItem) }).meta({ id: "KeyList" });
