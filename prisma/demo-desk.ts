/** Keeps the demo's books: each act becomes the rows that its verb would have written, by the same schema, rules and numbering. Throws on what a verb would refuse; writes nothing itself. */
import type { AuditAction, AuditDetail, Outcome } from "@/lib/audit/actions";
import { type AuditTarget, type EventActor, recordEvent } from "@/lib/audit/record";
import type { Origin } from "@/lib/auth/actor";
import type { Verb } from "@/lib/auth/roles";
import { SESSION_SECONDS } from "@/lib/auth/sign-in";
import { refusals } from "@/lib/composer/policy";
import { issueTokenInput } from "@/lib/composer/schema";
import { templateOf } from "@/lib/composer/template";
import type { Tx } from "@/lib/db";
import { fingerprint } from "@/lib/keys/fingerprint";
import { givenOf, namesIn } from "@/lib/profiles/given";
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { parseDuration } from "@/lib/text/parse-duration";
import { signToken, tokenSha256 } from "@/lib/tokens/sign";
import type { Prisma } from "@/prisma/generated/client";
import { seededRandom } from "./demo-random";
import type { TokenRequest } from "./demo-requests";
import type { DemoKey, DemoMember } from "./demo-team";

const PROFILE = "videosdk";
const MONTH_SECONDS = 30 * 24 * 60 * 60;

/** One stay at the desk, from sign-in to sign-out or expiry. */
export type Sitting = { member: DemoMember; sessionId: string; address: string };

/** Somebody who has not signed in. */
export type Stranger = { address: string; userAgent: string };

export class DemoDesk {
  readonly keys: Prisma.SigningKeyCreateManyInput[] = [];
  readonly sessions: Prisma.SessionCreateManyInput[] = [];
  readonly tokens: (Prisma.IssuedTokenCreateManyInput & { expiresAt: Date })[] = [];
  readonly events: Prisma.AuditEventCreateManyInput[] = [];
  readonly #random = seededRandom(9_001);
  readonly #secrets: ReadonlyMap<string, string>;

  /** @param secrets by the key's id */
  constructor(secrets: ReadonlyMap<string, string>) {
    this.#secrets = secrets;
  }

