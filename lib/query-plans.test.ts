/** No page and no action goes through a whole growing table: the plan of every statement that they really run, on a database without statistics, as SQLite makes it whatever is in the tables. */

import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { listAuditForService } from "./api/list-audit";
import { listTokensForService } from "./api/list-tokens";
import { writeCursor } from "./api/lists";
import { auditActions } from "./audit/actions";
import { exportEvents } from "./audit/export";
import { getEvent } from "./audit/get";
import { auditFilterChoices, countChips, countNewer, listEvents } from "./audit/list";
import { hashPassword } from "./auth/password";
import { createFirstAdmin, setupCode } from "./auth/setup";
import { openSession } from "./auth/sign-in";
import { endSession } from "./auth/sign-out";
import { acknowledgeCase } from "./cases/acknowledge";
import { countOpenCases } from "./cases/count-open";
import { getCase } from "./cases/get";
import { listCases, newestCases } from "./cases/list";
import { COUNTED_AT_MOST, MOST_GONE_THROUGH } from "./count-at-most";
import { createCredential } from "./credentials/create";
import { endCredential } from "./credentials/end";
import { listCredentials } from "./credentials/list";
import { renewCredential } from "./credentials/renew";
import { takeOverCredential } from "./credentials/take-over";
import { reader, readRows } from "./db";
import { changeEndpoint } from "./endpoints/change";
import { createEndpoint } from "./endpoints/create";
import { endEndpoint } from "./endpoints/end";
import { listEndpointHistory } from "./endpoints/history";
import { getEndpoint, listEndpoints } from "./endpoints/list";
import { renewEndpoint } from "./endpoints/renew";
import { setEndpointStatus } from "./endpoints/set-status";
import { listGiving, previewPolicy } from "./endpoints/stopped-by";
import { takeOverEndpoint } from "./endpoints/take-over";
import { listOwnHandovers } from "./handover/list";
import { makeHandover } from "./handover/make";
import { checkHandover, openHandover } from "./handover/open";
import { proofOf, sealToken } from "./handover/seal";
import { withdrawHandover } from "./handover/withdraw";
import { listActiveByPerson } from "./keys/active-by-person";
import { changeKey } from "./keys/change";
import { listKeyChoices } from "./keys/choices";
import { createKey } from "./keys/create";
import { listFingerprints } from "./keys/fingerprints";
import { getKey } from "./keys/get";
import { listKeyHistory } from "./keys/history";
import { issuedPerDay } from "./keys/issued-per-day";
import { listKnownKeys } from "./keys/known";
import { listKeys } from "./keys/list";
import { previewKeyChange } from "./keys/preview-change";
import { readEnding } from "./keys/read-ending";
import { removeKey } from "./keys/remove";
import { rotateKey } from "./keys/rotate";
import { setKeyStatus } from "./keys/set-status";
import { findToken } from "./ledger/find";
import { changeName } from "./me/change-name";
import { changePassword } from "./me/change-password";
import { countOwnTokens } from "./me/count-tokens";
import { endOtherSessions, endOwnSession } from "./me/end-sessions";
import { listOwnSessions } from "./me/list-sessions";
import { changeRole } from "./team/change-role";
import { listMemberHistory } from "./team/history";
import { inviteMember } from "./team/invite";
import { checkInvitation, joinTeam } from "./team/join";
import { readLinkState } from "./team/link-state";
import { getMember, listMembers } from "./team/list";
import { listInvitations } from "./team/list-invitations";
import { previewLeaving } from "./team/preview-leaving";
import { renewInvitation } from "./team/renew";
import { makeResetLink } from "./team/reset-link";
import { checkResetLink, resetPassword } from "./team/reset-link-use";
import { setMemberStatus } from "./team/set-status";
import { withdrawInvitation } from "./team/withdraw";
import { answerProposal } from "./templates/answer";
import { changeTemplate } from "./templates/change";
import { createTemplate } from "./templates/create";
import { deleteTemplate } from "./templates/delete";
import { getTemplate } from "./templates/get";
import { hideTemplate } from "./templates/hide";
import { listTemplates } from "./templates/list";
import { moveTemplate } from "./templates/move";
import {
  changeAsked,
  endpointForm,
  failureOf,
  issueForm,
  newApiKey,
  newSecret,
  openDesk,
  type TestKey,
} from "./test-desk";
import { listAttention } from "./tokens/attention";
import { findTokensByNumber, listDestinations } from "./tokens/destinations";
import { getBatch } from "./tokens/get-batch";
import { inspectToken } from "./tokens/inspect";
import { issueToken } from "./tokens/issue";
import { issueBatch } from "./tokens/issue-batch";
import { listRecent } from "./tokens/list-recent";
import { lookUpTokens } from "./tokens/look-up";
import { readOverview } from "./tokens/overview";
import { readAgain } from "./tokens/read-again";
import { previewRevocation, revokeTokens } from "./tokens/revoke";
import { signToken } from "./tokens/sign";

