/** Says in a sentence or two what the holder of a VideoSDK token may do, and until when; of one that has expired, what they could. Assumes a right signature; claims nothing that is not documented. */
import { isEndless } from "@/lib/jwt/endless";
import type { Claims, RuleContext, SentencePart } from "@/lib/profiles/profile";
import { hasClaim } from "@/lib/profiles/videosdk/claims";
import { vendorErrors } from "@/lib/profiles/videosdk/errors";
import { type Grants, plausibleSeconds, type Refusal, readGrants } from "@/lib/profiles/videosdk/grants";
import { LONGEST_ID } from "@/lib/text/longest-id";
import { shorten } from "@/lib/text/shorten";

/**
 * The sentence, in parts that join without further spaces. Ids that no form takes are shortened. A `time` part stands
 * only for an `exp` (and an `nbf` still to come) that is a plausible number of seconds.
 */
export function describe(claims: Claims, { now }: RuleContext): SentencePart[] {
  const grants = readGrants(claims);
  const { keyRefusal, permissionRefusal, joinRefusal, role, doubts } = grants;
  if (keyRefusal) return [...cannotJoin(keyRefusal), text(" The REST API refuses it too.")];
  if (role === "crawler" && joinRefusal?.code === 4024 && !permissionRefusal) {
    const doubt = doubts.find(({ rest }) => rest);
    return [
      text(`${holderMay(claims, now)} call the REST API of this account, and use WHIP and WHEP media`),
      ...lifetime(claims, now),
      text(`. It cannot join a meeting.${doubt ? unclear(doubt.reason) : ""}`),
      ...expired(claims, now),
    ];
  }
  const refusal = permissionRefusal ?? joinRefusal;
  if (refusal) return [...cannotJoin(refusal), ...restAlone(grants, claims, now)];
  return [
    text(`${holderMay(claims, now, doubts.length > 0 ? "By its permissions, w" : "W")} `),
    ...joining(grants),
    ...lifetime(claims, now),
    text("."),
    ...restBeside(grants, may(claims, now)),
    ...expired(claims, now),
  ];
}

const isOver = ({ exp }: Claims, now: number) => plausibleSeconds(exp) && exp <= now;

/** "may" of what is over would be untrue. */
const may = (claims: Claims, now: number) => (isOver(claims, now) ? "could" : "may");

const holderMay = (claims: Claims, now: number, beginning = "W") =>
  `${beginning}hoever ${isOver(claims, now) ? "held" : "holds"} this token ${may(claims, now)}`;

function text(words: string): SentencePart {
  return { kind: "text", text: words };
}

function code(id: string): SentencePart {
  return { kind: "code", text: shorten(id, LONGEST_ID) };
}

function unclear(reason: string): string {
  return ` Whether VideoSDK goes by that is unclear: ${reason}.`;
}

function cannotJoin({ reason, code: vendor }: Refusal): SentencePart[] {
  const error = vendor === undefined ? "" : ` (${vendor} ${vendorErrors[vendor].name})`;
  return [
    text("Nobody can "),
    { kind: "strong", text: "join" },
    text(` a meeting with this token: ${reason}${error}.`),
  ];
}

function joining({ joins, moderates, room, participant }: Grants): SentencePart[] {
  const where =
    room.kind === "one" ? [text("room "), code(room.id)] : [text(room.kind === "any" ? "any room" : "a room")];
  const how: SentencePart[] =
    joins === "directly"
      ? [text("join "), ...where, text(" "), { kind: "strong", text: "directly" }]
      : [{ kind: "strong", text: "ask to join" }, text(" "), ...where];
  const also = moderates
    ? ", admit those who ask, and toggle other participants' webcam and microphone"
    : ", and admit those who ask";
  return [
    ...how,
    ...(joins === "directly" ? [text(also)] : []),
    ...(participant.kind === "one" ? [text(", as participant "), code(participant.id)] : []),
    ...(participant.kind === "any" ? [text(", as any participant")] : []),
  ];
}

function lifetime(claims: Claims, now: number): SentencePart[] {
  const { exp, nbf } = claims;
  const from: SentencePart[] =
    plausibleSeconds(nbf) && nbf > now ? [text(", from "), { kind: "time", epochSeconds: nbf }] : [];
  const join = from.length > 0 ? " " : ", ";
  if (!hasClaim(claims, "exp")) return [...from, text(`${join}for ever`)];
  if (!plausibleSeconds(exp)) return [...from, text(`${join}until a time that exp does not state in seconds`)];
  if (isEndless(exp, now)) return [...from, text(`${join}practically for ever`)];
  return [...from, text(`${join}until `), { kind: "time", epochSeconds: exp }];
}

function expired(claims: Claims, now: number): SentencePart[] {
  return isOver(claims, now) ? [text(" It has expired: VideoSDK no longer accepts it.")] : [];
}

function restBeside({ role, doubts }: Grants, itMay: string): SentencePart[] {
  const rest =
    role === "rtc"
      ? " It cannot call the REST API."
      : role === "any"
        ? ` It ${itMay} also call the REST API of this account.`
        : "";
  const [doubt] = doubts;
  // Where a doubt concerns the REST API too, a plain "may also" would contradict it.
  return [text(doubt ? (doubt.rest ? "" : rest) + unclear(doubt.reason) : rest)];
}

function restAlone({ role, doubts, permissionRefusal }: Grants, claims: Claims, now: number): SentencePart[] {
  const doubt = doubts.find(({ rest }) => rest);
  if (role === "rtc" && !doubt) return [text(" It cannot call the REST API either.")];
  if (permissionRefusal || doubt) return [text(" Whether the REST API accepts it is not documented.")];
  return [
    text(` It ${may(claims, now)} call the REST API of this account`),
    ...lifetime(claims, now),
    text("."),
    ...expired(claims, now),
  ];
}
