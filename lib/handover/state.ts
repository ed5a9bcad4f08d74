/** What became of a hand-over, and the words with which its link is refused. Decides nothing else. */
import { ANYBODY } from "@/lib/auth/actor";
import type { Handover } from "@/prisma/generated/client";

export const endings = ["opened", "withdrawn", "expired"] as const;
export type HandoverState = "open" | (typeof endings)[number];

/** Of one that nobody has erased yet its time tells. */
export function stateOf({ ending, expiresAt }: Pick<Handover, "ending" | "expiresAt">, at: Date): HandoverState {
  const ended = endings.find((each) => each === ending);
  return ended ?? (expiresAt <= at ? "expired" : "open");
}

/** What an event says of one that has ended. */
export const toldOf = ({ id, createdByName, forName }: Pick<Handover, "id" | "createdByName" | "forName">) => ({
  link: id,
  madeBy: createdByName,
  for: forName ?? ANYBODY,
});
