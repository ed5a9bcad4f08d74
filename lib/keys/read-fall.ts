/** Tells how many active tokens a key's current secret has signed and how that falls as they end: when disabling it at the vendor, or regenerating its secret there, would concern fewest. Counts no further than `MOST`. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { readRows } from "@/lib/db";
import { currentSecretOf } from "./current-secret";
import { type Fall, fallOf } from "./fall";

const MOST = 10_000;

/** @returns what is left at first and after each step; undefined: more than anybody goes through */
export async function readFall(actor: Actor, keyId: string, most = MOST): Promise<Fall | undefined> {
  await authorize(actor, "key.list");
  const ends = await readRows<{ expiresAt: number }>(
    `SELECT "expiresAt" FROM "IssuedToken" WHERE "keyId" = ? AND "expiresAt" > ? AND "secretVersionId" = ? ORDER BY "expiresAt" LIMIT ?`,
    ...[keyId, now().getTime(), await currentSecretOf(keyId), most + 1],
  );
  return ends.length > most ? undefined : fallOf(ends.map(({ expiresAt }) => expiresAt / 1000));
}
