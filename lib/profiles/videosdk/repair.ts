/** What the claims of a token that VideoSDK refuses were meant to be, in the fields of the issue form. Grants less rather than more where two readings are possible. */
import { namesIn } from "@/lib/profiles/given";
import { mend } from "@/lib/profiles/mend";
import type { Choice, Claims, Given, Mended, Power } from "@/lib/profiles/profile";
import { permissions, roles } from "@/lib/profiles/videosdk/claims";

const valuesOf = (choices: readonly Choice[]) => choices.map(({ value }) => value);

export function repair(claims: Claims): Mended {
  const mending = mend(claims);
  const given = {
    permissions: mending.names("permissions", valuesOf(permissions), {
      ...{ aliases: ["permission"], alone: "ask_join", isRequired: true },
    }),
    roles: mending.names("roles", valuesOf(roles), { aliases: ["role"] }),
    roomId: mending.id("roomId", ["room", "meetingId"]),
    participantId: mending.id("participantId", ["participant"]),
  };
  const apiKey = mending.key("apikey");
  if (given.roomId || given.participantId || given.roles.length > 0) mending.set("version", 2);
  return mending.done(apiKey, given);
}

export function powers(given: Given): Power[] {
  const [permits, named] = [namesIn(given, "permissions"), namesIn(given, "roles")];
  const found: Power[] = [];
  if (permits.includes("allow_mod"))
    found.push({
      label: "Moderation: `allow_mod`",
      field: "permissions",
      without: permits.filter((name) => name !== "allow_mod"),
    });
  if (named.includes("crawler") || !named.includes("rtc"))
    found.push({ label: "The REST API of the whole account: no `rtc`", field: "roles", without: ["rtc"] });
  return found;
}