const PASSWORD = "seven quiet otters juggle plums";

const GROWING = ["IssuedToken", "AuditEvent", "Session", "Case", "Handover"];

/** Whoever disables a key, rotates its secret or revokes tokens is told, and the record says, exactly how many of its tokens go on working: through an index, and seldom. A batch has at most ten thousand, side by side. */
const COUNTED_EXACTLY = ["setKeyStatus", "rotateKey", "previewRevocation", "getBatch"];

/** Counts as many rows as the LIMIT within says. */
const COUNTS_A_PART = /count\(\*\)( AS "\w+")? FROM \(\s*SELECT 1 [^()]*LIMIT (\?|\d+)\s*\)/gi;

/** As many as tell whether tokens are few enough to be put in order. No count goes further, and nothing else does: it would hold everybody up. */
const MOST_ROWS = 4_001;

/** Before a policy is saved, which is seldom, more tokens are looked at. */
const LOOKS_AT_MANY = ["previewKeyChange", "previewPolicy"];

/** An index over what a great part of all rows may have in common, and nothing that narrows it further. */
const SHARED_BY_MANY =
  /(IssuedToken|AuditEvent) USING .*INDEX \w+ \((action|actorId|keyId|room|subject)=\?( AND (action|actorId|keyId)=\?)*\)$/;

/** Of a busy key's active tokens, the row of each is looked up for its secret, which no index has; unless its number tells. */
const LOOKS_UP_SECRETS = /IssuedToken[^;]*"secretVersionId" (=|<>)/;
const BY_ITS_NUMBER = /\+"number" (>=|<) \? AND "secretVersionId"/;

/** A case has an end: it holds COUNTED_AT_MOST tokens. */
const ONE_CASE = /FROM [^;]*?\bCaseToken\b[^;]*?\bcaseNumber\b/;

const desk = await openDesk();
let key: TestKey;
/** Of which an earlier secret has signed something, too. */
let rotated: TestKey;
let token: string;

beforeAll(async () => {
  key = await desk.addKey();
  // So many that a list of them in a statement is no equality, which SQLite would follow before anything else.
  for (let issued = 0; issued < 8; issued += 1) ({ token } = await issueToken(desk.issuer, issueForm(key)));
  await issueBatch(desk.issuer, { ...issueForm(key), requestId: randomUUID(), rows: [{}, {}] });
  // For what is only asked of such a key.
  const other = await desk.addKey();
  await inspectToken(desk.issuer, { token: await signToken({ apikey: other.apiKey }, other.secret, ALGORITHM) });
  await setKeyStatus(desk.admin, { keyId: other.id, disabled: true });
  rotated = await desk.addKey();
  await issueToken(desk.issuer, issueForm(rotated));
  await rotateKey(desk.admin, { keyId: rotated.id, secret: newSecret() });
  await issueToken(desk.issuer, issueForm(rotated));
});

