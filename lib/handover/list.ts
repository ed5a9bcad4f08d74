/** Lists the hand-overs that one made, the newest first, with what became of each. Never another member's, and never what was sealed. */
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { reader } from "@/lib/db";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { type Closing, closable, closingsOf } from "./closing";
import { type HandoverState, stateOf } from "./state";

/** Times in seconds since 1970. */
export type OwnHandover = {
  id: string;
  tokenNumber: number;
  forName: string | null;
  madeAt: number;
  expiresAt: number;
  state: HandoverState;
  /** Why one that is open does not open all the same. */
  closing: Closing | null;
  /** Who opened or withdrew it, and when. */
  endedBy: string | null;
  endedAt: number | null;
};

/** Of those that can no longer be withdrawn, the newest. */
const SHOWN = 20;
/** More than anybody goes through. */
const MOST_OPEN = 1_000;

/** @throws AppError `forbidden` */
export async function listOwnHandovers(actor: Member): Promise<OwnHandover[]> {
  await authorize(actor, "token.hand_over");
  const at = now();
  const newest = (where: object, take: number) =>
    reader().handover.findMany({
      where: { createdById: actor.id, ...where },
      orderBy: { createdAt: "desc" },
      take,
      omit: { sealed: true },
    });
  const [open, latest] = await Promise.all([
    newest({ ending: null, expiresAt: { gt: at } }, MOST_OPEN),
    newest({}, SHOWN),
  ]);
  const rows = [...new Map([...open, ...latest].map((row) => [row.id, row])).values()].sort(
    (one, other) => other.createdAt.getTime() - one.createdAt.getTime(),
  );
  const tokens = await reader().issuedToken.findMany({
    where: { number: { in: open.map(({ tokenNumber }) => tokenNumber) } },
    select: closable,
  });
  const closings = await closingsOf(reader(), tokens);
  return rows.map((row) => ({
    ...{ id: row.id, tokenNumber: row.tokenNumber, forName: row.forName },
    ...{ madeAt: epochSeconds(row.createdAt), expiresAt: epochSeconds(row.expiresAt), state: stateOf(row, at) },
    closing: (stateOf(row, at) === "open" && closings.get(row.tokenNumber)) || null,
    ...{ endedBy: row.endedByName, endedAt: row.endedAt && epochSeconds(row.endedAt) },
  }));
}
