/** Looks many tokens up in the ledger at once, by their SHA-256 alone: the tokens stay with whoever found them. Records that somebody looked, once for all of them; answers also when that cannot be recorded, and says so. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize, isAllowed } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { reader, transaction } from "@/lib/db";
import { findAllBySha256, issuedEventsOf } from "@/lib/ledger/find";
import { describeError, log } from "@/lib/log";
import { parseInput } from "@/lib/parse-input";
import type { LookedUp } from "@/lib/scan/ledger-match";
import { isWriteFailure, writeFailureReason } from "@/lib/write-failure";
import { inRanges } from "./ranges";
import { LookUpTokensInput } from "./schema";

/**
 * Few queries, however many hashes: one for the keys, and two for each thousand.
 * @returns those that are in the ledger, by number
 * @throws AppError `forbidden`, `throttled` or `invalid`
 */
export async function lookUpTokens(actor: Actor, input: unknown): Promise<LookedUp> {
  await authorize(actor, "token.inspect");
  await countAgainst(actor, "inspections");
  const hashes = [...new Set(parseInput(LookUpTokensInput, input).sha256)];
  const passed = await reader().secretVersion.findMany({
    where: { OR: [{ retiredAt: { not: null } }, { key: { disabledAt: { not: null } } }] },
    select: { id: true, retiredAt: true, key: { select: { disabledAt: true } } },
  });
  const rows = await findAllBySha256(hashes);
  const events = await issuedEventsOf(rows.map(({ number }) => number));
  const unrecorded = await record(
    actor,
    hashes.length,
    rows.map(({ number }) => number),
  );
  const whole = isAllowed(actor, "audit.read");
  const passedById = new Map(passed.map((version) => [version.id, version]));
  const matches = rows.map(
    ({ sha256, number, actorName, keyLabel, purpose, issuedAt, expiresAt, revokedAt, ...row }) => {
      const version = passedById.get(row.secretVersionId);
      return {
        ...{ sha256, number, actorName, keyLabel, issuedAt, expiresAt, revokedAt },
        purpose: whole ? purpose : "",
        secretRetired: (version?.retiredAt ?? null) !== null,
        keyDisabled: (version?.key.disabledAt ?? null) !== null,
        event: whole ? (events.get(number) ?? null) : null,
      };
    },
  );
  return { matches, ...(unrecorded ? { unrecorded } : {}) };
}

/** Nothing is given out here: whoever looks while the disk is full needs the answer the more. @returns what is said of it when it could not be recorded */
async function record(actor: Actor, count: number, numbers: number[]): Promise<string | undefined> {
  try {
    await transaction(async (tx) => {
      await confirmActor(tx, actor);
      await recordEvent(tx, actor, {
        action: "token.looked_up",
        outcome: "ok",
        detail: { count, found: numbers.length, ...(numbers.length > 0 ? { numbers: inRanges(numbers) } : {}) },
      });
    });
    return undefined;
  } catch (error) {
    if (!isWriteFailure(error)) throw error;
    log().error({ requestId: actor.origin.requestId, ...describeError(error) }, "a look-up could not be recorded");
    return `It could not be recorded: ${writeFailureReason(error)}. What is listed holds all the same. Tell whoever runs this server.`;
  }
}
