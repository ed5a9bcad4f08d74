/** The facts of a VideoSDK payload that the ledger is searched by. Takes any JSON; what VideoSDK does not document counts as permitted, so that a search for the dangerous misses none. */
import type { Claims, Facts } from "@/lib/profiles/profile";
import { type Limit, readGrants } from "@/lib/profiles/videosdk/grants";

export function facts(claims: Claims): Facts {
  const { room, participant, moderates, role, scopeHeeded, ...refusals } = readGrants(claims);
  const { keyRefusal, permissionRefusal, joinRefusal } = refusals;
  return {
    room: limitedTo(room),
    subject: limitedTo(participant),
    moderates: moderates && !keyRefusal && !permissionRefusal && !joinRefusal,
    callsRest: !keyRefusal && !(role === "rtc" && scopeHeeded),
  };
}

function limitedTo(limit: Limit): string | null {
  return limit.kind === "one" ? limit.id : null;
}
