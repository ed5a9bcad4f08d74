/** Lists the endpoints for the page that keeps them, those that answer first; and one of them whole, with its address and what was asked of it. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { type OwnerGone, ownerGone } from "@/lib/auth/owner";
import { now as clock } from "@/lib/clock";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { countActive } from "@/lib/keys/active";
import { type Link, linkTo } from "@/lib/links";
import { parseInput } from "@/lib/parse-input";
import { nameOfTemplate } from "@/lib/templates/name-of";
import { epochSeconds, wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import type { EndpointModel } from "@/prisma/generated/models";
import { type Gives, givesOf } from "./gives";
import { refusedWords } from "./refused";
import { readOrigins, readReach, readRoomSource } from "./row";
import { EndpointInput, MOST_ENDED, type Reach, type RoomSource } from "./schema";
import { type EndpointState, stateOf } from "./state";

export type ListedEndpoint = {
  id: string;
  name: string;
  state: EndpointState;
  /** Switched off, whatever else holds. */
  off: boolean;
  keyId: string;
  keyLabel: string;
  profile: string;
  templateId: string;
  templateName: string;
  ttlSeconds: number;
  roomFrom: RoomSource;
  room: string | null;
  origins: string[];
  perMinute: number | null;
  perMinuteFromAddress: number | null;
  perDay: number | null;
  purpose: string;
  /** Seconds since 1970; null: never. */
  endsAt: number | null;
  /** Seconds since 1970; null: it was not. */
  endedAt: number | null;
  createdAt: number;
  createdByName: string;
  owner: { id: string; name: string; gone: OwnerGone };
  version: number;
  issuedTokens: number;
  /** How far its tokens were confirmed to reach. */
  confirmedReach: Reach[];
} & Gives;

type Joined = EndpointModel & {
  key: { label: string; apiKey: string; profile: string; disabledAt: Date | null; policy: string } | undefined;
  owner: { id: string; name: string; role: string; disabledAt: Date | null } | undefined;
};

/** @param onlyOpen without those that were ended @param keyId only those of this key */
export async function listEndpoints(
  actor: Actor,
  { onlyOpen = false, keyId }: { onlyOpen?: boolean; keyId?: string } = {},
): Promise<ListedEndpoint[]> {
  await authorize(actor, "endpoint.manage");
  const newest = [{ createdAt: "desc" as const }, { id: "asc" as const }];
  const of = keyId === undefined ? {} : { keyId };
  const [open, ended] = await Promise.all([
    reader().endpoint.findMany({ where: { endedAt: null, ...of }, orderBy: newest }),
    onlyOpen
      ? []
      : reader().endpoint.findMany({
          where: { endedAt: { not: null }, ...of },
          orderBy: newest,
          // One more tells whether those are all.
          take: MOST_ENDED + 1,
        }),
  ]);
  const rows = [...open, ...ended];
  const listed = await Promise.all((await join(rows)).map(viewOf));
  const rank = (state: EndpointState) => Number(state === "ended" || state === "over");
  return listed.sort((one, other) => rank(one.state) - rank(other.state));
}

/** Of the callers of a day, by what came of it. */
export type Calls = { day: string; issued: number; refused: Record<string, number> };

export type EndpointView = ListedEndpoint & {
  /** Its URL. */
  url: Link;
  /** The last thirty days that had any, newest first (UTC). */
  calls: Calls[];
  /** Of at most `COUNTED_AT_MOST`. */
  active: number;
};

const DAYS = 30;
/** Of outcomes, and some that an earlier version had. */
const KINDS = Object.keys(refusedWords).length + 4;

/** @throws AppError `forbidden` or `not_found` */
export async function getEndpoint(actor: Actor, input: unknown): Promise<EndpointView> {
  await authorize(actor, "endpoint.manage");
  const { endpointId } = parseInput(EndpointInput, input);
  const row = await reader().endpoint.findUnique({ where: { id: endpointId } });
  const [joined] = row ? await join([row]) : [];
  if (!joined) throw new AppError("not_found", "There is no such endpoint.");
  const [counts, pairs] = await Promise.all([
    reader().endpointCalls.findMany({ where: { endpointId }, orderBy: { day: "desc" }, take: DAYS * KINDS }),
    countActive(clock().getTime()),
  ]);
  // Of whichever key: what an earlier one signed works on.
  const active = pairs.filter(({ actorId }) => actorId === endpointId).reduce((sum, each) => sum + each.active, 0);
  const days = new Map<string, Calls>();
  for (const { day, outcome, calls } of counts) {
    const of = days.get(day) ?? { day, issued: 0, refused: {} };
    if (outcome === "issued") of.issued = calls;
    else of.refused[outcome] = calls;
    days.set(day, of);
  }
  return {
    ...(await viewOf(joined)),
    url: linkTo(`/t/${joined.path}`),
    calls: [...days.values()].slice(0, DAYS),
    active: Math.min(active, COUNTED_AT_MOST),
  };
}

async function join(rows: EndpointModel[]): Promise<Joined[]> {
  const [keys, owners] = await Promise.all([
    reader().signingKey.findMany({
      where: { id: { in: rows.map(({ keyId }) => keyId) } },
      select: { id: true, label: true, apiKey: true, profile: true, disabledAt: true, policy: true },
    }),
    reader().member.findMany({
      where: { id: { in: rows.map(({ ownerId }) => ownerId) } },
      select: { id: true, name: true, role: true, disabledAt: true },
    }),
  ]);
  return rows.map((row) => ({
    ...row,
    key: keys.find(({ id }) => id === row.keyId),
    owner: owners.find(({ id }) => id === row.ownerId),
  }));
}

async function viewOf(row: Joined): Promise<ListedEndpoint> {
  const { key, owner, templateId } = row;
  const at = clock();
  const gone = ownerGone(owner);
  const gives = await givesOf(row, wholeEpochSeconds(at));
  const { id, name, keyId, ttlSeconds, room, perMinute, perMinuteFromAddress, perDay, purpose, version } = row;
  return {
    ...{ id, name, keyId, ttlSeconds, room, perMinute, perMinuteFromAddress, perDay, purpose, version, templateId },
    state: stateOf({ ...row, endsAt: row.endsAt?.getTime() ?? null, ownerAnswers: gone === null }, at.getTime()),
    off: row.disabledAt !== null,
    keyLabel: key?.label ?? "",
    profile: key?.profile ?? "",
    templateName: await nameOfTemplate(templateId),
    roomFrom: readRoomSource(row.roomFrom),
    origins: readOrigins(row.origins),
    endsAt: row.endsAt && epochSeconds(row.endsAt),
    endedAt: row.endedAt && epochSeconds(row.endedAt),
    createdAt: epochSeconds(row.createdAt),
    createdByName: row.createdByName,
    owner: { id: row.ownerId, name: owner?.name ?? "", gone },
    issuedTokens: row.issuedTokens,
    confirmedReach: readReach(row.confirmedReach),
    ...gives,
  };
}
