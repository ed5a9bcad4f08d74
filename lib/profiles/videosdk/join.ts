/** Whether somebody gets in with a VideoSDK token, and why not: at an instant, in a room, as a participant. Assumes a right signature and an enabled API key; says "unclear" where VideoSDK documents nothing. */
import type { Ability, Claims, Situation } from "@/lib/profiles/profile";
import { type VendorErrorCode, vendorError } from "@/lib/profiles/videosdk/errors";
import { type Grants, plausibleSeconds, type Refusal, readGrants } from "@/lib/profiles/videosdk/grants";
import { placeOf } from "@/lib/text/said";
import { shorten } from "@/lib/text/shorten";

export type Answer = Pick<Ability, "answer" | "reason" | "instants" | "vendorError">;
type Other = "room" | "participant";

export const entry = (claims: Claims, situation: Situation): Ability["answer"] =>
  joinAnswer(readGrants(claims), claims, situation).answer;

export function no(reason: string, code?: VendorErrorCode, instants?: readonly number[]): Answer {
  const error = code !== undefined && { vendorError: vendorError(code) };
  return { answer: "no", reason: sentence(reason), ...(instants && { instants }), ...error };
}

export function sentence(reason: string): string {
  // A claim's name keeps its spelling; everything else begins as a sentence does.
  const named = /^(apikey|permissions|roles|roomId|participantId|exp|nbf|ask_join|allow_join)\b/.test(reason);
  return `${named ? reason : reason.charAt(0).toUpperCase() + reason.slice(1)}.`;
}

export function joinAnswer(grants: Grants, claims: Claims, situation: Situation, other?: Other): Answer {
  const refusal: TimeRefusal | undefined =
    grants.permissionRefusal ??
    grants.keyRefusal ??
    refuseTime(claims, situation.at) ??
    grants.joinRefusal ??
    (other === "participant" ? undefined : refuseParticipantId(situation)) ??
    (grants.scopeHeeded ? refuseScope(grants, situation, other) : undefined);
  if (refusal) return no(refusal.reason, refusal.code, refusal.instants);
  const [doubt] = grants.doubts;
  if (doubt) return { answer: "unclear", reason: sentence(doubt.reason) };
  const unborn = doubtBirth(claims, situation.at);
  if (unborn) return { answer: "unclear", ...unborn };
  if (grants.joins === "asks") {
    return { answer: "asks-first", reason: "ask_join waits until a participant with allow_join admits." };
  }
  return { answer: "yes", reason: sentence(freedom(grants, other)) };
}

function freedom({ room, participant }: Grants, other: Other | undefined): string {
  if (other === "room") return "allow_join, and no roomId limits it";
  if (other === "participant") return "allow_join, and no participantId limits it";
  const limits = [room.kind === "one" && "this room", participant.kind === "one" && "this participant"].filter(Boolean);
  return limits.length > 0
    ? `allow_join, for ${limits.join(" and ")}`
    : "allow_join, and neither roomId nor participantId limits it";
}

type TimeRefusal = Refusal & { instants?: readonly number[] };

export function refuseTime({ exp, nbf }: Claims, at: number): TimeRefusal | undefined {
  if (typeof exp === "number" && at >= exp) {
    const { text, instants } = clock(exp);
    return { reason: `the token expired${text}, and VideoSDK checks that when joining`, code: 4002, ...instants };
  }
  if (typeof nbf === "number" && at < nbf) {
    const { text, instants } = clock(nbf);
    return { reason: `the token is not valid before nbf${text}`, code: 4002, ...instants };
  }
  return undefined;
}

/** No token does anything before it is made; one that says so all the same was made by a clock that is fast. */
export function doubtBirth({ iat }: Claims, at: number): { reason: string; instants?: readonly number[] } | undefined {
  if (!plausibleSeconds(iat) || at >= iat) return undefined;
  const { text, instants } = clock(iat);
  const reason = `the token did not exist yet: iat is later${text}, and what VideoSDK makes of that is not documented`;
  return { reason: sentence(reason), ...instants };
}

function clock(epochSeconds: number): { text: string; instants?: { instants: number[] } } {
  if (!plausibleSeconds(epochSeconds)) return { text: "" };
  const instants: number[] = [];
  return { text: ` (${placeOf(epochSeconds, instants)})`, instants: { instants } };
}

function refuseParticipantId({ subject }: Situation): Refusal | undefined {
  if (!subject || !/\s/.test(subject)) return undefined;
  return { reason: "the participant id contains white space", code: 4004 };
}

function refuseScope({ room, participant }: Grants, situation: Situation, other?: Other): Refusal | undefined {
  if (room.kind === "one" && (other === "room" || (situation.room && situation.room !== room.id))) {
    return { reason: `the token is limited to room ${shorten(room.id)}`, code: 4022 };
  }
  if (
    participant.kind === "one" &&
    (other === "participant" || (situation.subject && situation.subject !== participant.id))
  ) {
    return { reason: `the token is limited to participant ${shorten(participant.id)}`, code: 4023 };
  }
  return undefined;
}
