/** Lists the credentials for the page that keeps them, those that work first; never a value. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { type OwnerGone, ownerGone } from "@/lib/auth/owner";
import type { Scope } from "@/lib/auth/roles";
import { now as clock } from "@/lib/clock";
import { reader } from "@/lib/db";
import { type EndpointState, stateOf } from "@/lib/endpoints/state";
import { nameOfTemplate } from "@/lib/templates/name-of";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { readNames, readScopes } from "./row";

export type ListedCredential = {
  id: string;
  name: string;
  state: EndpointState;
  scopes: readonly Scope[];
  /** Null: all. */
  keys: string[] | null;
  /** Null: any, or none. */
  templates: string[] | null;
  /** Null: from everywhere. */
  addresses: string[] | null;
  perMinute: number | null;
  /** Seconds since 1970; null: never. */
  endsAt: number | null;
  createdAt: number;
  createdByName: string;
  owner: { id: string; name: string; gone: OwnerGone };
  /** Those that work, newest first. Instants in seconds since 1970. */
  values: {
    ending: string;
    createdAt: number;
    endsAt: number | null;
    lastUsedAt: number | null;
    lastAddress: string | null;
  }[];
};

/** Of those that have ended so many are listed, the newest. */
const MOST_ENDED = 50;

/** @param onlyOpen without those that were ended */
export async function listCredentials(actor: Actor, { onlyOpen = false } = {}): Promise<ListedCredential[]> {
  await authorize(actor, "credential.manage");
  const at = clock();
  const newest = [{ createdAt: "desc" as const }, { id: "asc" as const }];
  const values = { where: { OR: [{ endsAt: null }, { endsAt: { gt: at } }] }, orderBy: { createdAt: "desc" as const } };
  const [open, ended] = await Promise.all([
    reader().credential.findMany({ where: { endedAt: null }, orderBy: newest, include: { values } }),
    onlyOpen
      ? []
      : reader().credential.findMany({
          ...{ where: { endedAt: { not: null } }, orderBy: newest, take: MOST_ENDED, include: { values } },
        }),
  ]);
  const rows = [...open, ...ended];
  const [keys, owners] = await Promise.all([
    reader().signingKey.findMany({ select: { id: true, label: true } }),
    reader().member.findMany({
      where: { id: { in: rows.map(({ ownerId }) => ownerId) } },
      select: { id: true, name: true, role: true, disabledAt: true },
    }),
  ]);
  const listed = await Promise.all(
    rows.map(async (row): Promise<ListedCredential> => {
      const owner = owners.find(({ id }) => id === row.ownerId);
      const gone = ownerGone(owner);
      const templates = readNames(row.templateIds);
      return {
        ...{ id: row.id, name: row.name, perMinute: row.perMinute, createdByName: row.createdByName },
        state: stateOf(
          {
            ...row,
            disabledAt: null,
            endsAt: row.endsAt?.getTime() ?? null,
            ownerAnswers: gone === null,
          },
          at.getTime(),
        ),
        scopes: readScopes(row.scopes),
        keys: readNames(row.keyIds)?.map((id) => keys.find((key) => key.id === id)?.label ?? id) ?? null,
        templates: templates && (await Promise.all(templates.map(nameOfTemplate))),
        addresses: readNames(row.addresses),
        endsAt: row.endsAt && epochSeconds(row.endsAt),
        createdAt: epochSeconds(row.createdAt),
        owner: { id: row.ownerId, name: owner?.name ?? "", gone },
        values: row.values.map(({ ending, createdAt, endsAt, lastUsedAt, lastAddress }) => ({
          ...{ ending, lastAddress, createdAt: epochSeconds(createdAt) },
          endsAt: endsAt && epochSeconds(endsAt),
          lastUsedAt: lastUsedAt && epochSeconds(lastUsedAt),
        })),
      };
    }),
  );
  const rank = ({ state }: ListedCredential) => Number(state === "ended" || state === "over");
  return listed.sort((one, other) => rank(one) - rank(other));
}
