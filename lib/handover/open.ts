/** Opens a hand-over: gives out what was sealed and erases it, in one transaction, to whoever proves that they have the whole link. Refuses one that was opened, and says by whom and when, and one whose token was revoked, or whose key disabled or given another secret since; looking at it opens nothing. */
import { createHash, timingSafeEqual } from "node:crypto";
import { recordEvent } from "@/lib/audit/record";
import { type Member, SOMEBODY, type Visitor } from "@/lib/auth/actor";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countWrongLink } from "@/lib/auth/count-wrong-link";
import { now as clock } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { formatUtc } from "@/lib/text/instant";
import { type ClosableToken, type Closing, closable, closingsOf } from "./closing";
import { OpenHandoverInput } from "./schema";
import { stateOf, toldOf } from "./state";

/** What the page shows to whoever has its link. `expiresAt`: seconds since 1970; `forOther`: it is for a member who is not asking. */
export type OpenHandover = { madeBy: string; expiresAt: number; forName: string | null; forOther: boolean };

/** What was sealed, and when the token in it is good, in seconds since 1970: `from` is null where it is so at once. */
export type OpenedHandover = { sealed: string; vendor: string; from: number | null; until: number };

const NOT_RIGHT = "This link is not right. Open it whole, as it was sent to you, or ask for a new one.";

type Who = Member | Visitor;
type Row = NonNullable<Awaited<ReturnType<typeof find>>>;

const find = (id: string) => reader().handover.findUnique({ where: { id } });

/** @throws AppError `conflict` where it was opened; `forbidden`: why else it opens no more, or never did; `throttled` */
export async function checkHandover(who: Who, id: string): Promise<OpenHandover> {
  const row = await find(id.slice(0, 64));
  if (!row) throw await wrongLink(who);
  confirmOpen(row, clock());
  const token = await reader().issuedToken.findUniqueOrThrow({
    where: { number: row.tokenNumber },
    select: closable,
  });
  await confirmToken(reader(), token, row);
  const forOther = row.forMemberId !== null && !(who.kind === "member" && who.id === row.forMemberId);
  return { madeBy: row.createdByName, expiresAt: epochSeconds(row.expiresAt), forName: row.forName, forOther };
}

/** @returns with what only the link's key opens @throws AppError `conflict` where it was opened, `forbidden`, `invalid`, `throttled`, `unauthenticated` */
export async function openHandover(who: Who, input: unknown): Promise<OpenedHandover> {
  const { id, proof } = parseInput(OpenHandoverInput, input);
  const known = await find(id);
  if (!known || !isProof(proof, known)) throw await wrongLink(who);
  return transaction(async (tx) => {
    if (who.kind === "member") await confirmActor(tx, who);
    const at = clock();
    const row = await tx.handover.findUniqueOrThrow({ where: { id } });
    confirmOpen(row, at);
    if (row.forMemberId !== null && !(who.kind === "member" && who.id === row.forMemberId))
      throw new AppError("forbidden", `This is for ${row.forName} alone. It was not opened.`);
    const { sealed } = row;
    const token = await tx.issuedToken.findUniqueOrThrow({
      where: { number: row.tokenNumber },
      select: {
        ...closable,
        ...{ room: true, subject: true, profile: true, claims: true, expiresAt: true },
      },
    });
    await confirmToken(tx, token, row);
    if (!sealed) throw unopened(closed.revoked, row);
    const name = who.kind === "member" ? who.name : SOMEBODY;
    await tx.handover.update({
      where: { id },
      data: { sealed: null, ending: "opened", endedAt: at, endedByName: name },
    });
    await recordEvent(tx, who, {
      action: "handover.opened",
      outcome: "ok",
      detail: toldOf(row),
      target: { token },
      at,
    });
    const { nbf }: Claims = JSON.parse(token.claims);
    const from = typeof nbf === "number" ? nbf : null;
    return { sealed, vendor: profileOf(token.profile).name, from, until: epochSeconds(token.expiresAt) };
  });
}

const closed: Record<Closing, string> = {
  revoked: "The token was revoked here since.",
  disabled: "The key that signed this token has been disabled since.",
  changed: "The secret that signed this token was changed here since.",
};

/** Why it does not open, and whom to ask. */
const unopened = (why: string, { createdByName: maker }: Row) =>
  new AppError("forbidden", `${why} It was not opened; ask ${maker} for another one.`);

/** As of a token that is asked for again: behind the events `token.revoked`, `key.disabled` and `key.rotated` none leaves. What is sealed stays until its time is over, for a key that is enabled again. @throws AppError `forbidden` */
async function confirmToken(db: Parameters<typeof closingsOf>[0], token: ClosableToken, row: Row): Promise<void> {
  const closing = (await closingsOf(db, [token])).get(token.number);
  if (closing) throw unopened(closed[closing], row);
}

/** @throws AppError `conflict` where it was opened, `forbidden` */
function confirmOpen(row: Row, at: Date): void {
  const { createdByName: maker, endedByName: by, endedAt } = row;
  const ended = endedAt ? { at: epochSeconds(endedAt) } : {};
  const when = ended.at === undefined ? "" : ` on ${formatUtc(ended.at)}`;
  switch (stateOf(row, at)) {
    case "open":
      return;
    case "opened":
      throw new AppError(
        "conflict",
        `It was opened${when}, by ${by}, and is erased here. If that was not you, tell ${maker} at once: the token may be in other hands.`,
        ended,
      );
    case "withdrawn":
      throw new AppError("forbidden", `${by} withdrew it${when}. Ask ${maker} for another one.`, ended);
    case "expired":
      throw new AppError("forbidden", `Its time is over, and nobody opened it. Ask ${maker} for another one.`);
  }
}

function isProof(proof: string, { proofHash }: Row): boolean {
  const hash = createHash("sha256").update(proof).digest();
  return hash.length === proofHash.length && timingSafeEqual(hash, proofHash);
}

async function wrongLink(who: Who): Promise<AppError> {
  await countWrongLink(who, "handoverLinks", "hand-over links");
  return new AppError("forbidden", NOT_RIGHT);
}