/** Of a credential that may read everything, and of one that is bound to keys. */
async function programs() {
  const { actor } = await desk.addProgram();
  return [actor, { ...actor, keyIds: [key.id] }];
}

/** Everything that the filters can ask for, two at a time. */
const filters = {
  member: "member",
  action: "token.issued",
  key: "key",
  notKey: "key",
  room: "room",
  participant: "participant",
  q: "48213",
  tokens: "1",
  active: "1",
  ends: "24h-7d",
  can: "moderate",
  long: "1",
  outcome: "refused",
  elsewhere: "1",
  from: "2020-01-01",
  to: "9999-12-31",
  before: "1000",
  after: "1",
};
const names = Object.keys(filters) as (keyof typeof filters)[];
const pairs = names.flatMap((one) => names.map((other) => ({ [one]: filters[one], [other]: filters[other] })));

/** Verb → what it is asked. */
const verbs: Record<string, () => Promise<unknown>> = {
  readOverview: () => readOverview(desk.auditor),
  listAttention: () => listAttention(desk.auditor),
  issuedPerDay: async () => {
    await issuedPerDay(desk.auditor, { zone: "UTC" });
    await issuedPerDay(desk.auditor, { zone: "UTC", keyId: key.id });
  },
  listKeyHistory: () => listKeyHistory(desk.auditor, key.id),
  listKeys: () => listKeys(desk.admin),
  listKeyChoices: () => listKeyChoices(desk.issuer),
  listKnownKeys: () => listKnownKeys(desk.support),
  listFingerprints: () => listFingerprints(desk.issuer),
  auditFilterChoices: () => auditFilterChoices(desk.auditor),
  listEvents: async () => {
    const texts = [
      "7",
      "a word or two",
      "1 participant",
      randomUUID(),
      "abcd",
      "a@example.com",
      "0".repeat(64),
      "ab",
      "Batch 1",
      "No. 1 to 8",
    ].map((q) => ({
      q,
    }));
    const asked = [{}, ...pairs, ...texts, filters];
    for (const each of asked) for (const who of [desk.auditor, desk.issuer]) await listEvents(who, each);
  },
  getEvent: async () => {
    for (const who of [desk.auditor, desk.issuer]) await getEvent(who, 2);
  },
  countChips: async () => {
    for (const each of [
      {},
      ...names.map((name) => ({ [name]: filters[name] })),
      { q: "a word or two" },
      { q: "Batch 1" },
    ])
      for (const who of [desk.auditor, desk.issuer]) await countChips(who, each);
  },
  countNewer: () => countNewer(desk.issuer, { after: 1, room: "r" }),
  exportEvents: async () => {
    const { text } = await exportEvents(desk.admin, { format: "csv", active: "1" });
    for await (const _ of text) void _;
  },
  listDestinations: () => listDestinations(desk.admin),
  findTokensByNumber: async () => {
    await findTokensByNumber(desk.issuer, { number: 1 });
    await findTokensByNumber(desk.issuer, { number: 1, members: [desk.issuer.id, desk.admin.id] });
  },
  findToken: () => findToken(desk.auditor, 7),
  listRecent: () => listRecent(desk.issuer),
  readAgain: () => readAgain(desk.issuer, { number: 1 }),
  issueToken: async () => {
    const form = issueForm(key);
    await issueToken(desk.issuer, form);
    await issueToken(desk.issuer, form);
  },
  issueBatch: async () => {
    const asked = { ...issueForm(key), requestId: randomUUID(), rows: [{ participantId: "ann" }, {}] };
    await issueBatch(desk.issuer, asked);
    await issueBatch(desk.issuer, asked);
  },
  getBatch: async () => {
    const { batch } = await issueBatch(desk.issuer, { ...issueForm(key), requestId: randomUUID(), rows: [{}] });
    await getBatch(desk.auditor, { number: batch });
  },
  inspectToken: async () => {
    await inspectToken(desk.issuer, { token });
    await inspectToken(desk.issuer, { token: await signToken({ apikey: key.apiKey }, key.secret, ALGORITHM) });
  },
  lookUpTokens: () => lookUpTokens(desk.issuer, { sha256: ["0".repeat(64)] }),
  createKey: () =>
    createKey(desk.admin, {
      profile: "videosdk",
      label: "Another",
      apiKey: newApiKey(),
      secret: newSecret(),
      maxLifetime: "",
    }),
  countOpenCases: () => countOpenCases(desk.issuer),
  listCases: async () => {
    await openACase();
    await listCases(desk.auditor, 1);
  },
  newestCases: async () => {
    await openACase();
    for (const each of [{ keyId: key.id }, { openOnly: true }] as const) await newestCases(desk.auditor, each);
  },
  getCase: async () => getCase(desk.auditor, await openACase()),
  listTemplates: () => listTemplates(desk.admin),
  getTemplate: async () => getTemplate(desk.admin, await saveTemplate()),
  createTemplate: () => saveTemplate(),
  changeTemplate: async () =>
    changeTemplate(desk.admin, {
      ...template(),
      ...{ templateId: await saveTemplate(), version: 1, state: "accepted" },
    }),
  answerProposal: async () =>
    answerProposal(desk.admin, { templateId: await saveTemplate(desk.issuer), version: 1, accepted: true }),
  deleteTemplate: async () => deleteTemplate(desk.admin, { templateId: await saveTemplate() }),
  moveTemplate: () => moveTemplate(desk.admin, { profile: "videosdk", templateId: "guest", before: "participant" }),
  hideTemplate: () => hideTemplate(desk.admin, { profile: "videosdk", templateId: "server", hidden: true }),
  acknowledgeCase: async () => acknowledgeCase(desk.admin, { number: await openACase(), note: "Rotated." }),
  getKey: () => getKey(desk.auditor, key.id),
  listActiveByPerson: async () => {
    for (const { id } of [key, rotated])
      for (const ofCurrentSecret of [false, true]) await listActiveByPerson(desk.auditor, id, { ofCurrentSecret });
  },
  previewKeyChange: async () => {
    for (const { id: keyId } of [key, rotated])
      await previewKeyChange(desk.admin, { keyId, maxLifetime: "1h", require: ["room"] });
  },
  previewPolicy: () => previewPolicy(desk.admin, { keyId: key.id, maxLifetime: "1h", require: ["room"] }),
  listGiving: () => listGiving(desk.admin, key.id),
  changeKey: () => changeKey(desk.admin, { keyId: key.id, label: "Renamed", maxLifetime: "2d" }),
  previewRevocation: async () => {
    await previewRevocation(desk.admin, { of: "member", memberId: desk.issuer.id });
    await previewRevocation(desk.issuer, { of: "room", room: "abcd-efgh-ijkl" });
    await previewRevocation(desk.issuer, { of: "numbers", numbers: [1, 2, 3] });
    const { batch } = await issueBatch(desk.issuer, { ...issueForm(key), requestId: randomUUID(), rows: [{}, {}] });
    await previewRevocation(desk.issuer, { of: "batch", batch });
  },
  revokeTokens: async () => {
    const { number } = await issueToken(desk.issuer, issueForm(key));
    await revokeTokens(desk.issuer, {
      scope: { of: "numbers", numbers: [number] },
      upTo: number,
      reason: "It leaked.",
    });
  },
  readEnding: async () => {
    for (const { id } of [key, rotated]) await readEnding(desk.auditor, id);
  },
  rotateKey: async () => {
    const { id } = await desk.addKey();
    await rotateKey(desk.admin, { keyId: id, secret: newSecret() });
  },
  removeKey: async () => {
    const { id } = await desk.addKey();
    await removeKey(desk.admin, { keyId: id });
  },
  setKeyStatus: () => setKeyStatus(desk.admin, { keyId: key.id, disabled: false }),
  createEndpoint: () => createEndpoint(desk.admin, endpointForm(key)),
  changeEndpoint: async () =>
    changeEndpoint(desk.admin, {
      ...endpointForm(key, { name: "Other" }),
      endpointId: await newEndpoint(),
      version: 1,
    }),
  setEndpointStatus: async () => setEndpointStatus(desk.admin, { endpointId: await newEndpoint(), disabled: true }),
  renewEndpoint: async () => renewEndpoint(desk.admin, { endpointId: await newEndpoint(), version: 1 }),
  takeOverEndpoint: async () => takeOverEndpoint(await desk.addMember("admin"), { endpointId: await newEndpoint() }),
  endEndpoint: async () => endEndpoint(desk.admin, { endpointId: await newEndpoint() }),
  listEndpoints: async () => {
    await newEndpoint();
    await listEndpoints(desk.admin);
  },
  getEndpoint: async () => getEndpoint(desk.admin, { endpointId: await newEndpoint() }),
  listEndpointHistory: async () => listEndpointHistory(desk.admin, await newEndpoint()),
  createCredential: () => createCredential(desk.admin, { name: "CI", scopes: ["issue"] }),
  renewCredential: async () => {
    const { actor, value } = await desk.addProgram();
    await renewCredential(desk.admin, { credentialId: actor.id, ending: value.slice(-4), overlap: "1h" });
  },
  takeOverCredential: async () =>
    takeOverCredential(await desk.addMember("admin"), { credentialId: await newCredential() }),
  endCredential: async () => endCredential(desk.admin, { credentialId: await newCredential() }),
  listCredentials: async () => {
    await newCredential();
    await listCredentials(desk.admin);
  },
  openSession: async () => {
    await failureOf(openSession(desk.visitor, { email: "a@example.com", password: "wrong" }));
    const { email, id: memberId } = await desk.addMember("issuer");
    const passwordHash = await hashPassword(PASSWORD);
    desk.raw((db) => db.prepare("UPDATE Member SET passwordHash = ? WHERE id = ?").run(passwordHash, memberId));
    const { sessionId } = await openSession(desk.visitor, { email, password: PASSWORD });
    // The browser's earlier session ends with the new one.
    await openSession(desk.visitor, { email, password: PASSWORD }, { sessionId });
  },
  endSession: async () => endSession(await desk.addMember("issuer")),
  listMembers: () => listMembers(desk.admin),
  getMember: () => getMember(desk.admin, desk.issuer.id),
  listMemberHistory: async () => {
    const { id: memberId } = await desk.addMember("issuer");
    await changeRole(desk.admin, { memberId, role: "auditor" });
    await listMemberHistory(desk.admin, memberId);
  },
  listInvitations: () => listInvitations(desk.admin),
  inviteMember: () => invite(),
  renewInvitation: async () => renewInvitation(desk.admin, { invitationId: await invite() }),
  withdrawInvitation: async () => withdrawInvitation(desk.admin, { invitationId: await invite() }),
  checkInvitation: () => failureOf(checkInvitation(desk.visitor, "wrong")),
  joinTeam: () => failureOf(joinTeam(desk.visitor, { code: "wrong", name: "Ann", password: PASSWORD })),
  changeRole: async () => {
    const { id: memberId } = await desk.addMember("admin");
    await changeRole(desk.admin, { memberId, role: "auditor" });
  },
  setMemberStatus: async () => {
    const { id: memberId } = await desk.addMember("admin");
    for (const disabled of [true, false]) await setMemberStatus(desk.admin, { memberId, disabled });
  },
  changeName: async () => changeName(await desk.addMember("issuer"), { name: "Ann" }),
  changePassword: async () => {
    const member = await desk.addMember("issuer");
    const passwordHash = await hashPassword(PASSWORD);
    desk.raw((db) => db.prepare("UPDATE Member SET passwordHash = ? WHERE id = ?").run(passwordHash, member.id));
    await changePassword(member, { current: PASSWORD, password: "eight calm herons paint barns" });
  },
  listOwnSessions: () => listOwnSessions(desk.issuer),
  endOwnSession: async () => {
    const member = await desk.addMember("issuer");
    await failureOf(endOwnSession(member, { sessionId: "another" }));
  },
  endOtherSessions: async () => endOtherSessions(await desk.addMember("issuer")),
  countOwnTokens: () => countOwnTokens(desk.issuer),
  makeHandover: () => handOver(),
  checkHandover: async () => checkHandover(desk.visitor, (await handOver()).id),
  openHandover: async () => openHandover(desk.visitor, await handOver()),
  withdrawHandover: async () => withdrawHandover(desk.issuer, await handOver()),
  listOwnHandovers: () => listOwnHandovers(desk.issuer),
  readLinkState: async () => {
    for (const kind of ["invitation", "reset"]) await readLinkState(desk.admin, { kind, id: "none" });
  },
  previewLeaving: () => previewLeaving(desk.admin, { memberId: desk.issuer.id }),
  makeResetLink: () => makeResetLink(desk.admin, { memberId: desk.issuer.id }),
  checkResetLink: () => failureOf(checkResetLink(desk.visitor, "wrong")),
  resetPassword: async () => {
    const { id: memberId } = await desk.addMember("issuer");
    const { url } = await makeResetLink(desk.admin, { memberId });
    const code = new URL(url).searchParams.get("code") ?? "";
    await resetPassword(desk.visitor, { code, password: PASSWORD });
  },
  createFirstAdmin: () =>
    failureOf(
      createFirstAdmin(desk.visitor, {
        code: setupCode(),
        name: "Ann",
        email: "ann@example.com",
        password: PASSWORD,
      }),
    ),
};

