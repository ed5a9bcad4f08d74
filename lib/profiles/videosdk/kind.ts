/** What kind of VideoSDK token a payload makes, in a word or two, for lists. Takes any JSON. */
import type { Claims } from "@/lib/profiles/profile";
import { facts } from "@/lib/profiles/videosdk/facts";
import { readGrants } from "@/lib/profiles/videosdk/grants";

export function kindOf(claims: Claims): string {
  const { joins, role, joinRefusal, permissionRefusal, keyRefusal } = readGrants(claims);
  const { moderates, callsRest } = facts(claims);
  if (keyRefusal || permissionRefusal) return "Refused by VideoSDK";
  if (role === "crawler" || (joinRefusal && callsRest)) return "REST API";
  const who = moderates ? "Moderator" : joins === "asks" ? "Guest" : "Participant";
  return callsRest ? `${who} + REST` : who;
}
