/** Members, and sessions in every state, put into a desk's database as no form makes them; and what is there for them to act on. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { newId } from "@/lib/new-id";
import { addMember, change, rows } from "./database";
import type { Desk } from "./desk";
import type { Role } from "./people";
import { actionNamed, send } from "./server-action";

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

/** Somebody at a desk. */
export type Scene = { desk: Desk; me: NewMember; sessionId: string; cookie: string };

export async function sceneOf(desk: Desk, role: Role): Promise<Scene> {
  const me = await newMember(desk, role);
  const session = await newSession(desk, me.id);
  return { desk, me, sessionId: session.id, cookie: session.cookie };
}

export const [ROOM, PURPOSE, NOTE] = ["northern-room", "Meeting of the board", "It was our own backend."];

export const sha256 = (text: string) => createHash("sha256").update(text).digest();
export const only = <Row>(file: string, sql: string, ...values: unknown[]): Row => {
  const [row] = rows<Row>(file, sql, ...values);
  if (!row) throw new Error(`There is no row: ${sql}`);
  return row;
};

export const keyOf = ({ desk }: Scene) =>
  only<{ id: string; versionId: string }>(
    desk.database,
    "SELECT k.id, s.id AS versionId FROM SigningKey k JOIN SecretVersion s ON s.keyId = k.id WHERE k.apiKey = ?",
    desk.key.apiKey,
  );

/** Of a key without a secret. */
export function anotherKey({ desk }: Scene): string {
  const id = randomUUID();
  change(
    desk.database,
    "INSERT INTO SigningKey (id, label, apiKey, profile, policy, createdAt, createdById, createdByName) SELECT ?, ?, ?, profile, policy, createdAt, createdById, createdByName FROM SigningKey LIMIT 1",
    ...[id, `Key ${id.slice(0, 6)}`, randomUUID()],
  );
  return id;
}

export function openCase(scene: Scene): number {
  const { id, versionId } = keyOf(scene);
  const number = 1_000 + only<{ count: number }>(scene.desk.database, 'SELECT count(*) AS count FROM "Case"').count;
  change(
    scene.desk.database,
    'INSERT INTO "Case" (number, keyId, keyLabel, secretVersionId, openedAt) VALUES (?, ?, ?, ?, ?)',
    ...[number, id, "Staging", versionId, Date.now()],
  );
  return number;
}

/** A team's template, made by whoever is there. */
export function template({ desk, me }: Scene, state: "proposed" | "declined" | "accepted"): string {
  const id = newId();
  change(
    desk.database,
    "INSERT INTO Template (id, profile, name, note, fills, version, state, createdAt, createdById, createdByName) VALUES (?, 'videosdk', ?, 'One room', ?, 1, ?, ?, ?, ?)",
    ...[
      id,
      `Kiosk ${id}`,
      JSON.stringify({ given: { permissions: ["allow_join"], roles: ["rtc"] }, ttlSeconds: 3600 }),
    ],
    ...[state, Date.now(), me.id, me.name],
  );
  return id;
}

export const templateForm = (more: object = {}) => ({
  ...{ name: `Kiosk ${newId()}`, note: "One room", permissions: ["allow_join"], roles: ["rtc"], expiresIn: "8h" },
  ...more,
});

type LinkState = { usedAt?: number; withdrawnAt?: number; expiresAt?: number };

export function invitation(
  { desk }: Pick<Scene, "desk">,
  { usedAt, withdrawnAt, expiresAt }: LinkState = {},
): { id: string; code: string } {
  const [id, code] = [randomUUID(), randomBytes(24).toString("base64url")];
  change(
    desk.database,
    "INSERT INTO Invitation (id, email, role, linkHash, createdAt, createdById, createdByName, expiresAt, usedAt, withdrawnAt) VALUES (?, ?, 'admin', ?, ?, 'x', 'Somebody', ?, ?, ?)",
    ...[id, `${id}@example.com`, sha256(code), Date.now(), expiresAt ?? Date.now() + 3_600_000],
    ...[usedAt ?? null, withdrawnAt ?? null],
  );
  return { id, code };
}

export function resetLink({ desk }: Scene, memberId: string, { usedAt, expiresAt }: LinkState = {}): string {
  const code = randomBytes(24).toString("base64url");
  change(
    desk.database,
    "INSERT INTO ResetLink (id, memberId, linkHash, createdAt, createdByName, expiresAt, usedAt) VALUES (?, ?, ?, ?, 'x', ?, ?)",
    ...[randomUUID(), memberId, sha256(code), Date.now(), expiresAt ?? Date.now() + 3_600_000, usedAt ?? null],
  );
  return code;
}

export const form = (scene: Scene) => ({
  ...{ keyId: keyOf(scene).id, permissions: ["allow_join"], roomId: ROOM, expiresIn: "2h", jti: randomUUID() },
  purpose: PURPOSE,
});

/** Issued by an admin, or by whom `cookie` says. */
export async function issued({ desk }: Pick<Scene, "desk">, as?: string) {
  const scene = await sceneOf(desk, "admin");
  const asked = form(scene);
  const cookie = as ?? scene.cookie;
  const { result } = await send(actionNamed(desk, "issueTokenAction", "/issue"), { cookie, body: [asked] });
  return { ...(result?.data as { token: string; number: number }), form: asked, by: scene.me };
}

/** A hand-over of an admin's token. @param by who made it; a stranger by default @returns what opens it */
export async function handover({ desk }: Pick<Scene, "desk">, ending?: string, by?: { id: string; name: string }) {
  return enterHandover({ desk }, (await issued({ desk })).number, ending, by);
}

/** The row alone. */
export function enterHandover(
  { desk }: Pick<Scene, "desk">,
  number: number,
  ending?: string,
  by = { id: "nobody", name: "Robin" },
): { id: string; proof: string } {
  const [id, proof] = [randomUUID(), sha256(randomUUID()).toString("base64url")];
  change(
    desk.database,
    `INSERT INTO Handover (id, tokenNumber, sealed, proofHash, createdAt, createdById, createdByName, expiresAt, ending)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, number, "x".repeat(60), sha256(proof), new Date().toISOString(), by.id, by.name],
    ...[new Date(Date.now() + 3_600_000).toISOString(), ending ?? null],
  );
  return { id, proof };
}

export const batchForm = (scene: Scene) => {
  const { jti: requestId, ...asked } = form(scene);
  return { ...asked, requestId, rows: [{ participantId: "guest-1" }, { participantId: "guest-2", expiresIn: "1h" }] };
};

/** Of the one token that was issued last. */
export function batchOf({ desk }: Scene): number {
  const number = 1_000 + only<{ count: number }>(desk.database, "SELECT count(*) AS count FROM Batch").count;
  change(
    desk.database,
    "INSERT INTO Batch (number, requestId, askedSha256, firstNumber, tokens) SELECT ?, ?, ?, max(number), 1 FROM IssuedToken",
    ...[number, randomBytes(16), randomBytes(32)],
  );
  return number;
}
