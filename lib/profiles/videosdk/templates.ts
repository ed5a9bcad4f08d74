/** Starting points for composing a VideoSDK token: the few kinds that a team issues again and again. Each keeps all rules as it is. */
import type { Template } from "@/lib/profiles/profile";

export const templates: readonly Template[] = [
  {
    id: "developer",
    name: "Developer",
    help: "For VideoSDK's example apps, which use one token for meeting and REST API",
    given: { permissions: ["allow_join", "allow_mod"], roles: [] },
    expiresIn: "24h",
  },
  {
    id: "moderator",
    name: "Moderator",
    help: "Joins, admits and mutes; no REST API",
    given: { permissions: ["allow_join", "allow_mod"], roles: ["rtc"] },
    expiresIn: "2h",
  },
  {
    id: "participant",
    name: "Participant",
    help: "Joins directly; no REST API",
    given: { permissions: ["allow_join"], roles: ["rtc"] },
    expiresIn: "2h",
  },
  {
    id: "guest",
    name: "Guest",
    help: "Asks to be admitted; no REST API",
    given: { permissions: ["ask_join"], roles: ["rtc"] },
    expiresIn: "1h",
  },
  {
    id: "server",
    name: "Server",
    help: "REST API of the whole account; cannot join",
    given: { permissions: ["allow_join"], roles: ["crawler"] },
    expiresIn: "15m",
  },
];
