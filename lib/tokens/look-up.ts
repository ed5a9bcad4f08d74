/** Looks many tokens up in the ledger at once, by their SHA-256 alone: the tokens stay with whoever found them. Records that somebody looked, once for all of them. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { countAgainst } from "@/lib/auth/count-against";
import { reader, transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { inRanges } from "./ranges";
import { LookUpTokensInput } from "./schema";

/** SQLite's adapter takes 999 parameters in one query. */
const CHUNK = 900;

/** What the ledger says of a token that was issued here. Instants are seconds since 1970. */
export type LedgerMatch = {
  sha256: string;
  number: number;
  issuerName: string;
  keyLabel: string;
  purpose: string;
  issuedAt: number;
  expiresAt: number;
  /** A mark of ours: VideoSDK does not consult it. */
  revokedAt: number | null;
  /** The secret that signed it was rotated away since. */
  secretRetired: boolean;
  keyDisabled: boolean;
  /** The audit event, for a link. */
  event: number | null;
};

/**
 * Few queries, however many hashes: one for the keys, and two for each thousand.
 * @returns those that are in the ledger, by number
 * @throws AppError `forbidden`, `throttled` or `invalid`
 */
export async function lookUpTokens(actor: Actor, input: unknown): Promise<LedgerMatch[]> {
  await authorize(actor, "token.inspect");
  await countAgainst(actor, "inspections");
  const hashes = [...new Set(parseInput(LookUpTokensInput, input).sha256)];
  const passed = await reader().secretVersion.findMany({
    where: { OR: [{ retiredAt: { not: null } }, { key: { disabledAt: { not: null } } }] },
    select: { id: true, retiredAt: true, key: { select: { disabledAt: true } } },
  });
  const rows = await inChunks(hashes, (sha256) => reader().issuedToken.findMany({ where: { sha256: { in: sha256 } } }));
  rows.sort((a, b) => a.number - b.number);
  const events = await inChunks(
    rows.map(({ sha256 }) => sha256),
    (sha256) =>
      reader().auditEvent.findMany({
        where: { sha256: { in: sha256 }, action: "token.issued" },
        select: { sha256: true, sequence: true },
      }),
  );
  await transaction((tx) =>
    recordEvent(tx, actor, {
      action: "token.looked_up",
      outcome: "ok",
      detail: {
        count: hashes.length,
        found: rows.length,
        ...(rows.length > 0 ? { numbers: inRanges(rows.map(({ number }) => number)) } : {}),
      },
    }),
  );
  const eventOf = new Map(events.map(({ sha256, sequence }) => [sha256, sequence]));
  const passedById = new Map(passed.map((version) => [version.id, version]));
  return rows.map((row) => {
    const version = passedById.get(row.secretVersionId);
    return {
      sha256: row.sha256,
      number: row.number,
      issuerName: row.issuerName,
      keyLabel: row.keyLabel,
      purpose: row.purpose,
      issuedAt: row.issuedAt.getTime() / 1000,
      expiresAt: row.expiresAt.getTime() / 1000,
      revokedAt: row.revokedAt ? row.revokedAt.getTime() / 1000 : null,
      secretRetired: (version?.retiredAt ?? null) !== null,
      keyDisabled: (version?.key.disabledAt ?? null) !== null,
      event: eventOf.get(row.sha256) ?? null,
    };
  });
}

async function inChunks<Row>(hashes: readonly string[], find: (chunk: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < hashes.length; from += CHUNK) rows.push(...(await find(hashes.slice(from, from + CHUNK))));
  return rows;
}
