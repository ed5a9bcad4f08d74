/** What each role may do, in a sentence for whoever gives it, and in one for whoever is given it. */
import type { Role } from "@/lib/auth/roles";

export const roleWords: Record<Role, string> = {
  admin: "May do everything: keys and their limits, the team, every event.",
  issuer: "Issues tokens within the limits of the keys, and sees the ledger and what they did themselves.",
  auditor: "Reads and exports everything but the team, and issues nothing.",
  support: "Decodes, compares and scans. Sees of our tokens number, key, state and whom to ask; no audit log.",
};

export const welcomeWords: Record<Role, string> = {
  admin: "You may do everything here: keys and their limits, VideoSDK access tokens, the team, every event.",
  issuer: "You issue your team's VideoSDK access tokens here, within the limits of its keys, and check any of them.",
  auditor: "You read, check and export here what your team did with its VideoSDK access tokens; you issue none.",
  support: "You check VideoSDK access tokens here: what one allows, why one fails, and whom to ask about it.",
};
