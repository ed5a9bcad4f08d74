/** Endpoints and credentials put into a desk's database from outside, as its verbs make them: for stories that are about what they answer. */
import { createHash, randomBytes } from "node:crypto";
import { newId } from "@/lib/new-id";
import { writeCredential } from "@/lib/text/credential";
import { change, rows } from "./database";
import type { Desk } from "./desk";

type Columns = Record<string, string | number | null>;

/** What is needed of a desk, running or not. */
type Stored = Pick<Desk, "database" | "key">;

function insert(desk: Stored, table: string, columns: Columns): void {
  const names = Object.keys(columns);
  change(
    desk.database,
    `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
    ...Object.values(columns),
  );
}

/** The admin, who answers for it, and the key. */
function ownersOf(desk: Stored): { adminId: string; keyId: string } {
  const [admin] = rows<{ id: string }>(desk.database, "SELECT id FROM Member WHERE role = 'admin' LIMIT 1");
  const [key] = rows<{ id: string }>(desk.database, "SELECT id FROM SigningKey WHERE apiKey = ?", desk.key.apiKey);
  if (!admin || !key) throw new Error("The desk has no admin or no key.");
  return { adminId: admin.id, keyId: key.id };
}

/** One without limits, for any room, of any page, unless said. @returns its id, and the base of its URL */
export function addEndpoint(desk: Desk, columns: Columns = {}): { id: string; base: string } {
  const { adminId, keyId } = ownersOf(desk);
  const [id, path] = [newId(), randomBytes(16).toString("base64url")];
  insert(desk, "Endpoint", {
    ...{ id, path, name: "Demo app", keyId, templateId: "participant", ttlSeconds: 600, roomFrom: "optional" },
    ...{ origins: '["*"]', purpose: "", createdAt: Date.now(), createdById: adminId, createdByName: "Maya" },
    ...{ ownerId: adminId, version: 1, confirmedReach: '["moderate","rest","any-room"]' },
    ...columns,
  });
  return { id, base: `${desk.address}/t/${path}` };
}

/** Of all scopes, without limits, unless said. @returns its id, its value, and the header that brings it */
export function addCredential(
  desk: Stored,
  columns: Columns = {},
): { id: string; value: string; headers: { authorization: string } } {
  const { adminId } = ownersOf(desk);
  const id = newId();
  const value = writeCredential(randomBytes(32));
  insert(desk, "Credential", {
    ...{ id, name: "CI", scopes: '["issue","inspect","revoke","audit:read"]', createdAt: Date.now() },
    ...{ createdById: adminId, createdByName: "Maya", ownerId: adminId, version: 1 },
    ...columns,
  });
  const hash = createHash("sha256").update(value).digest();
  change(
    desk.database,
    "INSERT INTO CredentialValue (id, credentialId, hash, ending, createdAt) VALUES (?, ?, ?, ?, ?)",
    ...[newId(), id, hash, value.slice(-4), Date.now()],
  );
  return { id, value, headers: { authorization: `Bearer ${value}` } };
}

/** What an endpoint answers to `GET {base}/get-token`. */
export async function askEndpoint(
  base: string,
  query = "",
): Promise<{ status: number; json: { token: string } & Record<string, unknown> }> {
  const response = await fetch(`${base}/get-token${query}`);
  return { status: response.status, json: await response.json() };
}

export const keyIdOf = (desk: Stored): string => ownersOf(desk).keyId;
