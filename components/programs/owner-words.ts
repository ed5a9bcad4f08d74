/** Why what somebody answered for stands still, behind their name. */
import type { OwnerGone } from "@/lib/auth/owner";

export const goneWords = (gone: OwnerGone): string => (gone === "no admin" ? "is no admin any more" : "is disabled");
