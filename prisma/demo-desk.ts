/** The demo's hands at the desk: each act is the verb that a member would have called, by the clock of the story. Throws on what a verb refuses, unless the story says that it was refused. */

import { randomBytes } from "node:crypto";
import type { Member, Origin, Visitor } from "@/lib/auth/actor";
import { recordFailuresNow } from "@/lib/auth/record-failures";
import type { Role } from "@/lib/auth/roles";
import { createFirstAdmin, setupCode } from "@/lib/auth/setup";
import { openSession, startSession } from "@/lib/auth/sign-in";
import { endSession } from "@/lib/auth/sign-out";
import { atTime, now } from "@/lib/clock";
import { newJti } from "@/lib/composer/new-jti";
import { type IssueTokenInput, issueTokenInput } from "@/lib/composer/schema";
import { templateOf } from "@/lib/composer/template";
import { createCredential } from "@/lib/credentials/create";
import { reader, transaction } from "@/lib/db";
import { createEndpoint } from "@/lib/endpoints/create";
import { isAppError } from "@/lib/errors";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { changeKey } from "@/lib/keys/change";
import { createKey } from "@/lib/keys/create";
import { openPolicy } from "@/lib/keys/policy";
import { setKeyStatus } from "@/lib/keys/set-status";
import { newId } from "@/lib/new-id";
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { inviteMember } from "@/lib/team/invite";
import { joinTeam } from "@/lib/team/join";
import { setMemberStatus } from "@/lib/team/set-status";
import { answerProposal } from "@/lib/templates/answer";
import { createTemplate } from "@/lib/templates/create";
import { templatesInForce } from "@/lib/templates/in-force";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import { formatSpan } from "@/lib/text/span";
import { inspectToken } from "@/lib/tokens/inspect";
import { issueToken } from "@/lib/tokens/issue";
import { issueBatch } from "@/lib/tokens/issue-batch";
import { signToken } from "@/lib/tokens/sign";
import { DemoCalls, type DemoProgram } from "./demo-calls";
import type { TokenRequest } from "./demo-requests";
import type { DemoKey, DemoMember, DemoTemplate } from "./demo-team";

const PROFILE = "videosdk";
const MONTH_SECONDS = 30 * 24 * 60 * 60;
/** How far back the story looks at what was issued. */
const REMEMBERED = 50;

/** One stay at the desk, from sign-in to sign-out or expiry. */
export type Sitting = { member: DemoMember; address: string };

/** Somebody who has not signed in. */
export type Stranger = { address: string; userAgent: string };

const DAYS_AN_ENDPOINT_LASTS = 30;

type Kept = { id: string; passwordHash: string };
type KeptKey = { id: string; secret: string; disabled: boolean };

export class DemoDesk {
  /** How many tokens its members issued. */
  tokens = 0;
  readonly calls = new DemoCalls();
  readonly #password: string;
  readonly #members = new Map<DemoMember, Kept>();
  /** The codes of links by email. */
  readonly #invitations = new Map<string, string>();
  readonly #sessions = new Map<Sitting, string>();
  /** When something was done last. */
  readonly #seen = new Map<Sitting, Date>();
  readonly #keys = new Map<DemoKey, KeptKey>();
  /** In force. */
  #templates = profileOf(PROFILE).templates;
  readonly #newest: { token: string; claims: Claims }[] = [];

  /** @param password every member's */
  constructor(password: string) {
    this.#password = password;
  }

