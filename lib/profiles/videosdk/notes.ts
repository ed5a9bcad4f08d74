/** A few words on each claim of a VideoSDK payload as it stands: "joins, moderates", "this room only". Says nothing of what it cannot read; the rules do. */
import type { Claims } from "@/lib/profiles/profile";
import { hasClaim, scopedClaims } from "@/lib/profiles/videosdk/claims";
import { readGrants } from "@/lib/profiles/videosdk/grants";

export function notesOf(claims: Claims): Record<string, string> {
  const { joins, moderates, role, room, participant, permissionRefusal } = readGrants(claims);
  const scoped = scopedClaims.filter((name) => hasClaim(claims, name));
  const notes: Record<string, string | undefined> = {
    permissions: permissionRefusal
      ? undefined
      : [{ directly: "joins", asks: "asks to join", never: "no joining" }[joins], moderates && "moderates"]
          .filter(Boolean)
          .join(", "),
    version: scoped.length > 0 ? `for ${scoped.length === 1 ? scoped[0] : `${scoped.length} claims`}` : undefined,
    roomId: room.kind === "one" ? "this room only" : undefined,
    participantId: participant.kind === "one" ? "only as this one" : undefined,
    roles: role === "rtc" ? "meeting only" : role === "crawler" ? "REST API only" : undefined,
  };
  return Object.fromEntries(Object.entries(notes).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
