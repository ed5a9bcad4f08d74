/** Tells whoever has a link's address before them whether it still opens: it may have been used, withdrawn or replaced meanwhile, also by somebody else. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { reader } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { LinkStateInput } from "./schema";

export type LinkState = "open" | "used" | "closed";

/** One that is not there is closed. @throws AppError `forbidden`, `invalid` */
export async function readLinkState(actor: Actor, input: unknown): Promise<LinkState> {
  await authorize(actor, "team.manage");
  const { kind, id } = parseInput(LinkStateInput, input);
  const where = { id };
  const link =
    kind === "reset"
      ? await reader().resetLink.findUnique({ where, select: { usedAt: true, expiresAt: true } })
      : await reader().invitation.findUnique({ where, select: { usedAt: true, withdrawnAt: true, expiresAt: true } });
  if (link?.usedAt) return "used";
  const isOpen = link && !("withdrawnAt" in link && link.withdrawnAt) && link.expiresAt > now();
  return isOpen ? "open" : "closed";
}