const newEndpoint = async () => (await desk.addEndpoint(key)).actor.id;
const newCredential = async () => (await desk.addProgram()).actor.id;

/** @returns what opens it */
async function handOver(): Promise<{ id: string; proof: string }> {
  const { token, number } = await issueToken(desk.issuer, issueForm(key));
  const { key: linkKey, sealed, proofHash } = await sealToken(token);
  const { id } = await makeHandover(desk.issuer, { number, sealed, proofHash, expiresIn: "1h" });
  return { id, proof: await proofOf(linkKey) };
}

/** @returns the id of an open invitation */
async function invite(): Promise<string> {
  await inviteMember(desk.admin, { email: `ann-${randomUUID()}@example.com`, role: "issuer" });
  return (await listInvitations(desk.admin)).rows[0]?.id ?? "";
}

/** Of a name of its own. */
const template = () => ({
  ...{ profile: "videosdk", name: `Kiosk ${randomUUID().slice(0, 8)}`, note: "One room" },
  ...{ permissions: ["allow_join"], roles: ["rtc"], expiresIn: "1h" },
});
const saveTemplate = async (who = desk.admin) => (await createTemplate(who, template())).templateId;

/** @returns its number */
async function openACase(): Promise<number> {
  await changeKey(desk.admin, { keyId: key.id, signsElsewhere: "no" });
  const forged = await signToken({ apikey: key.apiKey, jti: randomUUID() }, key.secret, ALGORITHM);
  return (await inspectToken(desk.issuer, { token: forged })).elsewhere?.caseNumber ?? 0;
}

