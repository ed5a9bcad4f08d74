/** What the form of a token endpoint holds, and what is refused in it. Browser-safe, used by form and verb alike; what speaks against it together with its key and template says judge.ts. */
import { boundedList } from "@/lib/bounded-list";
import { plainId, plainText } from "@/lib/plain-text";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import { optionalCountField } from "@/lib/text/count-field";
import { durationField } from "@/lib/text/duration-field";
import { futureInstantField } from "@/lib/text/instant-field";
import { LONGEST_ID } from "@/lib/text/longest-id";
import * as z from "@/lib/zod";

/** Whence the room of its tokens comes. `optional`: from the caller, or none, which is any. */
export const roomSources = ["required", "optional", "fixed"] as const;
export type RoomSource = (typeof roomSources)[number];

/** What asks for a tick, and stands on the overview: power over others, the vendor's HTTP API, any room. */
export const reaches = ["moderate", "rest", "any-room"] as const;
export type Reach = (typeof reaches)[number];

/** What each bounds its calls by; one without a number asks for a tick. */
export const callLimits = ["perMinute", "perMinuteFromAddress", "perDay"] as const;
export type CallLimits = (typeof callLimits)[number];

const MOST_ORIGINS = 20;
/** Every page. */
export const ANY_ORIGIN = "*";

/** @returns an origin as browsers write it; undefined for what is none */
function originIn(text: string): string | undefined {
  if (text === ANY_ORIGIN) return text;
  // No browser sends one with a wildcard in it.
  if (!/^https?:\/\/[^*]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const { origin, pathname, search, hash, username } = new URL(text);
  return pathname === "/" && search === "" && hash === "" && username === "" ? origin : undefined;
}

const originsField = z
  .string()
  .max(4_000, "That is longer than a list of origins.")
  .transform((text, context): string[] => {
    const lines = text.split(/[\s,]+/).filter(Boolean);
    const origins = lines.map(originIn);
    const wrong = lines.find((_, index) => origins[index] === undefined);
    if (wrong !== undefined)
      context.addIssue({
        code: "custom",
        message: `"${wrong.slice(0, 60)}" is no origin. Write scheme, host and port, such as https://app.example.com or http://localhost:3000.`,
      });
    else if (lines.length > MOST_ORIGINS)
      context.addIssue({ code: "custom", message: `Name at most ${MOST_ORIGINS} origins.` });
    return [...new Set(origins.filter((origin) => origin !== undefined))];
  });

const fields = {
  name: plainText()
    .min(1, "Give it a name, such as Demo app.")
    .max(60, "Use at most 60 characters.")
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID),
  keyId: z.string().min(1, "Choose the key to sign with.").max(40, "Choose the key to sign with."),
  template: z.string().min(1, "Choose a template.").max(64, "There is no such template."),
  /** Of its tokens; a duration, at most the template's. */
  expiresIn: durationField,
  roomFrom: z.enum(roomSources, "Choose where the room comes from."),
  /** The fixed one. */
  room: plainId()
    .max(LONGEST_ID, `Use a room ID of at most ${LONGEST_ID} characters.`)
    .refine(holdsNoSecret, LIKE_A_SECRET_SAID)
    .default(""),
  /** One a line; pages of no other may read an answer. */
  origins: originsField,
  /** Calls; empty: no limit. */
  perMinute: optionalCountField,
  perMinuteFromAddress: optionalCountField,
  perDay: optionalCountField,
  /** Of each of its tokens. */
  purpose: plainText().max(200, "Use at most 200 characters.").refine(holdsNoSecret, LIKE_A_SECRET_SAID).default(""),
  /** An instant in UTC; empty: never. */
  endsAt: futureInstantField,
  /** Confirms that its tokens reach so far. */
  farReaching: boundedList(z.array(z.enum(reaches)), reaches.length, "Tick each once.").default([]),
  /** Confirms that these have no limit. */
  unlimited: boundedList(z.array(z.enum(callLimits)), callLimits.length, "Tick each once.").default([]),
};

const whole = z.object(fields).refine(({ roomFrom, room }) => roomFrom !== "fixed" || room !== "", {
  path: ["room"],
  message: "Name the room.",
  // Also beside what is wrong in other fields: told of it at the next attempt, one would have to look again.
  when: ({ value }) => typeof value === "object" && value !== null,
});

/** What stands in the room's field while that is not shown is kept there, and is no part of the endpoint. @param form of whoever asks: it may be anything */
function withoutUnaskedRoom(form: EndpointFields): unknown {
  const { roomFrom } = Object(form);
  return roomFrom === undefined || roomFrom === "fixed" ? form : { ...form, room: "" };
}

export const EndpointForm = z.preprocess(withoutUnaskedRoom, whole);
export type EndpointFields = z.input<typeof whole>;
export type EndpointSettings = z.output<typeof whole>;

export const EndpointInput = z.object({ endpointId: z.string().min(1).max(40) });

/** Of what is not to be done over what somebody else did meanwhile. */
export const SeenEndpointInput = EndpointInput.extend({
  /** What was seen of it. */
  version: z.number().int().positive(),
});

export const SetEndpointStatusInput = EndpointInput.extend({ disabled: z.boolean() });

const calledId = z
  .string()
  .max(4 * LONGEST_ID, `Use at most ${LONGEST_ID} characters.`)
  .optional();

/** What a caller may name. */
export const CallInput = z.strictObject({ room: calledId, subject: calledId });

export const MOST_ENDPOINTS = 200;
/** Of those that have ended so many are listed, the newest. */
export const MOST_ENDED = 50;
