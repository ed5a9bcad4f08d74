/** What each role may do, in a sentence for whoever gives it. */
import type { Role } from "@/lib/auth/roles";

export const roleWords: Record<Role, string> = {
  admin: "May do everything: keys and their limits, the team, every event.",
  issuer: "Issues tokens within the limits of the keys, and sees the ledger and what they did themselves.",
  auditor: "Reads and exports everything but the team, and issues nothing.",
  support: "Decodes, compares and scans. Sees of our tokens number, key, state and whom to ask; no audit log.",
};