type Run = { sql: string; values: unknown[] };

/** The statements that `work` has SQLite run, prepared anew by Prisma or long ago by us, with the values that are bound. */
async function statementsOf(work: () => Promise<unknown>): Promise<Run[]> {
  const runs: Run[] = [];
  const prototype = desk.raw((db) => Object.getPrototypeOf(db.prepare("SELECT 1")) as Database.Statement);
  const spies = (["bind", "all", "get", "run", "iterate"] as const).map((name) => {
    const original = prototype[name] as (...values: unknown[]) => unknown;
    return vi.spyOn(prototype, name).mockImplementation(function (this: Database.Statement, ...values: unknown[]) {
      // What Prisma has bound before comes without values.
      if (values.length > 0) runs.push({ sql: this.source, values: values.flat() });
      return original.apply(this, values) as never;
    });
  });
  const ofThread = changeAsked((changes) => {
    runs.push(...changes.map(([sql, values]) => ({ sql, values: [...values] })));
    return changes;
  });
  try {
    await work();
  } finally {
    for (const spy of [...spies, ofThread]) spy.mockRestore();
  }
  expect(runs).not.toEqual([]);
  return runs;
}

/** After how many rows a statement, or what stands in it, stops. */
function limitsOf({ sql, values }: Run): number[] {
  return [...sql.matchAll(/\bLIMIT (\?|\d+)/gi)].map(({ 1: said, index }) =>
    Number(said === "?" ? values[sql.slice(0, index).split("?").length - 1] : said),
  );
}

