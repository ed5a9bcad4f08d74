/** What the claims of a token that VideoSDK refuses were meant to be, in the fields of the issue form. Grants less rather than more where two readings are possible. */
import { mend } from "@/lib/profiles/mend";
import type { Choice, Claims, Mended } from "@/lib/profiles/profile";
import { permissions, roles } from "@/lib/profiles/videosdk/claims";

const valuesOf = (choices: readonly Choice[]) => choices.map(({ value }) => value);

export function repair(claims: Claims): Mended {
  const mending = mend(claims);
  const given = {
    permissions: mending.names("permissions", valuesOf(permissions), ["permission"], "ask_join"),
    roles: mending.names("roles", valuesOf(roles), ["role"]),
    roomId: mending.id("roomId", ["room", "meetingId"]),
    participantId: mending.id("participantId", ["participant"]),
  };
  const apiKey = mending.key("apikey");
  if (given.roomId || given.participantId || given.roles.length > 0) mending.set("version", 2);
  return mending.done(apiKey, given);
}
