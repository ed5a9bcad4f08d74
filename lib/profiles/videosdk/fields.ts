/** VideoSDK's own fields of the issue form: which there are, what each offers, and in which order. A new claim of the form is declared here and signed in claims.ts. */
import type { FormField } from "@/lib/profiles/profile";
import { permissions, roles } from "@/lib/profiles/videosdk/claims";

export const fields: readonly FormField[] = [
  {
    kind: "names",
    limits: "permissions",
    name: "permissions",
    one: "permission",
    label: "Permissions",
    choices: permissions,
    look: "cards",
    initially: ["allow_join"],
  },
  { kind: "id", limits: "room", name: "roomId", label: "Room ID", help: "Empty: any room" },
  { kind: "id", limits: "subject", name: "participantId", label: "Participant ID", help: "Empty: anyone" },
  {
    kind: "names",
    limits: "roles",
    name: "roles",
    one: "role",
    label: "Roles",
    help: "None: both the meeting and the REST API",
    choices: roles,
    look: "chips",
  },
];
