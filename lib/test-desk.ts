/** For tests only: a desk of its own for a test file, with a real migrated database, random secrets and a member of each role. Call it before anything reads a setting; it is taken away after the last test. */
import { randomBytes, randomUUID } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, expect, vi } from "vitest";
import { newJti } from "@/lib/composer/new-jti";
import { migratedDatabase } from "@/prisma/test-database";
import type { AuditAction } from "./audit/actions";
import { readBody } from "./audit/event";
import { forgetNumbers } from "./audit/next-number";
import { viewEvents } from "./audit/view";
import type { Endpoint, Member, Service, Visitor } from "./auth/actor";
import type { Role } from "./auth/roles";
import { createCredential } from "./credentials/create";
import { findCredential } from "./credentials/find";
import type { CredentialFields } from "./credentials/schema";
import { type Change, WritingThread } from "./database/writing-thread";
import { closeDatabase, reader, transaction } from "./db";
import { createEndpoint } from "./endpoints/create";
import type { EndpointFields } from "./endpoints/schema";
import { AppError } from "./errors";
import { createKey } from "./keys/create";
import { newId } from "./new-id";

export type TestKey = { id: string; label: string; apiKey: string; secret: string };

export type TestDesk = {
  folder: string;
  /** The database file. */
  file: string;
  admin: Member;
  issuer: Member;
  auditor: Member;
  support: Member;
  visitor: Visitor;
  /** Adds a member with a session of their own. */
  addMember(role: Role, name?: string): Promise<Member>;
  /** Adds a signing key, as the admin. */
  addKey(maxLifetime?: string, profile?: string): Promise<TestKey>;
  /** Makes a credential, as the admin; all scopes unless said. */
  addProgram(fields?: Partial<CredentialFields>): Promise<{ actor: Service; value: string }>;
  /** Makes an endpoint, as the admin: with the form's defaults unless said. */
  addEndpoint(key: TestKey, fields?: Partial<EndpointFields>): Promise<{ actor: Endpoint; path: string }>;
  /** Runs `work` on a connection of its own, outside Prisma. */
  raw<T>(work: (db: Database.Database) => T): T;
};

/** Like VideoSDK's: a UUID, and 64 hexadecimal digits. */
export const newApiKey = (): string => randomUUID();
export const newSecret = (): string => randomBytes(32).toString("hex");

/** An issue form that passes as it stands, with a token id of its own. */
export function issueForm(key: TestKey) {
  return { keyId: key.id, permissions: ["allow_join" as const], expiresIn: "2h", jti: newJti() };
}

/** An endpoint's form as it begins. */
export function endpointForm(key: TestKey, fields: Partial<EndpointFields> = {}): EndpointFields {
  return {
    ...{ name: "Demo app", keyId: key.id, template: "participant", expiresIn: "10m", roomFrom: "required" as const },
    ...{ origins: "", perMinute: "60", perMinuteFromAddress: "60", perDay: "2000" },
    ...fields,
  };
}

/** The error that a promise is rejected with; that it is not rejected fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

/** Until the test is over, what the writing thread is asked for goes through `asked` first. */
export function changeAsked(asked: (changes: readonly Change[]) => readonly Change[]) {
  const ask = WritingThread.prototype.ask;
  return vi.spyOn(WritingThread.prototype, "ask").mockImplementation(function (this: WritingThread, ...changes) {
    return ask.apply(this, [...asked(changes)]);
  });
}

/** Its connection, like a file that may not be written. */
export const makeWriterReadOnly = () => changeAsked((changes) => [["PRAGMA query_only = ON", []], ...changes]);

/** What the log says, oldest first, with the columns that it is found by. */
export async function recorded(action?: AuditAction) {
  const rows = await reader().auditEvent.findMany({ where: action ? { action } : {}, orderBy: { sequence: "asc" } });
  const views = await viewEvents(rows);
  return views.map((view, index) => {
    const { actorId = null, keyId = null, body = "" } = rows[index] ?? {};
    return { ...view, actorId, keyId, memberId: readBody(body).memberId ?? null };
  });
}

/** The refusal of a verb; any other error fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const error = await failureOf(work);
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

/** @param kept further settings, set over the defaults */
export async function openDesk(kept: Record<string, string> = {}): Promise<TestDesk> {
  // Each commit waits for the disk, which another test may be keeping busy.
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
  const folder = mkdtempSync(join(tmpdir(), "claimcheck-test-"));
  const file = join(folder, "desk.db");
  Object.assign(process.env, {
    DATABASE_URL: `file:${file}`,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    SEALING_KEYS: `test:${randomBytes(32).toString("base64url")}`,
    LOG_LEVEL: "silent",
    ...kept,
  });
  afterAll(async () => {
    await closeDatabase();
    rmSync(folder, { recursive: true });
  });
  copyFileSync(await migratedDatabase(), file);

  const origin = (userAgent: string) =>
    ({ via: "dashboard", address: "203.0.113.7", userAgent, requestId: randomUUID() }) as const;

  async function addMember(role: Role, name = `The ${role}`): Promise<Member> {
    const id = newId();
    const sessionId = newId();
    const email = `${role}-${id.toLowerCase()}@example.com`;
    const now = new Date();
    const expiresAt = new Date(now.getTime() + 3_600_000);
    await transaction(async (tx) => {
      await tx.member.create({
        data: { id, name, email, role, createdAt: now, passwordHash: "nobody signs in with this" },
      });
      await tx.session.create({
        data: {
          id: sessionId,
          memberId: id,
          createdAt: now,
          expiresAt,
          lastSeenAt: now,
          address: "203.0.113.7",
          userAgent: "a test",
        },
      });
    });
    return { kind: "member", id, name, email, role, sessionId, origin: origin("a test") };
  }

  const admin = await addMember("admin");
  let keys = 0;
  return {
    folder,
    file,
    admin,
    issuer: await addMember("issuer"),
    auditor: await addMember("auditor"),
    support: await addMember("support"),
    visitor: { kind: "visitor", origin: origin("a visitor") },
    addMember,
    async addKey(maxLifetime = "", profile = "videosdk") {
      keys += 1;
      const given = { label: `Key ${keys}`, apiKey: newApiKey(), secret: newSecret() };
      const { keyId } = await createKey(admin, { ...given, profile, maxLifetime });
      return { id: keyId, ...given };
    },
    async addProgram(fields = {}) {
      const { credential } = await createCredential(admin, {
        ...{ name: "CI", scopes: ["issue", "inspect", "revoke", "audit:read"], perMinute: "600" },
        ...fields,
      });
      const found = await findCredential(credential);
      if (!found) throw new Error("A credential that was made is not found.");
      const programs = { via: "api", address: "203.0.113.9", userAgent: "a program", requestId: randomUUID() } as const;
      return { actor: { ...found.actor, origin: programs }, value: credential };
    },
    async addEndpoint(key, fields = {}) {
      const { endpointId } = await createEndpoint(admin, endpointForm(key, fields));
      const { id, name, keyId, version, path } = await reader().endpoint.findUniqueOrThrow({
        where: { id: endpointId },
      });
      const callers = {
        via: "endpoint",
        address: "203.0.113.9",
        userAgent: "an app",
        requestId: randomUUID(),
      } as const;
      return { actor: { kind: "endpoint", id, name, keyId, version, page: null, origin: callers }, path };
    },
    raw(work) {
      const db = new Database(file);
      try {
        return work(db);
      } finally {
        db.close();
        // It may have put the books back, which no running desk goes on from.
        forgetNumbers();
      }
    },
  };
}
