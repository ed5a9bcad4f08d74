/** Reads what somebody wants to know on arriving: how much is active, with which key, by whom and until when, and what was issued last. Counts stop, so that it takes as long with a million tokens as with a thousand. */
import type { AuditListItem } from "@/lib/audit/list";
import { viewSequences } from "@/lib/audit/view";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader, readRows } from "@/lib/db";
import { countActive } from "@/lib/keys/active";
import { issuedEventsOf } from "@/lib/ledger/find";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LATEST = 6;
/** More people than that no page has room for. */
const MOST_PEOPLE = 6;

/** When active tokens end: within an hour, then up to a day, up to a week, and later. */
const ENDINGS = [
  { id: "1h", after: 0, until: HOUR_MS },
  { id: "1h-24h", after: HOUR_MS, until: DAY_MS },
  { id: "24h-7d", after: DAY_MS, until: 7 * DAY_MS },
  { id: "7d-", after: 7 * DAY_MS, until: Number.MAX_SAFE_INTEGER },
] as const;
export type EndingId = (typeof ENDINGS)[number]["id"];

export type Overview = {
  /** With what is active of each, most first. */
  keys: { id: string; label: string; disabled: boolean; active: number }[];
  /** Who has most comes first, then as they are called; at most six. */
  people: { id: string | null; name: string; active: number }[];
  /** How many others there are. */
  morePeople: number;
  endings: { id: EndingId; active: number }[];
  /** All of these counts are of at most `COUNTED_AT_MOST`; the revoked count too: the vendor does not know our mark. */
  active: number;
  endWithinDay: number;
  /** All that were ever issued, to the last one. */
  issued: number;
  /** Newest first. */
  latest: AuditListItem[];
};

type Person = Overview["people"][number];

/** Of counts that stop, many are the same: by name somebody is found all the same. */
const byMost = (one: Person, other: Person) =>
  other.active - one.active || one.name.localeCompare(other.name, "en", { numeric: true });

const atMost = (count: number) => Math.min(count, COUNTED_AT_MOST);

export async function readOverview(actor: Actor): Promise<Overview> {
  await authorize(actor, "audit.read");
  const at = now().getTime();
  const [keys, pairs, endings, latest] = await Promise.all([
    reader().signingKey.findMany({
      orderBy: { createdAt: "asc" },
      select: { id: true, label: true, disabledAt: true, issuedTokens: true },
    }),
    countActive(at),
    countEndings(at),
    readLatest(),
  ]);
  const people = new Map<string | null, { id: string | null; name: string; active: number }>();
  const ofKey = new Map<string, number>();
  for (const { keyId, actorId, name, active } of pairs) {
    const person = people.get(actorId) ?? { id: actorId, name, active: 0 };
    people.set(actorId, { ...person, active: atMost(person.active + active) });
    ofKey.set(keyId, atMost((ofKey.get(keyId) ?? 0) + active));
  }
  const endWithinDay = endings.slice(0, 2).reduce((sum, { active }) => atMost(sum + active), 0);
  return {
    keys: keys
      .map(({ id, label, disabledAt }) => ({ id, label, disabled: disabledAt !== null, active: ofKey.get(id) ?? 0 }))
      .sort((a, b) => b.active - a.active),
    people: [...people.values()].sort(byMost).slice(0, MOST_PEOPLE),
    morePeople: Math.max(0, people.size - MOST_PEOPLE),
    endings,
    active: pairs.reduce((sum, { active }) => atMost(sum + active), 0),
    endWithinDay,
    issued: keys.reduce((sum, { issuedTokens }) => sum + issuedTokens, 0),
    latest,
  };
}

async function countEndings(at: number): Promise<Overview["endings"]> {
  const counts = await readRows<{ id: EndingId; active: number }>(
    ENDINGS.map(
      () => `SELECT ? AS "id", count(*) AS "active" FROM (
        SELECT 1 FROM "IssuedToken" WHERE "expiresAt" > ? AND "expiresAt" <= ? LIMIT ${COUNTED_AT_MOST}
      )`,
    ).join(" UNION ALL "),
    ...ENDINGS.flatMap(({ id, after, until }) => [id, at + after, Math.min(at + until, Number.MAX_SAFE_INTEGER)]),
  );
  return ENDINGS.map(({ id }) => ({ id, active: counts.find((each) => each.id === id)?.active ?? 0 }));
}

async function readLatest(): Promise<AuditListItem[]> {
  const rows = await reader().issuedToken.findMany({
    orderBy: { number: "desc" },
    take: LATEST,
    select: { number: true },
  });
  const events = await issuedEventsOf(rows.map(({ number }) => number));
  return viewSequences(rows.flatMap(({ number }) => events.get(number) ?? []));
}
