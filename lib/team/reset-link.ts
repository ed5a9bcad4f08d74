/** Makes a link by which a member chooses a new password without the old one. An unused one from before opens no more; of the new one only the hash is kept. */
import { recordEvent } from "@/lib/audit/record";
import { type Actor, idOf, nameOf } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { countAgainst } from "@/lib/auth/count-against";
import { linkHashOf, newLinkCode } from "@/lib/auth/link-code";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Link, linkTo } from "@/lib/links";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { endResetLinks, toldEnded } from "./end-reset-links";
import { memberToChange } from "./member-to-change";
import { MakeResetLinkInput } from "./schema";

export const RESET_HOURS = 24;

/** Shown once. `id`: the link's; `expiresAt`: seconds since 1970. */
export type MadeResetLink = Link & { id: string; email: string; expiresAt: number };

/** @throws AppError `forbidden`, `not_found`, `throttled`, or `conflict` for a disabled member, whom it would not let in */
export async function makeResetLink(actor: Actor, input: unknown): Promise<MadeResetLink> {
  await authorize(actor, "team.manage");
  const { memberId } = parseInput(MakeResetLinkInput, input);
  if (memberId === idOf(actor))
    throw new AppError("conflict", "For your own password the current one is asked: change it on your own page.");
  await countAgainst(actor, "resetLinks");
  return transaction(async (tx) => {
    const member = await memberToChange(tx, actor, memberId);
    if (member.disabledAt)
      throw new AppError(
        "conflict",
        `${member.name} is disabled, and could not sign in with a new password. Enable them first.`,
      );
    const at = clock();
    const ended = await endResetLinks(tx, { memberId }, at);
    const code = newLinkCode();
    const expiresAt = new Date(at.getTime() + RESET_HOURS * 3_600_000);
    const id = newId();
    await tx.resetLink.create({
      data: {
        ...{ id, memberId, linkHash: linkHashOf(code), createdAt: at, expiresAt },
        ...{ createdById: idOf(actor), createdByName: nameOf(actor) },
      },
    });
    await recordEvent(tx, actor, {
      action: "member.reset",
      outcome: "ok",
      detail: { email: member.email, ...toldEnded(ended) },
      target: { memberId },
      words: [member.name],
      at,
    });
    return { ...linkTo(`/reset?code=${code}`), id, email: member.email, expiresAt: epochSeconds(expiresAt) };
  });
}
