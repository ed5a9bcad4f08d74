/** Gives a token to whoever calls an endpoint: of its key and template, for the room and the participant that the caller may name, within its limits, and never without its record. */
import { randomUUID } from "node:crypto";
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { dayOf } from "@/lib/audit/day";
import type { Endpoint } from "@/lib/auth/actor";
import { addressKey } from "@/lib/auth/address-key";
import { authorize } from "@/lib/auth/authorize";
import { beginAt, type CallLimit, countCall, latestDay } from "@/lib/auth/call-limits";
import { recordFlood } from "@/lib/auth/record-flood";
import { ThrottledError } from "@/lib/auth/throttled-error";
import { now as clock } from "@/lib/clock";
import { fieldsOfVendor, issueTokenInput, type ParsedIssueInput } from "@/lib/composer/schema";
import { AppError, isAppError } from "@/lib/errors";
import type { IssuingKey } from "@/lib/keys/open-secrets";
import { effective } from "@/lib/keys/policy";
import { parseInput } from "@/lib/parse-input";
import { NAMES_NONE_SAID } from "@/lib/plain-text";
import { processWide } from "@/lib/process-wide";
import { idIn } from "@/lib/profiles/given";
import type { Profile, Template } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { findTemplateInForce } from "@/lib/templates/in-force";
import { counted } from "@/lib/text/counted";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import { issueForm } from "@/lib/tokens/issue-form";
import { NOT_ISSUED, openIssuingKey } from "@/lib/tokens/issuing-key";
import { recordRefusal } from "@/lib/tokens/record-refusal";
import * as z from "@/lib/zod";
import { countRefused } from "./count-refused";
import { countedOn, type FoundEndpoint } from "./find";
import {
  fieldFor,
  filledForm,
  givenSeconds,
  isConfirmed,
  judgeEndpoint,
  roomSourceUnder,
  shortened,
  strangeRoomOf,
} from "./judge";
import { limitOf, limitSaid, type Refused } from "./refused";
import { readReach, readRoomSource } from "./row";
import { CallInput, type CallLimits, type Reach } from "./schema";

const MINUTE = 60;
const DAY = 86_400;

/** `token`: shown once and never stored. `isForAnyone`: it names no participant. */
type GivenToken = { token: string; isForAnyone: boolean };

/**
 * @param input the room and the participant that the caller names: texts
 * @throws AppError `not_found`, `invalid` by field (`room`, `subject`), `conflict` or `throttled`; any other error too means that nothing was issued
 */
export async function giveToken(actor: Endpoint, endpoint: FoundEndpoint, input: unknown): Promise<GivenToken> {
  await authorize(actor, "token.issue");
  try {
    if (endpoint.state !== "active") {
      const [reason, said] = still[endpoint.state];
      throw new AppError("not_found", said, { reason });
    }
    await countAgainstLimits(actor, endpoint);
    return await give(actor, endpoint, input);
  } catch (error) {
    countRefused(endpoint.id, reasonOf(error));
    throw error;
  }
}

const still = {
  off: ["switched off", "This endpoint is switched off."],
  ended: ["ended", "This endpoint was ended."],
  over: ["over", "This endpoint's time is over."],
  "without owner": ["without owner", "This endpoint stands still until somebody of the team answers for it."],
} as const satisfies Record<Exclude<FoundEndpoint["state"], "active">, [reason: Refused, said: string]>;

/** Those that the refusal itself names. */
const namedReasons = ["switched off", "ended", "over", "without owner", "template"] as const satisfies Refused[];

function reasonOf(error: unknown): Refused {
  if (!isAppError(error)) return "failed";
  const { code, extra } = error;
  // Switched off or ended while it was asked.
  if (code === "unauthenticated") return "off";
  const limit = limitOf(extra.reason);
  if (limit) return limit.reason;
  const known = namedReasons.find((reason) => reason === extra.reason);
  if (known) return known;
  return extra.fields && ("room" in extra.fields || "subject" in extra.fields) ? "asked" : "key";
}

