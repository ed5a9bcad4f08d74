/** What the API takes and answers, field by field: from these schemas its requests are read, its answers are made, and its reference is written. Browser-safe. */
import { isInstant } from "@/lib/composer/schema";
import { TokenReport } from "@/lib/decoder/report";
import type { FormField } from "@/lib/profiles/profile";
import { profiles } from "@/lib/profiles/registry";
import { LONGEST_SENDABLE, MOST_IN_BATCH, MOST_REVOKED } from "@/lib/sizes";
import { groupDigits } from "@/lib/text/group-digits";
import * as z from "@/lib/zod";

const epoch = z.number().int().describe("Seconds since 1970.");
const number = z.number().int().positive().describe('The running number in the ledger: "No. 48,213".');

/** A page's `next`, as it was written. */
export const CURSOR = /^[1-9]\d{0,8}$/;

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

const isText = (value: unknown) => typeof value === "string";
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const namesLike = (example = "") => {
  const message = `Write a list, such as ["${example}"].`;
  return wholeList(z.array(z.string(), message), (members) => members.every(isText), message);
};

/** By their names, those of all vendors; which of them a key's vendor has, the verb says. */
const vendorFields = Object.fromEntries(
  [...profiles.values()].flatMap(({ fields }) => fields.map((field) => [field.name, fieldOf(field)])),
);

/** A variable that is not set, in a shell: for any room would be more than anybody asked for. */
export function namesOne(text: z.ZodString): z.ZodString {
  return text.refine((value) => value.trim() !== "", "An empty text names none. Leave this out for any.");
}

function fieldOf(field: FormField) {
  const text = field.kind === "id" ? namesOne(z.string("Write a text.")) : namesLike(field.choices[0]?.value);
  return text
    .optional()
    .describe(
      field.kind === "id" ? field.label : `${field.label}: ${field.choices.map(({ value }) => value).join(", ")}`,
    );
}

const given = {
  ...vendorFields,
  expiresIn: z
    .string("Write a duration as a text, such as 2h.")
    .optional()
    .describe("A duration: `2h`, `15m`, `1d 12h`; digits alone are seconds. Left out: the template's, or the key's."),
  purpose: z.string("Write a text.").optional().describe("What it is for; it stands in the ledger."),
};

const common = {
  keyId: z
    .string("Write the id of a key.")
    .optional()
    .describe("The key to sign with (`GET /api/v1/keys`). May be left out where the credential may use only one."),
  template: z
    .string("Write the id of a template.")
    .optional()
    .describe(
      "The id of a template: what it fills in may be left out. What is said otherwise than it fills in makes the token one of no template.",
    ),
  startsAt: z
    .string("Write an instant as a text.")
    .refine(isInstant, "Write an instant in UTC, such as 2026-11-28T08:00:00Z, or leave it out.")
    .optional()
    .describe("From when on it is good (`nbf`): an instant in UTC, such as 2026-11-28T08:00:00Z."),
  customClaims: z
    .record(z.string(), z.unknown(), "Write a JSON object.")
    .optional()
    .describe("Claims beyond those that have fields, as a JSON object of at most 4 kB."),
};

/** Names them in the message: a refusal's fields stand in the audit log, where no name that a caller makes up belongs. */
export const unknownField = ({ code, keys }: { code?: string; keys?: readonly string[] }) =>
  code === "unrecognized_keys" ? `There is no such field: ${namesIn(keys ?? [])}.` : undefined;

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
        z.array(row, "Write a list of rows."),
        (rows) => rows.length >= 1 && rows.length <= MOST_IN_BATCH && rows.every(isObject),
        `Write a list of 1 to ${groupDigits(MOST_IN_BATCH)} rows, each an object.`,
      ).describe(`A token each, and what is otherwise about it: 1 to ${MOST_IN_BATCH}.`),
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

export const IssuedToken = z
  .object({
    token: z.string().describe("Shown once; it is kept nowhere."),
    number,
    jti: z.string(),
    keyLabel: z.string(),
    issuedAt: epoch,
    expiresAt: epoch,
    purpose: z.string(),
    claims: z.record(z.string(), z.unknown()).describe("The payload as it was signed."),
  })
  .meta({ id: "IssuedToken" });

export const IssuedBatch = z
  .object({
    batch: z.number().int().positive().describe('"Batch 7".'),
    keyLabel: z.string(),
    issuedAt: epoch,
    tokens: z
      .array(z.object({ token: z.string(), number, ...Place, expiresAt: epoch, purpose: z.string() }))
      .describe("In the order of the rows."),
  })
  .meta({ id: "IssuedBatch" });

export const InspectRequest = z
  .strictObject(
    {
      token: z
        .string("Write the token as a text.")
        .min(1, "Write the token.")
        .max(LONGEST_SENDABLE, "That is longer than any token."),
    },
    { error: unknownField },
  )
  .meta({ id: "InspectRequest" });

export const Inspected = z
  .object({
    report: TokenReport,
    ledger: z.object({
      state: z.enum(["issued", "altered", "absent"]),
      number: number.optional(),
      issuedBy: z.string().optional(),
      ask: z.string().optional().describe("Whom to ask about it."),
      issuedAt: epoch.optional(),
      expiresAt: epoch.optional(),
      revokedAt: epoch.nullable().optional(),
    }),
    key: z
      .object({ label: z.string(), disabled: z.boolean() })
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
    token: z.string("Write the token.").min(1, "Write the token."),
    token_type_hint: z.string().optional().describe("Taken and not heeded: there is one type."),
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
    jti: z.string().optional(),
    iat: epoch.optional(),
    exp: epoch.optional(),
    nbf: epoch.optional(),
    client_id: z.string().optional().describe("The API key."),
  })
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
        .describe("Ledger numbers."),
      batch: ledgerNumber.optional(),
      room: z
        .string("Write a text.")
        .min(1, "Name the room.")
        .max(200, "No room's id is as long as that.")
        .optional()
        .describe("All active tokens of this room."),
      reason: z.string("Say why.").describe("Stands in the ledger and in the audit log."),
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
    jti: z.string(),
    keyId: z.string(),
    keyLabel: z.string(),
    issuedBy: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
    via: z.string(),
    issuedAt: epoch,
    expiresAt: epoch,
    revokedAt: epoch.nullable(),
    ...Place,
    template: z.string().nullable(),
    batch: z.number().int().nullable(),
    purpose: z.string(),
    claims: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "LedgerItem" });
export const LedgerPage = z.object({ tokens: z.array(LedgerItem), next: cursor }).meta({ id: "LedgerPage" });

export const EventItem = z
  .object({
    sequence: z.number().int().positive(),
    at: z.string().describe("ISO 8601."),
    action: z.string(),
    outcome: z.string(),
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
    via: z.string(),
    address: z.string(),
    keyLabel: z.string().nullable(),
    token: number.nullable(),
    ...Place,
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "EventItem" });
export const EventPage = z.object({ events: z.array(EventItem), next: cursor }).meta({ id: "EventPage" });

export const KeyItem = z
  .object({
    id: z.string(),
    label: z.string(),
    apiKey: z.string(),
    profile: z.string(),
    disabled: z.boolean(),
    secrets: z
      .array(z.object({ fingerprint: z.string(), state: z.enum(["current", "retired"]) }))
      .describe("Of a secret the first digits of its SHA-256: to recognise one, never to sign with."),
  })
  .meta({ id: "KeyItem" });
export const KeyList = z.object({ keys: z.array(KeyItem) }).meta({ id: "KeyList" });
