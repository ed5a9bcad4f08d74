/** Says what speaks against an endpoint together with its key and its template, and how far its tokens reach: of a token as it would give it. Pure and browser-safe, so that the form says what the verb says. */
import { lockOfTemplate } from "@/lib/composer/locks";
import { newJti } from "@/lib/composer/new-jti";
import { prepare } from "@/lib/composer/prepare";
import type { KeyPolicy } from "@/lib/composer/refusals";
import { type IssueTokenInput, issueTokenInput } from "@/lib/composer/schema";
import type { FieldErrors } from "@/lib/errors";
import type { EffectivePolicy } from "@/lib/keys/policy";
import { formOf, idIn } from "@/lib/profiles/given";
import type { Ability, Profile, Template } from "@/lib/profiles/profile";
import { lifetimeWords, typedLifetime } from "@/lib/text/lifetime";
import { listed } from "@/lib/text/listed";
import { secondsOf } from "@/lib/text/parse-duration";
import type { AskedByPolicy } from "./asked";
import type { CallLimits, EndpointFields, EndpointSettings, Reach, RoomSource } from "./schema";

const reachWords: Record<Reach, string> = {
  moderate: "moderate",
  rest: "call the REST API of the whole account",
  "any-room": "join any room",
};

export const reachInWords = (reach: readonly Reach[]): string => listed(reach.map((each) => reachWords[each]));

/** A tick is about what it named: not about what was chosen since. @param ticked what somebody confirmed */
export const isConfirmed = <Named>(named: readonly Named[], ticked: readonly Named[]): boolean =>
  named.every((each) => ticked.includes(each));

/** @param unlimited what has no limit @returns by field what must be ticked, and is not */
export function missingTicks(
  reach: readonly Reach[],
  unlimited: readonly CallLimits[],
  ticked: Pick<EndpointFields, "farReaching" | "unlimited">,
): FieldErrors {
  const fields: FieldErrors = {};
  if (!isConfirmed(reach, ticked.farReaching ?? []))
    fields.farReaching = `Whoever has the address may ${reachInWords(reach)}. Tick this if that is meant.`;
  if (!isConfirmed(unlimited, ticked.unlimited ?? []))
    fields.unlimited = "Each call is a row of the ledger. Tick this if no limit is meant, or write a number.";
  return fields;
}

/** The vendor's fields that an endpoint fills in from the caller. */
export const fieldFor = ({ fields }: Pick<Profile, "fields">, limits: "room" | "subject"): string =>
  fields.find((field) => field.kind === "id" && field.limits === limits)?.name ?? limits;

/** The room that a template says itself, where no endpoint of these settings may give tokens for it: it fixes none, or another. */
export function strangeRoomOf(
  profile: Profile,
  { given }: Pick<Template, "given">,
  { roomFrom, room }: { roomFrom: string; room: string | null },
): string | undefined {
  const own = idIn(given, fieldFor(profile, "room"));
  return own === "" || (roomFrom === "fixed" && own === room) ? undefined : own;
}

/** Whence the room of a call comes that gets a token: where the policy asks for one, none is for any. */
export const roomSourceUnder = (roomFrom: RoomSource, { require }: Pick<EffectivePolicy, "require">): RoomSource =>
  roomFrom === "optional" && require.includes("room") ? "required" : roomFrom;

export type Named = {
  /** Whom its tokens are for: whom the template says, or whom the caller must or may name. */
  subject: { own: string } | "required" | "optional";
  /** What its key's policy has each caller name beyond what the endpoint itself asks for: a call without it is refused. */
  asks: AskedByPolicy[];
};

export function namedBy(
  profile: Profile,
  template: Pick<Template, "given"> | undefined,
  policy: Pick<EffectivePolicy, "require">,
  roomFrom: RoomSource,
): Named {
  const own = template ? idIn(template.given, fieldFor(profile, "subject")) : "";
  const asked = policy.require.includes("subject") ? "required" : "optional";
  const subject = own === "" ? asked : { own };
  const asks: AskedByPolicy[] = [];
  if (roomSourceUnder(roomFrom, policy) !== roomFrom) asks.push("room");
  if (subject === "required") asks.push("subject");
  return { subject, asks };
}

type Shape = Pick<EndpointSettings, "keyId" | "template" | "purpose"> & { expiresIn: number };

/** The issue form as an endpoint fills it in. @param expiresIn seconds */
export function filledForm(
  profile: Profile,
  template: Template,
  { keyId, expiresIn, purpose }: Omit<Shape, "template">,
  { room, subject, jti }: { room: string; subject: string; jti: string },
): IssueTokenInput {
  const given = formOf(template.given);
  const roomField = fieldFor(profile, "room");
  const subjectField = fieldFor(profile, "subject");
  return {
    ...given,
    // What the template says itself nobody else says.
    [roomField]: given[roomField] || room,
    [subjectField]: given[subjectField] || subject,
    ...{ keyId, expiresIn: typedLifetime(expiresIn), template: template.id, purpose, jti },
  };
}

