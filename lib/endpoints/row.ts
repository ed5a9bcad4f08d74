/** An endpoint as the database keeps it, and what the log tells of its settings. Refuses a row that this desk did not write. */

import * as z from "@/lib/zod";
import type { EndpointModel } from "@/prisma/generated/models";
import { type EndpointSettings, type Reach, reaches, roomSources } from "./schema";

const Origins = z.array(z.string());
const NONE = "[]";
const Reaches = z.array(z.enum(reaches));
const RoomFrom = z.enum(roomSources);

export const readOrigins = (text: string): string[] => Origins.parse(JSON.parse(text));
export const readReach = (text: string): Reach[] => Reaches.parse(JSON.parse(text));
export const readRoomSource = (text: string) => RoomFrom.parse(text);

/** As the columns hold them. @param reach what was confirmed */
export function columnsOf(settings: EndpointSettings, reach: readonly Reach[]) {
  const { name, keyId, template, expiresIn, roomFrom, room, origins, purpose, endsAt } = settings;
  const { perMinute, perMinuteFromAddress, perDay } = settings;
  return {
    ...{ name, keyId, templateId: template, ttlSeconds: expiresIn, roomFrom, purpose },
    room: roomFrom === "fixed" ? room : null,
    origins: JSON.stringify(origins),
    confirmedReach: JSON.stringify(reach),
    ...{ perMinute, perMinuteFromAddress, perDay },
    endsAt: endsAt === null ? null : new Date(endsAt * 1000),
  };
}

type Columns = Pick<EndpointModel, keyof ReturnType<typeof columnsOf>>;
type Told = string | number | string[] | null;

/** What the log says of each. @param keyLabel @param templateName as they are called now */
export function told(row: Columns, { key, template }: { key: string; template: string }): Record<string, Told> {
  const { name, ttlSeconds, roomFrom, room, origins, confirmedReach } = row;
  const { perMinute, perMinuteFromAddress, perDay, purpose, endsAt } = row;
  return {
    ...{ name, key, template, ttlSeconds, roomFrom, room },
    origins: readOrigins(origins),
    reach: confirmedReach === NONE ? null : readReach(confirmedReach),
    ...{ perMinute, perMinuteFromAddress, perDay, purpose },
    endsAt: endsAt?.toISOString() ?? null,
  };
}

/** Field by field, what is another after than before. */
export function changedTold(before: Record<string, Told>, after: Record<string, Told>): Record<string, [Told, Told]> {
  const changed: Record<string, [Told, Told]> = {};
  for (const [field, value] of Object.entries(after)) {
    const was = before[field] ?? null;
    if (JSON.stringify(was) !== JSON.stringify(value)) changed[field] = [was, value];
  }
  return changed;
}