/** What is wrong with a statement for tables that grow; empty when nothing is. */
function faultsOf({ sql, values }: Run, { sums = false, most = MOST_ROWS } = {}): string[] {
  if (!GROWING.some((table) => sql.includes(table)) || /^\s*(EXPLAIN|BEGIN|COMMIT|ROLLBACK|PRAGMA)\b/i.test(sql))
    return [];
  const plan = desk.raw((db) => db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values));
  // Prisma writes LIMIT -1 where there is none.
  const limit = /\bLIMIT \? OFFSET \?/i.test(sql) ? values.at(-2) : /\bLIMIT \?\)?$/.test(sql) ? values.at(-1) : -1;
  const ends = Number(limit) > 0;
  // The newest page of everything: in the order of the numbers, and no further.
  const firstPage = ends && !/\bWHERE\b(?! 1=1)/i.test(sql);
  const bounded = sums || (ONE_CASE.test(sql) && !/IssuedToken|AuditEvent|Session/.test(sql));
  const stops = ends || bounded || /\bLIMIT (\?|\d+)\s*\)/.test(sql);
  const faults = plan
    .map(({ detail }) => detail)
    .filter(
      (step) =>
        (/^SCAN .*(IssuedToken|AuditEvent|Session|Case)/.test(step) && !firstPage) ||
        (SHARED_BY_MANY.test(step) && !stops) ||
        (/TEMP B-TREE/.test(step) && !bounded),
    );
  if (/\b(COUNT|SUM|MIN|MAX|AVG|TOTAL)\s*\(/i.test(sql.replace(COUNTS_A_PART, "")) && !ends && !bounded)
    faults.push("counts without an end");
  if (LOOKS_UP_SECRETS.test(sql) && !BY_ITS_NUMBER.test(sql) && !bounded) faults.push("looks up each row's secret");
  const furthest = Math.max(...limitsOf({ sql, values }));
  if (furthest > most) faults.push(`goes on to ${furthest} rows`);
  return faults.map((fault) => `${fault}: ${sql}`);
}