/** An endpoint may give less time than its template does. @param seconds what the endpoint gives */
export const shortened = (template: Template, seconds: number): Template => ({
  ...template,
  expiresIn: typedLifetime(seconds),
});

/** For how long its tokens are good, as its template and its key's policy are now: they may have come to allow less than it was saved with, and calls get that. */
export const givenSeconds = (
  ttlSeconds: number,
  template: Pick<Template, "expiresIn"> | undefined,
  { maxTtlSeconds }: Pick<EffectivePolicy, "maxTtlSeconds">,
): number => Math.min(ttlSeconds, secondsOf(template?.expiresIn ?? "") ?? ttlSeconds, maxTtlSeconds ?? ttlSeconds);

const SAMPLE = "sample";

export type Judged = {
  /** By field of the endpoint's form; empty when it may be. */
  errors: FieldErrors;
  reach: Reach[];
  /** Whether one joins with its tokens; what is refused says nothing of that. */
  joins: Ability["answer"];
};

/** @param key with the policy that holds for endpoints @param now seconds since 1970 */
export function judgeEndpoint(
  profile: Profile,
  key: KeyPolicy & { apiKey: string },
  settings: Pick<EndpointSettings, "keyId" | "template" | "expiresIn" | "roomFrom" | "room" | "purpose">,
  now: number,
): Judged {
  const template = key.templates.find(({ id }) => id === settings.template);
  if (!template) {
    const errors = { template: "There is no such template any more. Choose another." };
    return { errors, reach: [], joins: "unclear" };
  }
  const longest = Math.min(secondsOf(template.expiresIn) ?? 0, key.policy.maxTtlSeconds ?? Number.POSITIVE_INFINITY);
  const errors: FieldErrors = {};
  if (settings.expiresIn > longest)
    errors.expiresIn = `"${template.name}" and "${key.label}" allow at most ${lifetimeWords(longest)}. Choose a shorter lifetime.`;
  const seconds = Math.min(settings.expiresIn, longest);
  const rooms = { required: SAMPLE, optional: "", fixed: settings.room };
  const subject = key.policy.require.includes("subject") ? SAMPLE : "";
  const filled = filledForm(
    profile,
    template,
    { keyId: settings.keyId, expiresIn: seconds, purpose: settings.purpose },
    { room: rooms[settings.roomFrom], subject, jti: newJti() },
  );
  const roomField = fieldFor(profile, "room");
  const strange = strangeRoomOf(profile, template, settings);
  if (strange !== undefined)
    errors[settings.roomFrom === "fixed" ? "room" : "roomFrom"] =
      `"${template.name}" says the room itself: ${strange}. Fix that one, or choose another template.`;
  const own = (field: string) => {
    if (field === roomField) return settings.roomFrom === "fixed" ? "room" : "roomFrom";
    return ["keyId", "expiresIn", "purpose", "template"].includes(field) ? field : "template";
  };
  const parsed = issueTokenInput(profile).safeParse(filled);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) errors[own(path.join("."))] ??= message;
    return { errors, reach: [], joins: "unclear" };
  }
  const { claims, facts, refused } = prepare(
    profile,
    { ...key, templates: [shortened(template, seconds)] },
    parsed.data,
    now,
  );
  // Said on the overview, too, where no field stands beside it.
  const words: FieldErrors = {
    roomFrom: `"${key.label}" asks for a room: let the caller name it, or fix it.`,
    purpose: `"${key.label}" asks for a purpose. Write one.`,
    ...(refused.template
      ? { template: `"${key.label}" does not take "${template.name}". Choose another template.` }
      : {}),
  };
  for (const [field, message] of Object.entries(refused)) errors[own(field)] ??= words[own(field)] ?? message;
  const joins = profile.entry(claims, { at: now });
  return { errors, joins, reach: reachOf(joins, facts) };
}

/** What a new endpoint begins with: of the templates that the policy allows the first that reaches not far, whatever the team has put before it. @param now seconds since 1970 */
export function firstTemplate(
  profile: Profile,
  key: KeyPolicy & { apiKey: string },
  shape: Pick<EndpointSettings, "keyId" | "expiresIn">,
  now: number,
): Template | undefined {
  const allowed = key.templates.filter((template) => lockOfTemplate(profile, key.policy, template) === undefined);
  const small = allowed.find(({ id }) => {
    const settings = { ...shape, template: id, roomFrom: "required", room: "", purpose: "" } as const;
    return judgeEndpoint(profile, key, settings, now).reach.length === 0;
  });
  return small ?? allowed[0];
}

function reachOf(
  joins: Ability["answer"],
  { moderates, callsRest, room }: { moderates: boolean; callsRest: boolean; room: string | null },
) {
  const reach: Reach[] = [];
  if (moderates) reach.push("moderate");
  if (callsRest) reach.push("rest");
  if (room === null && joins !== "no") reach.push("any-room");
  return reach;
}