async function give(actor: Endpoint, endpoint: FoundEndpoint, input: unknown): Promise<GivenToken> {
  const named = parseInput(CallInput, input, "Nothing was issued.");
  const asked = { room: named.room ?? "", subject: named.subject ?? "" };
  await authorize(actor, "token.issue", { keyId: endpoint.keyId });
  const { key, secret } = await openIssuingKey(endpoint.keyId);
  const profile = profileOf(key.profile);
  const template = await findTemplateInForce(profile, endpoint.templateId);
  if (!template) throw new AppError("conflict", "The template of this endpoint is no more.", { reason: "template" });
  const seconds = givenSeconds(endpoint.ttlSeconds, template, key.policy);
  const room = roomFor(endpoint, asked.room.trim());
  const own = idIn(template.given, fieldFor(profile, "subject"));
  confirmSubject(own, asked.subject.trim());
  confirmNoneEmpty({
    ...(endpoint.roomFrom === "optional" ? { room: named.room } : {}),
    ...(own === "" ? { subject: named.subject } : {}),
  });
  const jti = randomUUID();
  try {
    const { form: own, reach } = formOf(profile, key, template, endpoint, seconds);
    // A template is the team's to change: what it came to allow since nobody has put behind this address.
    if (!isConfirmed(reach, readReach(endpoint.confirmedReach)))
      throw new AppError("conflict", "The template reaches further than was confirmed.", { reason: "template" });
    if (strangeRoomOf(profile, template, endpoint) !== undefined)
      throw new AppError("conflict", "The template says another room itself.", { reason: "template" });
    const ids = idsOf(profile, template, room, asked.subject);
    const form = Object.assign({}, own, ids, { jti });
    // All else is the endpoint's own, and was looked at when it was made.
    const texts = { [fieldFor(profile, "room")]: asked.room, [fieldFor(profile, "subject")]: asked.subject };
    await confirmNoSecret(texts, { told: NOT_ISSUED });
    const issued = await issueForm(actor, { key, secret, profile, template: shortened(template, seconds), form });
    return { token: issued.token, isForAnyone: ids[fieldFor(profile, "subject")] === "" };
  } catch (error) {
    if (!isAppError(error) || error.code === "unauthenticated") throw error;
    await recordRefusal(actor, { keyId: key.id }, error);
    throw inCallersWords(profile, error, { room, subject: asked.subject });
  }
}

/** All of a call's form but who it is for, which is the same for every call, and how far its tokens reach. */
type Own = { form: ParsedIssueInput; reach: Reach[] };

/** Read once for each version of endpoint and template. */
function formOf(profile: Profile, key: IssuingKey, template: Template, endpoint: FoundEndpoint, seconds: number): Own {
  const forms = processWide("forms of endpoints", () => new Map<string, { mark: string; own: Own }>());
  const policy = effective(key.policy, { kind: "endpoint" });
  const roomFrom = roomSourceUnder(readRoomSource(endpoint.roomFrom), policy);
  const mark = [endpoint.version, template.id, template.version, seconds, roomFrom].join(" ");
  const kept = forms.get(endpoint.id);
  if (kept?.mark === mark) return kept.own;
  const { keyId, purpose, room } = endpoint;
  const shape = { keyId, expiresIn: seconds, purpose };
  const filled = filledForm(profile, template, shape, { room: "", subject: "", jti: randomUUID() });
  const form = parseInput(issueTokenInput(profile), filled);
  const settings = { ...shape, template: template.id, roomFrom, room: room ?? "" };
  const offered = { ...key, policy, templates: [template] };
  const { reach } = judgeEndpoint(profile, offered, settings, wholeEpochSeconds(clock()));
  forms.set(endpoint.id, { mark, own: { form, reach } });
  return { form, reach };
}

const idSchemas = new WeakMap<Profile, z.ZodType<Record<string, string>>>();

/** Whom it is for, and where. What the template says itself nobody else says. @throws AppError `invalid` by the vendor's field */
function idsOf(profile: Profile, { given }: Template, room: string, subject: string): Record<string, string> {
  const names = { [fieldFor(profile, "room")]: room, [fieldFor(profile, "subject")]: subject };
  const made = () => {
    const own = fieldsOfVendor(profile);
    // Each of the two is a text, as the profile declares it.
    return z.object(Object.fromEntries(Object.keys(names).map((name) => [name, own[name] ?? z.string()]))) as z.ZodType<
      Record<string, string>
    >;
  };
  const schema = idSchemas.get(profile) ?? made();
  idSchemas.set(profile, schema);
  return parseInput(
    schema,
    Object.fromEntries(Object.entries(names).map(([name, asked]) => [name, idIn(given, name) || asked])),
  );
}

