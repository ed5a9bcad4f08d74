/** Looks a token up in the ledger by its SHA-256, and by its `jti` in case somebody altered it after issuing, or made another one in its name. */
import { bytesOf, jtiOf } from "@/lib/audit/bytes";
import { reader } from "@/lib/db";
import type { LedgerCheck, LedgerNote } from "@/lib/decoder/inspection";
import type { TokenReading } from "@/lib/jwt/read";
import { findByJti, findBySha256, issuedEventsOf } from "@/lib/ledger/find";
import type { LedgerRow } from "@/lib/ledger/row";
import { sameJson } from "@/lib/text/same-json";

/** What the decoder is told, and no more. @param whole otherwise: which it is, its state, and whom to ask */
function noteOf(
  row: LedgerRow,
  { event, ask, whole }: Pick<LedgerNote, "event" | "ask"> & { whole: boolean },
): LedgerNote {
  const { number, jti, actorName, issuedAt, expiresAt, via, keyId, keyLabel } = row;
  const { room, subject, templateName, purpose, revokedAt, revokedByName, revokedReason } = row;
  const note = { number, jti, actorName, ask, issuedAt, expiresAt, via, keyId, keyLabel, revokedAt, revokedByName };
  return whole
    ? { ...note, room, subject, templateName, purpose, revokedReason, event }
    : { ...note, room: null, subject: null, templateName: null, purpose: "", revokedReason: null, event: null };
}

/** The beginning of a sentence. */
async function whomToAsk(
  { actorKind, actorId, actorName }: LedgerRow,
  whole: boolean,
  asks: string | null,
): Promise<string> {
  if (whole && asks !== null && actorId === asks) return "You issued it";
  const member =
    actorKind === "member" && actorId !== null
      ? await reader().member.findUnique({ where: { id: actorId }, select: { disabledAt: true } })
      : undefined;
  return member?.disabledAt ? `${actorName} is disabled: ask an admin` : `Ask ${actorName}`;
}

/** With its dashes or without. */
const UUID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

/** Each is a query. */
const MOST_IDS = 8;

/** The ids that it holds, as a string or in a list or an object: to whoever made it, that is ours by name. */
const idsIn = (jti: unknown): string[] =>
  JSON.stringify(jti ?? null)
    .match(UUID)
    ?.slice(0, MOST_IDS) ?? [];

async function findImitated(jti: unknown): Promise<LedgerRow | undefined> {
  for (const id of idsIn(jti)) {
    const row = await findByJti(jtiOf(bytesOf(id.replaceAll("-", ""))));
    if (row) return row;
  }
  return undefined;
}

/** @param whole whether the ledger's row may be told as it stands @param asks the id of whoever looks */
export async function checkLedger(
  reading: TokenReading,
  sha256: string,
  whole: boolean,
  asks: string | null,
): Promise<LedgerCheck> {
  const row = (await findBySha256(sha256)) ?? (await findImitated(reading.claims?.jti));
  if (!row) return { state: "absent" };
  const event = (await issuedEventsOf([row.number])).get(row.number) ?? null;
  const entry = noteOf(row, { event, ask: await whomToAsk(row, whole, asks), whole });
  if (row.sha256 === sha256) return { state: "issued", entry };
  const same = sameJson(reading.claims, row.claims) ? { sameClaims: true as const } : {};
  return { state: "altered", entry, ...same, ...(whole ? { claims: row.claims } : {}) };
}
