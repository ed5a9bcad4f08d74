/** The table of what a VideoSDK token permits at an instant, in a room, as a participant. Assumes a right signature and an enabled API key; says "unclear" where VideoSDK documents nothing. */
import type { Ability, Claims, Situation } from "@/lib/profiles/profile";
import { type VendorErrorCode, vendorError } from "@/lib/profiles/videosdk/errors";
import { shorten } from "@/lib/profiles/videosdk/finding";
import { type Grants, type Limit, plausibleSeconds, type Refusal, readGrants } from "@/lib/profiles/videosdk/grants";
import { placeOf } from "@/lib/text/said";

type Answer = Pick<Ability, "answer" | "reason" | "instants" | "vendorError">;
type Other = "room" | "participant";

/** The families of the REST API at https://api.videosdk.live. Source: VideoSDK, "API reference", v2. */
const restFamilies = [
  ["rest-rooms", "rooms"],
  ["rest-sessions", "sessions"],
  ["rest-recordings", "recordings"],
  ["rest-hls", "HLS streams"],
  ["rest-rtmp", "RTMP livestreams"],
  ["rest-sip", "SIP calls"],
] as const;

/**
 * Twelve rows, always the same ids in the same order. `situation.at` is in seconds since 1970, by VideoSDK's clock;
 * a room or participant that is not given, or empty, is "any that the token permits".
 * Where several things are wrong, the first of these counts: permissions (4008), API key (4001), time (4002),
 * role (4024), participant id (4004), room (4022), participant (4023). That order is inferred, not documented.
 */
export function abilities(claims: Claims, situation: Situation): Ability[] {
  const grants = readGrants(claims);
  const room = situation.room || limitedTo(grants.room);
  const join = joinAnswer(grants, claims, situation);
  const rest = restAnswer(grants, claims, situation.at);
  const otherThanRoom = limitedTo(grants.room) ?? room;
  const otherThanParticipant = limitedTo(grants.participant) ?? situation.subject;
  return [
    { id: "join", label: `Join ${room ? `room ${shorten(room)}` : "any room"} directly`, ...join },
    {
      id: "join-other-room",
      label: otherThanRoom ? `Join a room other than ${shorten(otherThanRoom)}` : "Join another room",
      ...joinAnswer(grants, claims, situation, "room"),
    },
    {
      id: "join-other-participant",
      label: otherThanParticipant
        ? `Join as a participant other than ${shorten(otherThanParticipant)}`
        : "Join as another participant",
      ...joinAnswer(grants, claims, situation, "participant"),
    },
    { id: "admit", label: "Admit those who ask to join", ...admitAnswer(grants, join) },
    { id: "moderate", label: "Toggle others' webcam and microphone", ...moderateAnswer(grants, join) },
    ...restFamilies.map(([id, family]) => ({ id, label: `REST API: ${family}`, ...rest })),
    { id: "media", label: "Media by WHIP and WHEP", ...mediaAnswer(grants, claims, situation.at) },
  ];
}

function limitedTo(limit: Limit): string | undefined {
  return limit.kind === "one" ? limit.id : undefined;
}

function no(reason: string, code?: VendorErrorCode, instants?: readonly number[]): Answer {
  const error = code !== undefined && { vendorError: vendorError(code) };
  return { answer: "no", reason: sentence(reason), ...(instants && { instants }), ...error };
}

function sentence(reason: string): string {
  // A claim's name keeps its spelling; everything else begins as a sentence does.
  const named = /^(apikey|permissions|roles|roomId|participantId|exp|nbf|ask_join|allow_join)\b/.test(reason);
  return `${named ? reason : reason.charAt(0).toUpperCase() + reason.slice(1)}.`;
}

function joinAnswer(grants: Grants, claims: Claims, situation: Situation, other?: Other): Answer {
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

function refuseTime({ exp, nbf }: Claims, at: number): TimeRefusal | undefined {
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
function doubtBirth({ iat }: Claims, at: number): { reason: string; instants?: readonly number[] } | undefined {
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

function admitAnswer({ joins }: Grants, join: Answer): Answer {
  if (join.answer === "no" || join.answer === "unclear") return join;
  if (joins === "directly") return { answer: "yes", reason: "allow_join admits those who ask, once in the meeting." };
  return no("ask_join admits nobody: that takes allow_join");
}

function moderateAnswer({ moderates }: Grants, join: Answer): Answer {
  if (join.answer === "no" || join.answer === "unclear") return join;
  if (moderates) return { answer: "yes", reason: "allow_mod, once in the meeting." };
  return no("that takes allow_mod");
}

function restAnswer(grants: Grants, claims: Claims, at: number): Answer {
  // The numbers of a joining client are not those of the REST API, so no row of it carries one.
  if (grants.keyRefusal) return no(grants.keyRefusal.reason);
  if (refuseTime(claims, at)) return no('outside its time, REST calls answer "Token is invalid or expired"');
  if (grants.role === "rtc" && grants.scopeHeeded) return no("the role rtc is for meetings only");
  const doubt = grants.permissionRefusal?.reason ?? grants.doubts.find(({ rest }) => rest)?.reason;
  const unborn = doubt === undefined ? doubtBirth(claims, at) : undefined;
  if (unborn) return { answer: "unclear", ...unborn };
  if (doubt) {
    const whether = grants.permissionRefusal ? ", and whether the REST API minds is not documented" : "";
    return { answer: "unclear", reason: sentence(doubt + whether) };
  }
  if (grants.role === "crawler") {
    return { answer: "yes", reason: "The role crawler opens the REST API for every room of the account." };
  }
  if (grants.room.kind === "any") {
    return { answer: "yes", reason: "Without roles, the token is good for meetings and the REST API alike." };
  }
  return {
    answer: "yes",
    reason:
      "Without roles, the token is good for the REST API too; whether roomId limits REST calls is not documented.",
  };
}

function mediaAnswer(grants: Grants, claims: Claims, at: number): Answer {
  const likeRest = restAnswer({ ...grants, role: grants.role === "rtc" ? "any" : grants.role }, claims, at);
  if (likeRest.answer !== "yes") return likeRest;
  switch (grants.role) {
    case "crawler":
      return { answer: "yes", reason: "The role crawler also opens WHIP and WHEP, for every room of the account." };
    case "rtc":
      return { answer: "unclear", reason: "Whether WHIP and WHEP accept the role rtc is not documented." };
    default:
      return likeRest;
  }
}