/** @throws AppError `invalid` */
function roomFor({ roomFrom, room }: FoundEndpoint, asked: string): string {
  const refuse = (message: string) =>
    new AppError("invalid", `Nothing was issued: ${message}`, { fields: { room: message } });
  if (roomFrom === "fixed") {
    if (asked !== "" && asked !== room)
      throw refuse("This endpoint gives tokens for one room only, and it is another.");
    return room ?? "";
  }
  if (roomFrom === "required" && asked === "") throw refuse("Name the room.");
  return asked;
}

/** @param own whom the template says @throws AppError `invalid` where the caller names another */
function confirmSubject(own: string, asked: string): void {
  if (own === "" || asked === "" || asked === own) return;
  const message = "This endpoint gives tokens for one participant only, and it is another.";
  throw new AppError("invalid", `Nothing was issued: ${message}`, { fields: { subject: message } });
}

/** A variable that was never set would widen what was meant to be narrow. @throws AppError `invalid` */
function confirmNoneEmpty(named: { room?: string | undefined; subject?: string | undefined }): void {
  const empty = Object.entries(named).filter(([, text]) => text?.trim() === "");
  if (empty.length === 0) return;
  throw new AppError("invalid", "Nothing was issued.", {
    fields: Object.fromEntries(empty.map(([limits]) => [limits, NAMES_NONE_SAID])),
  });
}

/** By what the caller has sent; what the key, the template or the policy refuses is none of their business in detail. */
function inCallersWords(profile: Profile, error: AppError, named: { room: string; subject: string }): AppError {
  const { fields = {}, reason } = error.extra;
  // Who asks for it is none of their business either.
  const said = (limits: "room" | "subject", missing: string) => {
    const message = fields[fieldFor(profile, limits)];
    return message === undefined || named[limits].trim() !== "" ? message : missing;
  };
  const room = said("room", "Name the room.");
  const subject = said("subject", "Name the participant.");
  if (room === undefined && subject === undefined)
    return new AppError(
      "conflict",
      "Nothing was issued: the key or its policy does not allow what this endpoint gives. Ask whoever made it.",
      reason === undefined ? {} : { reason },
    );
  return new AppError("invalid", "Nothing was issued.", {
    fields: { ...(room === undefined ? {} : { room }), ...(subject === undefined ? {} : { subject }) },
  });
}

/** @throws ThrottledError */
async function countAgainstLimits(actor: Endpoint, endpoint: FoundEndpoint): Promise<void> {
  const { id, perMinute, perMinuteFromAddress, perDay } = endpoint;
  const limits: CallLimit[] = [];
  const address = addressKey(actor.origin.address);
  const add = (limit: CallLimits, key: string, most: number | null, seconds: number) => {
    if (most !== null) limits.push({ name: limitSaid[limit].reason, key, most, seconds });
  };
  add("perMinuteFromAddress", `${id} ${address}`, perMinuteFromAddress, MINUTE);
  add("perMinute", id, perMinute, MINUTE);
  const day = latestDay(dayOf(clock()));
  add("perDay", `${id} ${day}`, perDay, DAY);
  const daily = perDay === null ? undefined : limits.at(-1);
  // A restart forgets what was counted: what the day has had so far, the database knows.
  if (daily) await beginAt(daily, () => countedOn(id, day), DAY - Math.floor((clock().getTime() / 1000) % DAY));
  const exceeded = (await countCall(limits)).find((count) => count.exceeded);
  if (!exceeded) return;
  const { name, most } = exceeded.limit;
  await recordFlood(actor, `calls of the endpoint ${name}`, exceeded.limit);
  throw new ThrottledError(
    exceeded.reset,
    name,
    `This endpoint answers ${[counted(most, "call"), limitOf(name)?.words].filter(Boolean).join(" ")}.`,
  );
}
