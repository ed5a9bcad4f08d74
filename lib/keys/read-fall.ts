/** Tells how many active tokens a key's current secret has signed and how that falls as they end: when disabling it at the vendor, or regenerating its secret there, would concern fewest. Goes through no more than `MOST_GONE_THROUGH`. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { readRows } from "@/lib/db";
import { currentSecretOf } from "./current-secret";
import { type Fall, fallOf, MOST_GONE_THROUGH } from "./fall";

/** @returns what is left at first and after each step; undefined: there are more */
export async function readFall(actor: Actor, keyId: string, most = MOST_GONE_THROUGH): Promise<Fall | undefined> {
  await authorize(actor, "key.list");
  const ends = await readRows<{ expiresAt: number }>(
    `SELECT "expiresAt" FROM "IssuedToken" WHERE "keyId" = ? AND "expiresAt" > ? AND "secretVersionId" = ? ORDER BY "expiresAt" LIMIT ?`,
    ...[keyId, now().getTime(), await currentSecretOf(keyId), most + 1],
  );
  return ends.length > most ? undefined : fallOf(ends.map(({ expiresAt }) => expiresAt / 1000));
}