  /** Stands in for a transaction, so that `recordEvent` itself says what a row holds; thousands of real ones take too long. */
  readonly #collector = {
    counter: { upsert: async () => ({ name: "audit", value: this.events.length + 1 }) },
    // Reckoned from the events when they are written.
    auditDay: { upsert: async () => {} },
    auditEvent: {
      create: async ({ data }: { data: Prisma.AuditEventCreateManyInput }) => {
        this.events.push(data);
      },
    },
  } as unknown as Tx;

  async #record<Action extends AuditAction>(
    at: Date,
    who: Sitting | Stranger,
    action: Action,
    detail: AuditDetail<Action>,
    target: AuditTarget = {},
    outcome: Outcome = "ok",
  ): Promise<void> {
    const member = "member" in who ? who.member : undefined;
    const userAgent = "member" in who ? who.member.userAgent : who.userAgent;
    const origin: Origin = { door: "dashboard", address: who.address, userAgent, requestId: this.#random.uuid() };
    const actor: EventActor = member
      ? { kind: "member", memberId: member.id, name: member.name, origin }
      : { kind: "visitor", origin };
    await recordEvent(this.#collector, actor, { action, outcome, detail, target, at });
  }

  #sign(claims: Claims, keyId: string): Promise<string> {
    const secret = this.#secrets.get(keyId);
    if (!secret) throw new Error("The demo has no secret for this key.");
    return signToken(claims, secret);
  }

  createAdmin(at: Date, sitting: Sitting): Promise<void> {
    const { email, id: memberId } = sitting.member;
    return this.#record(at, sitting, "team.admin_created", { email }, { memberId });
  }

  signIn(at: Date, sitting: Sitting): Promise<void> {
    const { member, sessionId, address } = sitting;
    const { id: memberId, email, userAgent } = member;
    const expiresAt = new Date(at.getTime() + SESSION_SECONDS * 1000);
    this.sessions.push({ id: sessionId, memberId, createdAt: at, expiresAt, address, userAgent });
    return this.#record(at, sitting, "auth.signed_in", { email }, { memberId });
  }

  signOut(at: Date, sitting: Sitting): Promise<void> {
    const session = this.sessions.find(({ id }) => id === sitting.sessionId);
    if (session) session.endedAt = at;
    return this.#record(at, sitting, "auth.signed_out", {});
  }

  failSignIn(at: Date, from: Stranger, detail: AuditDetail<"auth.sign_in_failed">): Promise<void> {
    return this.#record(at, from, "auth.sign_in_failed", detail, {}, "failed");
  }

  deny(at: Date, sitting: Sitting, verb: Verb): Promise<void> {
    return this.#record(at, sitting, "access.denied", { verb, role: sitting.member.role }, {}, "denied");
  }

  createKey(at: Date, sitting: Sitting, key: DemoKey): Promise<void> {
    const { id, label, apiKey, maxTtlSeconds } = key;
    const { id: createdById, name: createdByName } = sitting.member;
    this.keys.push({ id, label, apiKey, maxTtlSeconds, profile: PROFILE, createdAt: at, createdById, createdByName });
    const detail = { apiKey, fingerprint: fingerprint(this.#secrets.get(id) ?? "") };
    return this.#record(at, sitting, "key.created", detail, { key });
  }

  setKeyStatus(at: Date, sitting: Sitting, key: DemoKey, disabled: boolean): Promise<void> {
    const row = this.keys.find(({ id }) => id === key.id);
    if (!row) throw new Error(`"${key.label}" has not been added yet.`);
    row.disabledAt = disabled ? at : null;
    const livingTokens = this.tokens.filter((token) => token.keyId === key.id && token.expiresAt > at).length;
    return this.#record(at, sitting, disabled ? "key.disabled" : "key.enabled", { livingTokens }, { key });
  }

  async issue(at: Date, sitting: Sitting, { key, ...request }: TokenRequest): Promise<void> {
    const form = issueTokenInput(profileOf(PROFILE)).parse({ ...request, keyId: key.id, jti: this.#random.uuid() });
    if (this.keys.find(({ id }) => id === key.id)?.disabledAt) {
      const detail = { reason: "disabled key" as const, fields: ["keyId"] };
      return this.#record(at, sitting, "token.refused", detail, { key, jti: form.jti }, "denied");
    }
    const lifetime = parseDuration(form.expiresIn);
    const ttlSeconds = lifetime.ok ? lifetime.seconds : 0;
    const iat = Math.floor(at.getTime() / 1000);
    const profile = profileOf(PROFILE);
    const given = givenOf(profile, form);
    const { apiKey } = key;
    const claims = profile.buildClaims({ apiKey, given, issuedAt: iat, expiresAt: iat + ttlSeconds, jti: form.jti });
    const reasons = Object.values(refusals(profile, claims, { ...key, disabled: false }, ttlSeconds));
    if (reasons.length > 0) throw new Error(`The demo asks for a token that is refused: ${reasons.join(" ")}`);

    const sha256 = tokenSha256(await this.#sign(claims, key.id));
    const number = this.tokens.length + 1;
    const expiresAt = new Date((iat + ttlSeconds) * 1000);
    const { jti, purpose } = form;
    const [permissions, roles] = [[...namesIn(given, "permissions")], [...namesIn(given, "roles")]];
    const names = profile.templates.map(({ name }) => templateOf(profile, { ...form, template: name }));
    const template = names.find(Boolean) ?? "";
    const { room, subject } = profile.facts(claims);
    const scope = { roomId: room, participantId: subject };
    this.tokens.push({
      number,
      jti,
      keyId: key.id,
      keyLabel: key.label,
      secretVersionId: key.versionId,
      issuerId: sitting.member.id,
      issuerName: sitting.member.name,
      sessionId: sitting.sessionId,
      door: "dashboard",
      issuedAt: new Date(iat * 1000),
      expiresAt,
      claims: JSON.stringify(claims),
      permissions: permissions.join(" "),
      roles: roles.join(" "),
      ...scope,
      template,
      purpose,
      sha256,
    });
    const detail = { template, purpose, expiresAt: expiresAt.toISOString(), permissions, roles };
    await this.#record(at, sitting, "token.issued", detail, { key, ...scope, jti, tokenNumber: number, sha256 });
  }

  /** @param back 0 for the newest token */
  async inspect(at: Date, sitting: Sitting, back: number): Promise<void> {
    const token = this.tokens.at(-1 - back);
    if (!token) return;
    const target = { jti: token.jti, tokenNumber: token.number, sha256: token.sha256 };
    await this.#record(at, sitting, "token.inspected", { found: "issued here", signature: "right" }, target);
  }

  /** Somebody has written a later `exp` into the payload, and kept the signature. */
  async inspectAltered(at: Date, sitting: Sitting, back: number): Promise<void> {
    const token = this.tokens.at(-1 - back);
    if (!token) return;
    const claims = JSON.parse(token.claims) as Claims;
    const [header, , signature] = (await this.#sign(claims, token.keyId)).split(".");
    const [, payload] = (await this.#sign({ ...claims, exp: Number(claims.exp) + MONTH_SECONDS }, token.keyId)).split(
      ".",
    );
    const sha256 = tokenSha256([header, payload, signature].join("."));
    const target = { jti: token.jti, tokenNumber: token.number, sha256 };
    await this.#record(at, sitting, "token.inspected", { found: "altered after issuing", signature: "wrong" }, target);
  }

  /** A token as VideoSDK's example server for Node makes it. */
  async findSignedElsewhere(at: Date, sitting: Sitting, key: DemoKey): Promise<void> {
    const iat = Math.floor(at.getTime() / 1000) - 140;
    const claims = { apikey: key.apiKey, permissions: ["allow_join", "allow_mod"], iat, exp: iat + 600 };
    const sha256 = tokenSha256(await this.#sign(claims, key.id));
    await this.#record(at, sitting, "token.signed_elsewhere", { apiKey: key.apiKey }, { key, sha256 }, "failed");
  }
}
