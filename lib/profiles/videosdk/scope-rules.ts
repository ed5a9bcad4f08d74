/** The rules of `roomId` and `participantId`, the claims that limit a VideoSDK token. A room id of unusual form is questioned, never refused: custom ids exist. */
import type { Finding } from "@/lib/jwt/finding";
import { formatPath } from "@/lib/jwt/path";
import type { Claims } from "@/lib/profiles/profile";
import { hasClaim } from "@/lib/profiles/videosdk/claims";
import { quote, ruleFinding } from "@/lib/profiles/videosdk/finding";

/** What VideoSDK makes; custom ids exist. */
export const usualRoomId = /^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/;

/** `roomId`: a string; findings where it is empty, has white space, or does not look like `2kyv-gzay-64pg`. */
export function roomRules(claims: Claims): Finding[] {
  if (!hasClaim(claims, "roomId")) return [];
  const path = formatPath("payload", ["roomId"]);
  const value = claims.roomId;
  if (typeof value !== "string") {
    const message = `roomId is ${quote(value)}, but must be a string, so it fits no room.`;
    const remedy = "Write the room ID as a string, or remove roomId to permit every room.";
    return [ruleFinding("error", "room-id-not-a-string", path, { message, remedy, vendor: 4022 })];
  }
  if (value === "") {
    const message = "roomId is empty: whether that means every room or none is not documented.";
    const remedy = "Remove roomId to permit every room, or name one.";
    return [ruleFinding("warning", "room-id-empty", path, { message, remedy })];
  }
  if (/\s/.test(value)) {
    const message = `roomId ${quote(value)} contains white space, so it will hardly fit the room that was meant.`;
    const remedy = "Write the room ID as VideoSDK gave it.";
    return [ruleFinding("warning", "room-id-white-space", path, { message, remedy })];
  }
  if (!usualRoomId.test(value)) {
    const message = `roomId ${quote(value)} does not look like VideoSDK's own ids, such as 2kyv-gzay-64pg.`;
    const remedy = "Check it, unless the room was created with a custom id.";
    return [ruleFinding("warning", "room-id-unusual", path, { message, remedy })];
  }
  return [];
}

/** `participantId`: a string that is neither empty nor contains white space (VideoSDK error 4004). */
export function participantRules(claims: Claims): Finding[] {
  if (!hasClaim(claims, "participantId")) return [];
  const path = formatPath("payload", ["participantId"]);
  const value = claims.participantId;
  const remedy = "Write an id without white space, or remove participantId to permit every participant.";
  if (typeof value !== "string") {
    const message = `participantId is ${quote(value)}, but must be a string, so it fits no participant.`;
    const remedy = "Write the id as a string, or remove participantId to permit every participant.";
    return [ruleFinding("error", "participant-id-not-a-string", path, { message, remedy, vendor: 4004 })];
  }
  if (value === "") {
    const message = "participantId is empty, and VideoSDK refuses an empty one.";
    return [ruleFinding("error", "participant-id-empty", path, { message, remedy, vendor: 4004 })];
  }
  if (/\s/.test(value)) {
    const message = `participantId ${quote(value)} contains white space, which VideoSDK refuses.`;
    return [ruleFinding("error", "participant-id-white-space", path, { message, remedy, vendor: 4004 })];
  }
  return [];
}
