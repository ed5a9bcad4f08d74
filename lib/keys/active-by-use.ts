/** Tells where and for what the active tokens that a key's current secret has signed are used: by room and by purpose, the most frequent first. Goes through no more than `MOST_GONE_THROUGH`, those that end last. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { readRows } from "@/lib/db";
import { currentSecretOf } from "./current-secret";
import { MOST_GONE_THROUGH, MOST_TOLD } from "./fall";

/** `value`: null stands for any room, an empty text for no purpose. */
export type Use<Value> = { told: { value: Value; active: number }[]; others: number };
export type ActiveByUse = {
  rooms: Use<string | null>;
  purposes: Use<string>;
  /** So many were gone through, those that end last: there are more; null: these are all. */
  endLast: number | null;
};

export async function listActiveByUse(actor: Actor, keyId: string, most = MOST_GONE_THROUGH): Promise<ActiveByUse> {
  await authorize(actor, "key.list");
  const rows = await readRows<{ room: string | null; purpose: string }>(
    `SELECT "room", "purpose" FROM "IssuedToken" WHERE "keyId" = ? AND "expiresAt" > ? AND "secretVersionId" = ? ORDER BY "expiresAt" DESC LIMIT ?`,
    ...[keyId, now().getTime(), await currentSecretOf(keyId), most + 1],
  );
  const tokens = rows.slice(0, most);
  return {
    rooms: countedIn(tokens.map(({ room }) => room)),
    purposes: countedIn(tokens.map(({ purpose }) => purpose)),
    endLast: rows.length > most ? most : null,
  };
}

function countedIn<Value extends string | null>(values: readonly Value[]): Use<Value> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts]
    .map(([value, active]) => ({ value, active }))
    .sort((one, other) => other.active - one.active || String(one.value).localeCompare(String(other.value)));
  const others = sorted.slice(MOST_TOLD).reduce((sum, { active }) => sum + active, 0);
  return { told: sorted.slice(0, MOST_TOLD), others };
}
