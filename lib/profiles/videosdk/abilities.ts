/** The table of what a VideoSDK token permits at an instant, in a room, as a participant. Assumes a right signature and an enabled API key; says "unclear" where VideoSDK documents nothing. */
import type { Ability, Claims, Situation } from "@/lib/profiles/profile";
import { type Grants, type Limit, readGrants } from "@/lib/profiles/videosdk/grants";
import { type Answer, doubtBirth, joinAnswer, no, refuseTime, sentence } from "@/lib/profiles/videosdk/join";
import { shorten } from "@/lib/text/shorten";

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