  #origin({ address, userAgent }: Stranger): Origin {
    return { via: "dashboard", address, userAgent, requestId: newId() };
  }

  #visitor(who: Stranger): Visitor {
    return { kind: "visitor", origin: this.#origin(who) };
  }

  #actor(sitting: Sitting): Member {
    const { member, address } = sitting;
    const { name, email, role, userAgent } = member;
    const sessionId = this.#sessions.get(sitting);
    if (!sessionId) throw new Error(`${name} acts without having signed in.`);
    const { id } = this.#kept(member);
    this.#seen.set(sitting, now());
    return { kind: "member", id, name, email, role, sessionId, origin: this.#origin({ address, userAgent }) };
  }

  #kept(member: DemoMember): Kept {
    const kept = this.#members.get(member);
    if (!kept) throw new Error(`${member.name} is no member yet.`);
    return kept;
  }

  #key(key: DemoKey): KeptKey {
    const kept = this.#keys.get(key);
    if (!kept) throw new Error(`"${key.label}" has not been added yet.`);
    return kept;
  }

  #token(back: number) {
    return this.#newest.at(-1 - back);
  }

  async createAdmin(at: Date, { member, address }: Sitting): Promise<void> {
    const { name, email, userAgent } = member;
    const form = { code: setupCode(), name, email, password: this.#password };
    await atTime(at, () => createFirstAdmin(this.#visitor({ address, userAgent }), form));
    await this.#remember(member);
  }

  async #remember(member: DemoMember): Promise<void> {
    const { email } = member;
    this.#members.set(member, await reader().member.findUniqueOrThrow({ where: { email } }));
  }

  async invite(at: Date, sitting: Sitting, { email, role }: { email: string; role: Role }): Promise<void> {
    const { url } = await atTime(at, () => inviteMember(this.#actor(sitting), { email, role }));
    this.#invitations.set(email, new URL(url).searchParams.get("code") ?? "");
  }

  async join(at: Date, { member, address }: Sitting): Promise<void> {
    const { name, email, userAgent } = member;
    const form = { code: this.#invitations.get(email), name, password: this.#password };
    await atTime(at, () => joinTeam(this.#visitor({ address, userAgent }), form));
    await this.#remember(member);
  }

  async disable(at: Date, sitting: Sitting, member: DemoMember, note: string): Promise<void> {
    const { id: memberId } = this.#kept(member);
    await atTime(at, () => setMemberStatus(this.#actor(sitting), { memberId, disabled: true, note }));
  }

  /** With a password that was right: hashing it hundreds of times would take a minute. */
  async signIn(at: Date, sitting: Sitting): Promise<void> {
    const { member, address } = sitting;
    const visitor = this.#visitor({ address, userAgent: member.userAgent });
    const { sessionId } = await atTime(at, () =>
      startSession(visitor, { ...this.#kept(member), name: member.name, email: member.email }),
    );
    this.#sessions.set(sitting, sessionId);
  }

  signOut(at: Date, sitting: Sitting): Promise<void> {
    return atTime(at, () => endSession(this.#actor(sitting)));
  }

  /** @param last none follows in the same minute */
  async failSignIn(at: Date, from: Stranger, email: string, last = true): Promise<void> {
    const password = `not ${this.#password}`;
    await refused(atTime(at, () => openSession(this.#visitor(from), { email, password })));
    if (last) await atTime(at, recordFailuresNow);
  }

  async tryToDisable(at: Date, sitting: Sitting, key: DemoKey): Promise<void> {
    await refused(atTime(at, () => setKeyStatus(this.#actor(sitting), { keyId: this.#key(key).id, disabled: true })));
  }

  async tryToIssue(at: Date, sitting: Sitting, request: TokenRequest): Promise<void> {
    await refused(atTime(at, () => issueToken(this.#actor(sitting), this.#form(request))));
  }

  /** Notes in each session, and of its member, when something was done in it last: at the desk, each request does. */
  noteSeen(): Promise<void> {
    return transaction(async (tx) => {
      for (const [sitting, lastSeenAt] of this.#seen) {
        const { id } = this.#kept(sitting.member);
        await tx.session.updateMany({ where: { id: this.#sessions.get(sitting) ?? "" }, data: { lastSeenAt } });
        await tx.member.updateMany({ where: { id, lastSeenAt: { lt: lastSeenAt } }, data: { lastSeenAt } });
      }
      await this.calls.noteUsed(tx);
    });
  }

  async createKey(at: Date, sitting: Sitting, key: DemoKey): Promise<void> {
    const { label, apiKey, maxTtlSeconds } = key;
    // Like VideoSDK's: 64 hexadecimal digits.
    const secret = randomBytes(32).toString("hex");
    const maxLifetime = maxTtlSeconds === null ? "" : formatSpan(maxTtlSeconds);
    const { keyId } = await atTime(at, () =>
      createKey(this.#actor(sitting), { profile: "videosdk", label, apiKey, secret, maxLifetime }),
    );
    this.#keys.set(key, { id: keyId, secret, disabled: false });
  }

  async setKeyStatus(at: Date, sitting: Sitting, key: DemoKey, disabled: boolean): Promise<void> {
    const kept = this.#key(key);
    await atTime(at, () => setKeyStatus(this.#actor(sitting), { keyId: kept.id, disabled }));
    kept.disabled = disabled;
  }

  async answerElsewhere(at: Date, sitting: Sitting, key: DemoKey, signsElsewhere: "yes" | "no"): Promise<void> {
    const { id: keyId } = this.#key(key);
    await atTime(at, () => changeKey(this.#actor(sitting), { keyId, signsElsewhere }));
  }

  async createEndpoint(at: Date, sitting: Sitting, key: DemoKey, program: DemoProgram): Promise<void> {
    const { endpointId } = await atTime(at, () =>
      createEndpoint(this.#actor(sitting), {
        ...{ ...program, keyId: this.#key(key).id, template: "participant", expiresIn: "10m", roomFrom: "required" },
        ...{ origins: "http://localhost:3000", perMinute: "120", perMinuteFromAddress: "20", perDay: "2000" },
        endsAt: new Date(at.getTime() + DAYS_AN_ENDPOINT_LASTS * 24 * 60 * 60 * 1000).toISOString(),
      }),
    );
    const { path } = await reader().endpoint.findUniqueOrThrow({ where: { id: endpointId } });
    this.calls.keep(program, path);
  }

  async createCredential(at: Date, sitting: Sitting, key: DemoKey, program: DemoProgram): Promise<void> {
    const { credential } = await atTime(at, () =>
      createCredential(this.#actor(sitting), {
        ...{ name: program.name, scopes: ["issue", "inspect"], keyIds: [this.#key(key).id] },
        ...{ templateIds: [], addresses: "", perMinute: "60", endsAt: "" },
      }),
    );
    this.calls.keep(program, credential);
  }

  /** An issuer's is a proposal. */
  async saveTemplate(at: Date, sitting: Sitting, template: DemoTemplate): Promise<void> {
    await atTime(at, () => createTemplate(this.#actor(sitting), { profile: PROFILE, ...template }));
    await this.#readTemplates();
  }

  async acceptTemplate(at: Date, sitting: Sitting, { name }: DemoTemplate): Promise<void> {
    const { id: templateId, version } = await reader().template.findFirstOrThrow({ where: { name } });
    await atTime(at, () => answerProposal(this.#actor(sitting), { templateId, version, accepted: true }));
    await this.#readTemplates();
  }

  async #readTemplates(): Promise<void> {
    this.#templates = (await templatesInForce()).get(PROFILE) ?? [];
  }

  #form({ key, ...request }: TokenRequest): IssueTokenInput {
    const profile = profileOf(PROFILE);
    const typed = { ...request, keyId: this.#key(key).id, jti: newJti() };
    const form = issueTokenInput(profile).parse(typed);
    const offered = { policy: openPolicy, templates: this.#templates };
    const template = this.#templates.find(({ id }) => templateOf(profile, { ...form, template: id }, offered));
    return { ...typed, template: template?.id ?? "" };
  }

  /** With a key that is disabled just then it is refused. */
  async issue(at: Date, sitting: Sitting, request: TokenRequest): Promise<void> {
    if (this.#key(request.key).disabled) return this.tryToIssue(at, sitting, request);
    const { token, claims } = await atTime(at, () => issueToken(this.#actor(sitting), this.#form(request)));
    this.tokens += 1;
    this.#newest.push({ token, claims });
    if (this.#newest.length > REMEMBERED) this.#newest.shift();
  }

  /** One for each participant, all at once. */
  async issueBatch(at: Date, sitting: Sitting, request: TokenRequest, participants: readonly string[]): Promise<void> {
    const { jti: requestId, ...common } = this.#form(request);
    const rows = participants.map((participantId) => ({ participantId }));
    await atTime(at, () => issueBatch(this.#actor(sitting), { ...common, requestId, rows }));
    this.tokens += rows.length;
  }

  /** @param back 0 for the newest token */
  async inspect(at: Date, sitting: Sitting, back: number): Promise<void> {
    const newest = this.#token(back);
    if (newest) await atTime(at, () => inspectToken(this.#actor(sitting), { token: newest.token }));
  }

  /** Somebody has written a later `exp` into the payload, and kept the signature. */
  async inspectAltered(at: Date, sitting: Sitting, back: number): Promise<void> {
    const newest = this.#token(back);
    if (!newest) return;
    const [header, , signature] = newest.token.split(".");
    const claims = { ...newest.claims, exp: Number(newest.claims.exp) + MONTH_SECONDS };
    const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
    const token = [header, payload, signature].join(".");
    await atTime(at, () => inspectToken(this.#actor(sitting), { token }));
  }

  /** A token as VideoSDK's example server for Node makes it. @param ttlSeconds its own by default */
  async findSignedElsewhere(at: Date, sitting: Sitting, key: DemoKey, ttlSeconds = 600): Promise<void> {
    const iat = wholeEpochSeconds(at) - 140;
    const claims = { apikey: key.apiKey, permissions: ["allow_join", "allow_mod"], iat, exp: iat + ttlSeconds };
    const token = await signToken(claims, this.#key(key).secret, ALGORITHM);
    await atTime(at, () => inspectToken(this.#actor(sitting), { token }));
  }
}

/** @throws Error when it was not refused */
async function refused(work: Promise<unknown>): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isAppError(error)) return;
  throw error ?? new Error("The demo's story says that this was refused.");
}
