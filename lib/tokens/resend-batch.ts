/** Recognises a batch that is sent again by the id that its form chose, and answers it with the tokens that the first one issued: signed again from the ledger's claims, which gives the same bytes. Refuses any other session, a disabled key, a revoked token, and whoever comes later than a minute. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import type { IssuedBatch } from "@/lib/batch/issued";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { inSlices } from "@/lib/in-slices";
import type { OpenSecret } from "@/lib/keys/open-secrets";
import { findTokens } from "@/lib/ledger/find";
import { type FoundBatch, findBatchByRequest, findBatchRows, lastOf } from "@/lib/ledger/find-batch";
import { profileOf } from "@/lib/profiles/registry";
import { batchName, tokenRangeName } from "@/lib/text/numbered";
import { askedBy, batchId, hadOtherWords, isRecent } from "./resend";
import { openSigner, tokenSha256 } from "./sign";

/**
 * @returns undefined when no batch with this id was issued
 * @throws AppError `conflict` when one was, but for another session, for something else, too long ago, with a key that was
 * disabled since, or when one of its tokens was revoked; `throttled` beyond the limit of resends
 */
export async function resendOfBatch(
  actor: Actor,
  asked: { requestId: string; askedSha256: string; words: string | undefined },
  secret: OpenSecret,
): Promise<IssuedBatch | undefined> {
  const batch = await findBatchByRequest(asked.requestId);
  if (!batch) return undefined;
  const told = (more: string, reason: "already issued" | "another request" | "disabled key" | "revoked") =>
    new AppError(
      "conflict",
      `This batch was issued already, ${tokenRangeName(batch.firstNumber, lastOf(batch))}, as ${batchName(batch.number)}${more}`,
      { reason },
    );
  const tokens = await sameTokens(actor, batch, asked, secret);
  if (!tokens) {
    const again = actor.kind === "member" ? "; press the button again to issue another." : ".";
    const another =
      batch.askedSha256 !== asked.askedSha256 &&
      hadOtherWords(actor, batchId(asked.requestId), asked.words) &&
      (await isTheirs(actor, batch));
    throw told(`. Nothing more was issued${again}`, another ? "another request" : "already issued");
  }
  await countAgainst(actor, "resends");
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    // Read under the lock: behind the event `key.disabled` none of its tokens leaves.
    const key = await tx.signingKey.findUnique({ where: { id: secret.key.id }, select: { disabledAt: true } });
    if (!key || key.disabledAt)
      throw told(", and its key was disabled since: it is not given out again.", "disabled key");
    const number = { gte: batch.firstNumber, lte: lastOf(batch) };
    const revoked = await tx.issuedToken.findFirst({
      where: { number, revokedAt: { not: null } },
      select: { number: true },
    });
    if (revoked) throw told(", and one of its tokens was revoked since: it is not given out again.", "revoked");
    await recordEvent(tx, actor, {
      action: "batch.resent",
      outcome: "ok",
      detail: { batch: batch.number, tokens: batch.tokens, numbers: `${batch.firstNumber}-${lastOf(batch)}` },
      target: { key: { id: secret.key.id, label: secret.key.label } },
    });
  });
  return tokens;
}

async function isTheirs(actor: Actor, { firstNumber }: FoundBatch): Promise<boolean> {
  const [first] = await findTokens([firstNumber]);
  return first !== undefined && askedBy(actor, first);
}

/** @returns undefined where it was not this session's, not the same, or not just now */
async function sameTokens(
  actor: Actor,
  batch: FoundBatch,
  { requestId, askedSha256 }: { requestId: string; askedSha256: string },
  secret: OpenSecret,
): Promise<IssuedBatch | undefined> {
  if (batch.askedSha256 !== askedSha256 || !isRecent(batchId(requestId))) return undefined;
  const rows = await findBatchRows(batch);
  const [first] = rows;
  if (!first || !askedBy(actor, first) || first.secretVersionId !== secret.versionId) return undefined;
  const sign = openSigner(secret.secret, profileOf(secret.key.profile).algorithm);
  const tokens: string[] = [];
  await inSlices(rows, 16, async (slice) => {
    tokens.push(...slice.map(({ claims }) => sign(claims)));
  });
  if (rows.some(({ sha256 }, index) => tokenSha256(tokens[index] ?? "") !== sha256)) return undefined;
  return {
    batch: batch.number,
    profile: secret.key.profile,
    keyLabel: first.keyLabel,
    issuedAt: first.issuedAt,
    rows: rows.map(({ number, subject, room, expiresAt, purpose }, index) => ({
      ...{ number, subject, room, expiresAt, purpose },
      token: tokens[index] ?? "",
    })),
  };
}
