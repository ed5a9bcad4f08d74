/** Tells which endpoints a key would stop that is disabled, or whose policy is changed, before it is. Changes nothing. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { reader } from "@/lib/db";
import { type BeyondPolicy, previewKeyChange } from "@/lib/keys/preview-change";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import type { AskedByPolicy } from "./asked";
import { givesOf } from "./gives";
import { listEndpoints } from "./list";

export type NamedEndpoint = { id: string; name: string };

/** Those of a key that give tokens now. */
export async function listGiving(actor: Actor, keyId: string): Promise<NamedEndpoint[]> {
  await authorize(actor, "endpoint.manage");
  const open = await listEndpoints(actor, { onlyOpen: true, keyId });
  return open
    .filter(({ state, broken }) => state === "active" && broken === null)
    .map(({ id, name }) => ({ id, name }));
}

export type StoppedByPolicy = BeyondPolicy & {
  /** Those that give tokens now, and would refuse every call. */
  endpoints: NamedEndpoint[];
  /** Those that would go on, and ask each caller for what they do not ask for now. */
  asking: Record<AskedByPolicy, NamedEndpoint[]>;
};

/** @returns also the active tokens that it would not allow any more @throws AppError `forbidden`, `invalid`, or `not_found` */
export async function previewPolicy(actor: Actor, input: unknown): Promise<StoppedByPolicy> {
  await authorize(actor, "key.change");
  const { beyond, change } = await previewKeyChange(actor, input);
  const endpoints: NamedEndpoint[] = [];
  const asking: StoppedByPolicy["asking"] = { room: [], subject: [] };
  if (!change) return { ...beyond, endpoints, asking };
  const { key, after } = change;
  const at = now();
  const rows = await reader().endpoint.findMany({
    where: { keyId: key.id, disabledAt: null, endedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
    orderBy: { createdAt: "asc" },
  });
  for (const row of rows) {
    const named = { id: row.id, name: row.name };
    const isNow = await givesOf({ ...row, key }, wholeEpochSeconds(at));
    if (isNow.broken !== null) continue;
    const willBe = await givesOf({ ...row, key }, wholeEpochSeconds(at), () => after);
    if (willBe.broken !== null) endpoints.push(named);
    else for (const more of willBe.asks) if (!isNow.asks.includes(more)) asking[more].push(named);
  }
  return { ...beyond, endpoints, asking };
}