const ROOT = join(import.meta.dirname, "..");
const sources = readdirSync(join(ROOT, "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(ROOT, "app", file), "utf8"));

it("every verb that a page or an action runs is here", () => {
  const called = sources.flatMap((text) =>
    [/\b(\w+)\(actor[,)]/g, /\brunAction\((?!async\b)(\w+)\b/g, /\b(\w+)\(visitor\b/g].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(([, name = ""]) => name),
    ),
  );
  expect(called.length).toBeGreaterThan(10);
  // The table of roles is asked, and no database.
  expect([...new Set(called)].filter((name) => name !== "isAllowed" && !Object.hasOwn(verbs, name))).toEqual([]);
});

describe("reads by an index, in its order, and stops:", () => {
  it.each(Object.keys(verbs))("%s", async (name) => {
    const statements = await statementsOf(verbs[name] as () => Promise<unknown>);
    const allowed = {
      sums: COUNTED_EXACTLY.includes(name),
      most: LOOKS_AT_MANY.includes(name) ? MOST_GONE_THROUGH + 1 : MOST_ROWS,
    };
    expect(statements.flatMap((run) => faultsOf(run, allowed))).toEqual([]);
  });

  it("what programs ask: the ledger and the log, by what they may filter for", async () => {
    const statements = await statementsOf(async () => {
      for (const actor of await programs())
        for (const query of [{}, { key: key.id }, { room: "r" }, { participant: "p" }, { active: "1" }]) {
          await listTokensForService(actor, query);
          await listAuditForService(actor, query);
          await listTokensForService(actor, { ...query, cursor: writeCursor("tokens", query, 5) });
          await listAuditForService(actor, { ...query, cursor: writeCursor("audit", query, 5) });
        }
    });
    expect(statements.flatMap((run) => faultsOf(run))).toEqual([]);
  });

  it("any action that is filtered for", async () => {
    const statements = await statementsOf(async () => {
      for (const action of auditActions) await listEvents(desk.auditor, { action });
    });
    expect(statements.flatMap((run) => faultsOf(run))).toEqual([]);
  });
});

/** A person's active tokens of a key, as far as they are counted. */
const countOf = (most: number) =>
  readRows(
    `SELECT (SELECT count(*) FROM (SELECT 1 FROM "IssuedToken" WHERE "keyId" = ? AND "actorId" = ? AND "expiresAt" > ? LIMIT ?)) AS "active"`,
    ...["key", "member", 0, most],
  );

it("counts up to a thousand are small enough for a page", async () => {
  expect((await statementsOf(() => countOf(COUNTED_AT_MOST))).flatMap((run) => faultsOf(run))).toEqual([]);
});

describe("this test sees", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a count of a whole table", () => reader().issuedToken.count()],
    ["a count by an index that goes on to its end", () => reader().issuedToken.count({ where: { keyId: "key" } })],
    ["a count of a column without an index", () => reader().auditEvent.count({ where: { body: "" }, take: 9 })],
    [
      "a count of as many as it finds, beside one that stops",
      () =>
        readRows(
          `SELECT (SELECT count(*) FROM "IssuedToken" WHERE "keyId" = ?), (SELECT count(*) FROM (SELECT 1 FROM "IssuedToken" WHERE "keyId" = ? LIMIT 9))`,
          "key",
          "key",
        ),
    ],
    ["a count that stops late", () => countOf(50_001)],
    [
      "rows that are read on for long",
      () => reader().issuedToken.findMany({ where: { keyId: "key" }, orderBy: { expiresAt: "asc" }, take: 10_001 }),
    ],
    [
      "a search for another secret in each row",
      () =>
        readRows(
          `SELECT "number" FROM "IssuedToken" WHERE "keyId" = ? AND "secretVersionId" <> ? LIMIT 1`,
          "key",
          "secret",
        ),
    ],
    ["groups", () => reader().issuedToken.groupBy({ by: ["keyId"], _count: true })],
    ["a column without an index", () => reader().auditEvent.findFirst({ where: { body: "failed" } })],
    [
      "an order that no index has",
      () => reader().auditEvent.findMany({ where: { action: "x" }, orderBy: { at: "desc" }, take: 9 }),
    ],
    ["a sum", () => reader().issuedToken.aggregate({ _max: { issuedAt: true } })],
  ])("%s", async (_, work) => {
    expect((await statementsOf(work)).flatMap((run) => faultsOf(run))).not.toEqual([]);
  });
});
