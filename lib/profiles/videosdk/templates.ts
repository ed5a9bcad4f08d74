/** Starting points for composing a VideoSDK token: the few kinds that a team issues again and again, the least powerful first. Each keeps all rules as it is. */
import type { Template } from "@/lib/profiles/profile";

export const templates: readonly Template[] = [
  {
    id: "participant",
    name: "Participant",
    help: "Joins directly",
    given: { permissions: ["allow_join"], roles: ["rtc"] },
    expiresIn: "2h",
  },
  {
    id: "moderator",
    name: "Moderator",
    help: "Joins, admits, mutes",
    given: { permissions: ["allow_join", "allow_mod"], roles: ["rtc"] },
    expiresIn: "2h",
  },
  {
    id: "guest",
    name: "Guest",
    help: "Asks to be let in",
    given: { permissions: ["ask_join"], roles: ["rtc"] },
    expiresIn: "1h",
  },
  {
    id: "developer",
    name: "Developer",
    help: "Example apps: all of it",
    given: { permissions: ["allow_join", "allow_mod"], roles: [] },
    expiresIn: "24h",
  },
  {
    id: "server",
    name: "Server",
    help: "REST API, no meeting",
    given: { permissions: ["allow_join"], roles: ["crawler"] },
    expiresIn: "15m",
  },
];
