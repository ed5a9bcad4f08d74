/** Finds the endpoint of an address, as each call asks for it: one statement, prepared once. */
import { dayOf } from "@/lib/audit/day";
import { OWNER_ANSWERS } from "@/lib/auth/owner";
import { onceForNow, placeholders, readRows } from "@/lib/db";
import { countedByDay } from "./refused";
import { stateOf } from "./state";

const DAY_MS = 86_400_000;

export type FoundEndpoint = {
  id: string;
  name: string;
  keyId: string;
  templateId: string;
  ttlSeconds: number;
  roomFrom: string;
  room: string | null;
  /** JSON. */
  origins: string;
  perMinute: number | null;
  perMinuteFromAddress: number | null;
  perDay: number | null;
  purpose: string;
  /** JSON. */
  confirmedReach: string;
  version: number;
  state: ReturnType<typeof stateOf>;
};

type Row = Omit<FoundEndpoint, "state"> & {
  endsAt: number | null;
  disabledAt: number | null;
  endedAt: number | null;
  /** 0 or 1. */
  ownerAnswers: number;
};

/** @returns undefined where no endpoint ever had this address, or has another now */
export async function findEndpoint(path: string, now: number): Promise<FoundEndpoint | undefined> {
  const [row] = await onceForNow(`endpoint ${path}`, () =>
    readRows<Row>(
      `SELECT e."id", e."name", e."keyId", e."templateId", e."ttlSeconds", e."roomFrom", e."room", e."origins",
       e."perMinute", e."perMinuteFromAddress", e."perDay", e."purpose", e."confirmedReach", e."version",
       e."endsAt", e."disabledAt", e."endedAt", ${OWNER_ANSWERS} AS "ownerAnswers"
     FROM "Endpoint" e JOIN "Member" m ON m."id" = e."ownerId" WHERE e."path" = ?`,
      path,
    ),
  );
  return row && { ...row, state: stateOf({ ...row, ownerAnswers: row.ownerAnswers === 1 }, now) };
}

/** How many calls of a day (UTC) its limit has counted: with those of the next one, which there are where the clock was set back. */
export async function countedOn(endpointId: string, day: string): Promise<number> {
  const next = dayOf(new Date(Date.parse(day) + DAY_MS));
  const outcomes = ["issued", ...countedByDay];
  const rows = await readRows<{ calls: number }>(
    `SELECT "calls" FROM "EndpointCalls" WHERE "endpointId" = ? AND "day" IN (?, ?) AND "outcome" IN (${placeholders(outcomes.length)})`,
    endpointId,
    day,
    next,
    ...outcomes,
  );
  return rows.reduce((sum, { calls }) => sum + calls, 0);
}
