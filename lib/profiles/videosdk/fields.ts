/** VideoSDK's own fields of the issue form: which there are, what each offers, and in which order. A new claim of the form is declared here and signed in claims.ts. */
import type { FormField } from "@/lib/profiles/profile";
import { permissions, roles } from "@/lib/profiles/videosdk/claims";
import { usualRoomId } from "@/lib/profiles/videosdk/scope-rules";

export const fields: readonly FormField[] = [
  {
    ...{ kind: "id", limits: "room", name: "roomId", label: "Room ID", empty: "any room", usual: usualRoomId },
    also: ["meetingId"],
  },
  { kind: "id", limits: "subject", name: "participantId", label: "Participant ID", empty: "anyone" },
  {
    kind: "names",
    limits: "permissions",
    name: "permissions",
    one: "permission",
    label: "Permissions",
    heading: "May",
    choices: permissions,
  },
  {
    kind: "names",
    limits: "roles",
    name: "roles",
    one: "role",
    label: "Roles",
    heading: "Good for",
    choices: roles,
    // What both names together mean is not documented, so that is no way.
    ways: [
      { names: ["rtc"], label: "Meeting only", help: "Cannot call the REST API" },
      { names: ["crawler"], label: "REST API only", help: "Of the whole account. Cannot join a meeting (4024)" },
      { names: [], label: "Both", help: "Joins meetings, and calls the REST API of the whole account" },
    ],
  },
];
