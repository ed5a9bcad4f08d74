/** A team's template as the database keeps it, and how a vendor's templates are arranged. Refuses a row that this desk did not write. */

import type { Tx } from "@/lib/db";
import type { Template } from "@/lib/profiles/profile";
import { typedLifetime } from "@/lib/text/lifetime";
import * as z from "@/lib/zod";
import type { Fills } from "./schema";

const StoredFills = z.object({
  given: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  ttlSeconds: z.number().int().positive(),
});

export const writeFills = ({ given, ttlSeconds }: Fills): string => JSON.stringify({ given, ttlSeconds });

/** @throws Error when the text is none that `writeFills` wrote */
export const readFills = (text: string): Fills => StoredFills.parse(JSON.parse(text));

export type TemplateRow = { id: string; name: string; note: string; fills: string; version: number };

export function templateOfRow({ id, name, note, fills, version }: TemplateRow): Template {
  const { given, ttlSeconds } = readFills(fills);
  return { id, name, help: note, given, expiresIn: typedLifetime(ttlSeconds), version };
}

export type Arrangement = { order: readonly string[]; hidden: readonly string[] };

const Ids = z.array(z.string());
export const readIds = (text: string): string[] => Ids.parse(JSON.parse(text));

export const arrangementOf = (row: { order: string; hidden: string } | null | undefined): Arrangement =>
  row ? { order: readIds(row.order), hidden: readIds(row.hidden) } : { order: [], hidden: [] };

export async function writeArrangement(tx: Tx, profile: string, { order, hidden }: Arrangement): Promise<void> {
  const columns = { order: JSON.stringify(order), hidden: JSON.stringify(hidden) };
  await tx.templateArrangement.upsert({ where: { profile }, create: { profile, ...columns }, update: columns });
}

/** What the order does not name follows, as it stands. */
export function arranged<Item extends { id: string }>(items: readonly Item[], order: readonly string[]): Item[] {
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...items].sort((one, other) => place(one.id) - place(other.id));
}
