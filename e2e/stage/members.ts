/** Members, and sessions in every state, put into a desk's database as no form makes them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { newId } from "@/lib/new-id";
import { addMember, change } from "./database";
import type { Desk } from "./desk";
import type { Role } from "./people";

export type NewMember = { id: string; name: string; email: string; password: string; role: Role };

const PASSWORD = "amber ferries cross quiet fjords";

/** Whom nobody else in the story is. */
export async function newMember(desk: Desk, role: Role, { disabled = false } = {}): Promise<NewMember> {
  const id = newId();
  const person = { name: `Robin ${id.slice(-6)}`, email: `${id.toLowerCase()}@example.com`, password: PASSWORD };
  await addMember(desk.database, person, role, id);
  if (disabled) change(desk.database, "UPDATE Member SET disabledAt = ? WHERE id = ?", Date.now(), id);
  return { id, role, ...person };
}

/** A cookie as the server seals it, or as somebody does who knows another secret. */
export async function sealCookie(desk: Desk, sid: string, secret?: string): Promise<string> {
  const [, own = ""] = /^AUTH_SECRET="?([^"\n]+)/m.exec(readFileSync(join(desk.folder, ".env"), "utf8")) ?? [];
  return `claimcheck=${await encode({ token: { sid }, secret: secret ?? own, salt: "claimcheck" })}`;
}

type Instants = { endedAt?: number; expiresAt?: number; lastSeenAt?: number };

/** @param instants milliseconds since 1970; without them it has just begun @returns its id, and the `Cookie` header that names it */
export async function newSession(
  desk: Desk,
  memberId: string,
  { endedAt, expiresAt, lastSeenAt }: Instants = {},
): Promise<{ id: string; cookie: string }> {
  const id = newId();
  const now = Date.now();
  change(
    desk.database,
    "INSERT INTO Session (id, memberId, createdAt, expiresAt, lastSeenAt, endedAt, address, userAgent) VALUES (?, ?, ?, ?, ?, ?, '127.0.0.1', '')",
    ...[id, memberId, now, expiresAt ?? now + 3_600_000, lastSeenAt ?? now, endedAt ?? null],
  );
  return { id, cookie: await sealCookie(desk, id) };
}
