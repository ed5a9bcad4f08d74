/** Collects a token that a secret of ours signed and that was not issued here: in the case of that secret, which the first such token opens. A full case lets go of its least dangerous one. Refuses to open one anew for a token that it still holds. */
import { bytesOf } from "@/lib/audit/bytes";
import { heldInText } from "@/lib/audit/confirm-no-secret";
import { nextNumber } from "@/lib/audit/next-number";
import { recordEvent } from "@/lib/audit/record";
import { type Actor, idOf, nameOf } from "@/lib/auth/actor";
import { isAllowed } from "@/lib/auth/authorize";
import { now as clock } from "@/lib/clock";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import type { Tx } from "@/lib/db";
import type { Inspection } from "@/lib/decoder/inspection";
import type { Facts } from "@/lib/profiles/profile";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { byDanger } from "./danger";

/** One more than is told, which shows that there were more; the audit log has them all. */
const MOST_TOKENS_IN_CASE = COUNTED_AT_MOST;

/** What is kept of such a token. Instants are seconds since 1970; null: it has none that can be read. */
export type Sighting = {
  key: { id: string; label: string };
  secretVersionId: string;
  /** In hexadecimal. */
  sha256: string;
  facts: Facts;
  issuedAt: number | null;
  startsAt: number | null;
  expiresAt: number | null;
  /** The id of the profile whose vendor takes it at no time; null: it may be taken. */
  refusedBy: string | null;
  /** The ledger number whose `jti` it carries. */
  imitates: number | null;
};

/** Whoever made the token chose how long its ids are. */
const MOST_CHARACTERS = 200;
/** A secret that begins in what is kept ends by then, however it is written. */
const LOOKED_THROUGH = 4_096;

/** Whoever reads cases reads it: a backend that mixed up its settings has the secret for a room or a participant. */
async function tellable(tx: Tx, text: string | null): Promise<string | null> {
  if (text === null) return null;
  const held = await heldInText(text.slice(0, LOOKED_THROUGH), { db: tx });
  return held ? "(a secret)" : text.normalize("NFC").slice(0, MOST_CHARACTERS);
}

const at = (epochSeconds: number | null) => (epochSeconds === null ? null : new Date(epochSeconds * 1000));

/** @returns the case that it is in, whether it opened it, and who acknowledged that case */
export async function collectInCase(
  tx: Tx,
  actor: Actor,
  sighting: Sighting,
): Promise<Pick<NonNullable<Inspection["elsewhere"]>, "caseOpened" | "caseAcknowledged"> & { caseNumber: number }> {
  const { secretVersionId, facts } = sighting;
  const now = clock();
  const sha256 = bytesOf(sighting.sha256);
  const seenBy = nameOf(actor);
  const known = await tx.caseToken.findFirst({
    where: { sha256 },
    select: { caseNumber: true, case: { select: { acknowledgedAt: true, acknowledgedByName: true, note: true } } },
  });
  if (known) {
    const id = { caseNumber: known.caseNumber, sha256 };
    await tx.caseToken.update({
      where: { caseNumber_sha256: id },
      data: { lastSeenAt: now, lastSeenBy: seenBy, seen: { increment: 1 } },
    });
    const { caseNumber } = known;
    const { acknowledgedAt, acknowledgedByName: by, note } = known.case;
    if (!acknowledgedAt) return { caseNumber };
    return {
      caseNumber,
      caseAcknowledged: {
        at: epochSeconds(acknowledgedAt),
        by: by ?? "",
        note: isAllowed(actor, "case.read") ? (note ?? "") : "",
      },
    };
  }
  const open = await openCase(tx, secretVersionId);
  const caseNumber = open ?? (await beginCase(tx, actor, sighting, now));
  await makeRoom(tx, caseNumber, now);
  await tx.caseToken.create({
    data: {
      ...{ caseNumber, sha256, imitates: sighting.imitates },
      ...{ issuedAt: at(sighting.issuedAt), startsAt: at(sighting.startsAt), expiresAt: at(sighting.expiresAt) },
      ...{ room: await tellable(tx, facts.room), subject: await tellable(tx, facts.subject) },
      ...{ moderates: facts.moderates, callsRest: facts.callsRest, refusedBy: sighting.refusedBy },
      ...{ firstSeenAt: now, firstSeenById: idOf(actor), firstSeenBy: seenBy },
      ...{ lastSeenAt: now, lastSeenBy: seenBy, seen: 1 },
    },
  });
  return open === undefined ? { caseNumber, caseOpened: true } : { caseNumber };
}

/** The one that comes is kept, whatever it may do: it is what was pasted last. */
async function makeRoom(tx: Tx, caseNumber: number, now: Date): Promise<void> {
  if ((await tx.caseToken.count({ where: { caseNumber } })) < MOST_TOKENS_IN_CASE) return;
  const tokens = await tx.caseToken.findMany({ where: { caseNumber } });
  const least = tokens.sort(byDanger(now.getTime())).at(-1);
  if (least) await tx.caseToken.delete({ where: { caseNumber_sha256: { caseNumber, sha256: least.sha256 } } });
}

/** @returns the number of the one that nobody has acknowledged */
async function openCase(tx: Tx, secretVersionId: string): Promise<number | undefined> {
  const open = await tx.case.findFirst({ where: { secretVersionId, acknowledgedAt: null }, select: { number: true } });
  return open?.number;
}

async function beginCase(
  tx: Tx,
  actor: Actor,
  { key, secretVersionId, imitates }: Sighting,
  openedAt: Date,
): Promise<number> {
  const number = await nextNumber(tx, "case");
  await tx.case.create({ data: { number, keyId: key.id, keyLabel: key.label, secretVersionId, openedAt } });
  await recordEvent(tx, actor, {
    action: "case.opened",
    outcome: "ok",
    detail: { case: number, ...(imitates === null ? {} : { imitates }) },
    target: { key },
    at: openedAt,
  });
  return number;
}
