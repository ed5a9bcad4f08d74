/** Revokes tokens here: a mark with a reason in ledger, audit log and decoder, which no vendor consults and nobody takes back. One, several, all of a member, of a room or of a batch; what it covers is told before. Whoever may with their own only leaves others' as they are. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize, isAllowed, reachOf } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { recordDenial } from "@/lib/auth/record-denial";
import { now } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { findBatch, lastOf } from "@/lib/ledger/find-batch";
import { markRevoked, ownedBy, type Revocable, revocable, scopeOf } from "@/lib/ledger/mark-revoked";
import { parseInput } from "@/lib/parse-input";
import type { Prisma } from "@/prisma/generated/client";
import { inRanges } from "./ranges";
import { RevocationScope, RevokeTokensInput } from "./schema";

export type Revocation = {
  /** How many are active and not revoked, of how many people and programs. */
  tokens: number;
  people: number;
  programs: number;
  /** Of these, how many a secret signed that is retired: the vendor refuses them. */
  refused: number;
  /** When the last of the others expires, and so until when the vendor accepts it: seconds since 1970; null: there is none. */
  lastExpiry: number | null;
  /** The highest number: what is issued from now on is not covered. */
  upTo: number;
  /** How many of others' are left as they are. */
  others: number;
  /** What signed them all; null: they are of several keys, or it is gone. */
  key: SigningKey | null;
};

type SigningKey = {
  id: string;
  label: string;
  /** The id of its profile. */
  profile: string;
  /** Whether who asks may also give it another secret. */
  mayRotate: boolean;
};

/** @returns what revoking would cover now @throws AppError `forbidden` or `invalid` */
export async function previewRevocation(actor: Actor, input: unknown): Promise<Revocation> {
  await authorize(actor, "token.revoke");
  const scope = parseInput(RevocationScope, input);
  const all = revocable(await whichOf(actor, scope), now());
  const mine = narrowed(actor, all);
  const retired = await reader().secretVersion.findMany({ where: { retiredAt: { not: null } }, select: { id: true } });
  const accepted = { AND: [mine, { secretVersionId: { notIn: retired.map(({ id }) => id) } }] };
  const [{ _count, _max }, last, groups] = await Promise.all([
    reader().issuedToken.aggregate({ where: mine, _count: true, _max: { number: true } }),
    reader().issuedToken.aggregate({ where: accepted, _count: true, _max: { expiresAt: true } }),
    reader().issuedToken.groupBy({ by: ["actorKind", "actorId", "keyId"], where: mine }),
  ]);
  const actors = new Map(groups.map(({ actorKind, actorId }) => [`${actorKind} ${actorId}`, actorKind]));
  const programs = [...actors.values()].filter((kind) => kind !== "member").length;
  return {
    tokens: _count,
    people: actors.size - programs,
    programs,
    refused: _count - last._count,
    lastExpiry: last._max.expiresAt && last._max.expiresAt.getTime() / 1000,
    upTo: _max.number ?? 0,
    others: mine === all ? 0 : (await reader().issuedToken.count({ where: all })) - _count,
    key: await keyOfAll(actor, new Set(groups.map(({ keyId }) => keyId))),
  };
}

async function keyOfAll(actor: Actor, [id, ...others]: Iterable<string>): Promise<SigningKey | null> {
  if (id === undefined || others.length > 0) return null;
  const key = await reader().signingKey.findUnique({ where: { id }, select: { id: true, label: true, profile: true } });
  return key && { ...key, mayRotate: isAllowed(actor, "key.rotate") };
}

/** @returns how many were marked @throws AppError `forbidden`, `invalid`, `not_found` when there is none, or `conflict` when none is left to be marked */
export async function revokeTokens(actor: Actor, input: unknown): Promise<{ tokens: number }> {
  await authorize(actor, "token.revoke");
  const { scope, reason, upTo } = parseInput(RevokeTokensInput, input, "Nothing was revoked; what you typed is kept.");
  await confirmNoSecret({ reason });
  const which = await whichOf(actor, scope);
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const at = now();
    const all = { AND: [revocable(which, at), { number: { lte: upTo } }] };
    const marked = await markRevoked(tx, narrowed(actor, all), { actor, reason, at });
    const [first] = marked;
    if (!first) {
      const others = await tx.issuedToken.findFirst({ where: all, select: { actorId: true } });
      const own = await tx.issuedToken.findFirst({ where: narrowed(actor, scopeOf(which)), select: { number: true } });
      // A denial is recorded where it is decided, outside of this.
      if (others && !(own && actor.kind === "service")) throw new Foreign(others.actorId);
      if (!own) throw noneOf(actor, scope);
      const each = scope.of === "numbers" && scope.numbers.length === 1 ? "it" : `each${ofThis(actor)}`;
      throw new AppError("conflict", `Nothing was revoked: ${each} has expired, or was revoked before.`);
    }
    const numbers = inRanges(marked.map(({ number }) => number));
    if (scope.of === "batch") {
      await recordEvent(tx, actor, {
        action: "batch.revoked",
        outcome: "ok",
        detail: { batch: scope.batch, reason, tokens: marked.length, numbers },
        target: { key: { id: first.keyId, label: first.keyLabel } },
        at,
      });
      return { tokens: marked.length };
    }
    const [alone] = marked.length === 1 ? marked : [];
    await recordEvent(tx, actor, {
      action: "token.revoked",
      outcome: "ok",
      detail: {
        reason,
        tokens: marked.length,
        ...(alone ? {} : { numbers }),
        ...(scope.of === "member" ? { all: `member ${first.actorName}` } : {}),
        ...(scope.of === "room" ? { all: `room ${scope.room}` } : {}),
      },
      target: {
        ...(alone ? { token: alone } : {}),
        ...(scope.of === "member" ? { memberId: scope.memberId } : {}),
        ...(scope.of === "room" ? { room: scope.room } : {}),
      },
      at,
    });
    return { tokens: marked.length };
  }).catch(async (error: unknown) => {
    if (!(error instanceof Foreign)) throw error;
    if (actor.kind === "service") {
      await recordDenial(actor, "token.revoke");
      throw noneOf(actor, scope);
    }
    await authorize(actor, "token.revoke", { ownerId: error.ownerId });
    throw error;
  });
}

/** What is others' a program is told nothing of. */
const ofThis = ({ kind }: Pick<Actor, "kind">): string => (kind === "service" ? " of this credential's" : "");

/** A program is told the same of others' as of what was never issued. */
function noneOf({ kind }: Actor, scope: RevocationScope): AppError {
  const such = scope.of === "batch" ? "batch" : scope.of === "numbers" && scope.numbers.length > 1 ? "tokens" : "token";
  const isAre = such === "tokens" ? "are no such tokens" : `is no such ${such}`;
  return new AppError("not_found", `There ${isAre}${ofThis({ kind })}. Nothing was revoked.`);
}

/** A batch's tokens follow one another. @throws AppError `not_found` */
async function whichOf(actor: Actor, scope: RevocationScope): Promise<Revocable> {
  if (scope.of !== "batch") return scope;
  const batch = await findBatch(scope.batch);
  if (!batch) throw noneOf(actor, scope);
  return { ...scope, first: batch.firstNumber, last: lastOf(batch) };
}

/** None but others' was asked for. */
class Foreign extends Error {
  constructor(readonly ownerId: string | null) {
    super("These tokens are others'.");
  }
}

function narrowed(actor: Actor, all: Prisma.IssuedTokenWhereInput): Prisma.IssuedTokenWhereInput {
  return reachOf(actor, "token.revoke") === "own" ? { AND: [all, ownedBy(actor)] } : all;
}
