/** Makes a link that hands one token to somebody, once. The token comes sealed with a key that this server never sees; refuses others' tokens, and those that are of no use any more. */
import { recordEvent } from "@/lib/audit/record";
import { ANYBODY, type Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { now as clock } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { isRetired } from "@/lib/keys/current-secret";
import { type Link, linkTo } from "@/lib/links";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { MakeHandoverInput } from "./schema";

/** The link without its key, which the browser puts behind it. `expiresAt`: seconds since 1970, no later than the token's end. */
export type MadeHandover = Link & { id: string; expiresAt: number; forName: string | null };

/** @throws AppError `forbidden`, `throttled`, `not_found`, `conflict`, or `invalid` by field */
export async function makeHandover(actor: Member, input: unknown): Promise<MadeHandover> {
  await authorize(actor, "token.hand_over");
  const { number, sealed, proofHash, expiresIn, email } = parseInput(MakeHandoverInput, input);
  const issued = await reader().issuedToken.findUnique({ where: { number }, select: { actorId: true } });
  if (!issued) throw new AppError("not_found", "There is no such token in the ledger.");
  await authorize(actor, "token.hand_over", { ownerId: issued.actorId });
  await countAgainst(actor, "handovers");
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const at = clock();
    const token = await tx.issuedToken.findUniqueOrThrow({
      where: { number },
      select: {
        ...{ number: true, keyId: true, secretVersionId: true, room: true, subject: true },
        ...{ expiresAt: true, revokedAt: true },
      },
    });
    if (token.revokedAt) throw new AppError("conflict", "This token was revoked here. Issue another one.");
    const key = await tx.signingKey.findUnique({ where: { id: token.keyId }, select: { disabledAt: true } });
    if (!key || key.disabledAt)
      throw new AppError("conflict", "The key that signed this token was disabled here. Issue one with another key.");
    if (await isRetired(token.secretVersionId, tx))
      throw new AppError("conflict", "The secret that signed this token was changed here. Issue another one.");
    if (token.expiresAt <= at) throw new AppError("conflict", "This token has expired. Issue another one.");
    const who = email
      ? await tx.member.findUnique({ where: { email }, select: { id: true, name: true, disabledAt: true } })
      : null;
    if (email && (!who || who.disabledAt))
      throw new AppError("invalid", "No link was made; what you typed is kept.", {
        fields: { email: who ? `${who.name} is disabled.` : "No member of the team has this email." },
      });
    const expiresAt = new Date(Math.min(at.getTime() + expiresIn * 1000, token.expiresAt.getTime()));
    const id = newId();
    await tx.handover.create({
      data: {
        ...{ id, tokenNumber: number, sealed, createdAt: at, expiresAt },
        ...{ proofHash: Buffer.from(proofHash, "base64url"), forMemberId: who?.id ?? null, forName: who?.name ?? null },
        ...{ createdById: actor.id, createdByName: actor.name },
      },
    });
    await recordEvent(tx, actor, {
      action: "handover.made",
      outcome: "ok",
      detail: { link: id, until: expiresAt.toISOString(), for: who?.name ?? ANYBODY },
      target: { token },
      at,
    });
    return { ...linkTo(`/h/${id}`), id, expiresAt: epochSeconds(expiresAt), forName: who?.name ?? null };
  });
}
