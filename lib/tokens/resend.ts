/** Recognises a double click or a resend by its `jti`, and answers it with the token that the first one issued: signed again from the ledger's claims, which gives the same bytes. Refuses any other session, a disabled key, and whoever comes later than a minute; records each token that leaves again. */
import { recordEvent } from "@/lib/audit/record";
import { type Actor, askedWith, idOf } from "@/lib/auth/actor";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { OpenSecret } from "@/lib/keys/open-secrets";
import { findByJti } from "@/lib/ledger/find";
import type { LedgerRow } from "@/lib/ledger/row";
import { RESEND_SECONDS } from "@/lib/limits";
import { processWide } from "@/lib/process-wide";
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { tokenName } from "@/lib/text/numbered";
import type { IssuedTokenResult } from "./issued";
import { signToken, tokenSha256 } from "./sign";

// All copies must remember together. By this process's own clock, which nobody can set back: a restart ends the window,
// a changed date does not open it again.
type Recent = { at: number; words: string | undefined };
const recent = () => processWide("recent token ids", () => new Map<string, Recent>());

/** Opens the window in which the token may be asked for again: call it when it was entered, and before anything else is waited for. A twin is answered behind it. @param words of the request, by their hash: a program's */
export function rememberIssuing(jti: string, words?: string): void {
  const now = performance.now();
  for (const [earlier, { at }] of recent()) {
    if (now - at < RESEND_SECONDS * 1000) break;
    recent().delete(earlier);
  }
  // Behind all others, also where it was there.
  recent().delete(jti);
  recent().set(jti, { at: now, words });
}

/** Before another thread enters it, which answers a twin before this one hears of that. Another request may have the id by now: what is known of that one stays. */
export function rememberEntering(jti: string, words?: string): void {
  if (!isRecent(jti)) rememberIssuing(jti, words);
}

/** Of a batch: its requests have a window of their own, whatever token bears the same id. */
export const batchId = (requestId: string): string => `batch ${requestId}`;

export function isRecent(jti: string): boolean {
  const known = recent().get(jti);
  return known !== undefined && performance.now() - known.at < RESEND_SECONDS * 1000;
}

/** Whether a program's request with other words issued it just now. The same words may mean something else by now, as where their template was changed. */
export const hadOtherWords = (actor: Actor, id: string, words: string | undefined): boolean =>
  actor.kind === "service" && isRecent(id) && (words === undefined || recent().get(id)?.words !== words);

/** Whether it was issued to whom asks now: to a member in the same session; to a program by whichever value of its credential. */
export const askedBy = (actor: Actor, row: Pick<LedgerRow, "actorKind" | "actorId" | "sessionId">): boolean =>
  row.actorKind === actor.kind && row.actorId === idOf(actor) && row.sessionId === askedWith(actor).sessionId;

/** What the ledger keeps beside the claims. */
type Kept = { templateId: string | null; purpose: string };
/** What a request has beside them. */
type Asked = Kept & { words: string | undefined };

/** What must be the same for two requests to be one: the claims but for their instants, the lifetime, and what only the ledger keeps. */
function meaning(claims: Claims, { templateId, purpose }: Kept): string {
  const { iat, exp, ...rest } = claims;
  // Of one that starts later the end is the same as well.
  return JSON.stringify([rest, Number(exp) - Number(claims.nbf ?? iat), templateId, purpose]);
}

const issuedAlready = ({ kind }: Actor, number: number) =>
  kind === "member"
    ? `This form has issued token ${tokenName(number)} already`
    : `Already issued, ${tokenName(number)}`;

/**
 * @param claims what this request would have signed
 * @returns undefined when no token with this `jti` was issued
 * @throws AppError `conflict` when one was, but for another session, for something else, too long ago, or with a key
 * that was disabled since; `throttled` beyond the limit of resends
 */
export async function resendOf(
  actor: Actor,
  claims: Claims,
  asked: Asked,
  secret: OpenSecret,
): Promise<IssuedTokenResult | undefined> {
  const row = await findByJti(String(claims.jti));
  if (!row) return undefined;
  const issued = row.claims;
  const theirs = askedBy(actor, row);
  const alike = meaning(issued, row) === meaning(claims, asked);
  const same = theirs && alike && row.secretVersionId === secret.versionId;
  const token =
    same && isRecent(row.jti) ? signToken(issued, secret.secret, profileOf(secret.key.profile).algorithm) : undefined;
  if (!token || tokenSha256(token) !== row.sha256) {
    const again = actor.kind === "member" ? "; press the button again to issue another." : ".";
    throw new AppError("conflict", `${issuedAlready(actor, row.number)}. Nothing more was issued${again}`, {
      reason: theirs && !alike && hadOtherWords(actor, row.jti, asked.words) ? "another request" : "already issued",
    });
  }
  await countAgainst(actor, "resends");
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    // Read under the lock: behind the event `key.disabled` none of its tokens leaves.
    const key = await tx.signingKey.findUnique({ where: { id: row.keyId }, select: { disabledAt: true } });
    if (!key || key.disabledAt) {
      throw new AppError(
        "conflict",
        `${issuedAlready(actor, row.number)}, and its key was disabled since: it is not given out again.`,
        {
          fields: { keyId: `"${row.keyLabel}" was disabled just now. Choose another key.` },
          reason: "disabled key",
        },
      );
    }
    // Nor behind `token.revoked`.
    const now = await tx.issuedToken.findUnique({ where: { number: row.number }, select: { revokedAt: true } });
    if (now?.revokedAt)
      throw new AppError(
        "conflict",
        `${issuedAlready(actor, row.number)}, and it was revoked since: it is not given out again.`,
        { reason: "revoked" },
      );
    await recordEvent(tx, actor, {
      action: "token.resent",
      outcome: "ok",
      detail: {},
      target: { token: row },
    });
  });
  return {
    token,
    number: row.number,
    claims: issued,
    profile: secret.key.profile,
    keyLabel: row.keyLabel,
    purpose: row.purpose,
  };
}
