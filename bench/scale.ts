/** Measures every page of the desk, as an admin sees it, and every audit filter on a desk with a thousand tokens and on one with a million, over loopback on one kept connection. The doors, such as /sign-in, read nothing that grows. Refuses to leave a page out. */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { newId } from "@/lib/new-id";
import { change, databaseIn } from "../e2e/stage/database";
import { Desk } from "../e2e/stage/desk";
import { PreparedDesk } from "../e2e/stage/prepared-desk";
import { addCredential, addEndpoint } from "../e2e/stage/programs";
import { fillLedger, type Ledger } from "./fill-ledger";
import { median } from "./median";

const SIZES = [1_000, 1_000_000] as const;
const WARM_UP = 5;
const ROUNDS = 15;

/** A batch and a case are of so many tokens, also where there are a thousand in all. */
const MANY = 500;

/** Puts what other pages are about beside the tokens. @returns ids for their addresses */
function addOthers(desk: Desk, { keys, members, number }: Ledger) {
  const insert = (table: string, columns: Record<string, string | number | Uint8Array>) => {
    const names = Object.keys(columns);
    const values = `(${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
    change(desk.database, `INSERT INTO "${table}" ${values}`, ...Object.values(columns));
  };
  const digestOf = (text: string) => createHash("sha256").update(text).digest();
  const template = newId();
  const now = Date.now();
  addCredential(desk);
  insert("Template", {
    ...{ id: template, profile: "videosdk", name: "Kiosk", note: "One room", version: 1, state: "accepted" },
    fills: JSON.stringify({ given: { permissions: ["allow_join"] }, ttlSeconds: 3_600 }),
    ...{ createdAt: now, createdById: members.busy, createdByName: "Maya" },
  });
  insert("Batch", {
    number: 1,
    requestId: digestOf("1").subarray(0, 16),
    askedSha256: digestOf("1"),
    firstNumber: number - MANY,
    tokens: MANY,
  });
  insert("Case", { number: 1, keyId: keys.busy, keyLabel: "Staging", secretVersionId: "of old", openedAt: now });
  for (let token = 0; token < MANY; token += 1)
    insert("CaseToken", {
      ...{ caseNumber: 1, sha256: digestOf(String(token)), moderates: 1, callsRest: 0, seen: 1 },
      ...{ firstSeenAt: now, firstSeenBy: "Maya", lastSeenAt: now, lastSeenBy: "Maya", room: `room-${token}` },
    });
  return { endpoint: addEndpoint(desk).id, template };
}

/** What is asked for, and under which name it is printed. */
function pagesOf(
  { keys, members, rooms, participants, jti, number, events, days }: Ledger,
  { endpoint, template }: ReturnType<typeof addOthers>,
): [string, string][] {
  const audit = (name: string, filters: Record<string, string | number>): [string, string] => [
    `/audit ${name}`,
    `/audit?${new URLSearchParams(Object.entries(filters).map(([key, value]) => [key, String(value)]))}`,
  ];
  const { first, middle, last } = days;
  return [
    ["/", "/"],
    ["/issue", "/issue"],
    ["/decode", "/decode"],
    ["/decode/compare", "/decode/compare"],
    ["/keys", "/keys"],
    ["/keys/[id] busiest", `/keys/${keys.busy}`],
    ["/keys/[id] hardly used", `/keys/${keys.idle}`],
    ["/cases", "/cases"],
    ["/cases/[number]", "/cases/1"],
    ["/issue/batch", "/issue/batch"],
    ["/batches/[number]", "/batches/1"],
    ["/team", "/team"],
    ["/team/[id] busiest", `/team/${members.busy}`],
    ["/team/[id] who did little", `/team/${members.idle}`],
    ["/me", "/me"],
    ["/templates", "/templates"],
    ["/templates/new", "/templates/new"],
    ["/templates/[id]", `/templates/${template}`],
    ["/endpoints", "/endpoints"],
    ["/endpoints/new", "/endpoints/new"],
    ["/endpoints/[id]", `/endpoints/${endpoint}`],
    ["/credentials", "/credentials"],
    ["/api", "/api"],
    ["/audit/[sequence]", `/audit/${Math.floor(events / 2)}`],
    ["/audit", "/audit"],
    audit("a page in the middle", { before: Math.floor(events / 2) }),
    audit("the last page", { before: 40 }),
    audit("member", { member: members.busy }),
    audit("member who did little", { member: members.idle }),
    audit("member who is not there", { member: "nobody" }),
    audit("action", { action: "token.issued" }),
    audit("rare action", { action: "access.denied" }),
    audit("action that never was", { action: "key.disabled" }),
    audit("key", { key: keys.busy }),
    audit("key hardly used", { key: keys.idle }),
    audit("room", { room: rooms.busy }),
    audit("rare room", { room: rooms.idle }),
    audit("participant", { participant: participants.busy }),
    audit("rare participant", { participant: participants.idle }),
    audit("No. as a ticket prints it", { q: `No. ${number.toLocaleString("en-US")}` }),
    audit("id", { q: jti }),
    audit("first characters of an id", { q: jti.slice(0, 8) }),
    audit("words that all have", { q: "load test" }),
    audit("words that few have", { q: rooms.idle }),
    audit("words that none has, of letters that all have", { q: "test load" }),
    audit("words that none has", { q: "nothing-that-stands-here" }),
    audit("two characters", { q: "-7" }),
    audit("words, key hardly used", { q: "load test", key: keys.idle }),
    audit("email", { q: "maya@example.com" }),
    audit("tokens only", { tokens: 1 }),
    audit("mine", { member: "me" }),
    audit("active now", { active: 1 }),
    audit("active now, words that few have", { active: 1, q: rooms.idle }),
    audit("expires in 24 h", { ends: "24h" }),
    audit("ends after 7 days", { ends: "7d-" }),
    audit("moderators", { can: "moderate" }),
    audit("REST API", { can: "rest" }),
    audit("longer than 7 days", { long: 1 }),
    audit("refused", { outcome: "refused" }),
    audit("signed elsewhere", { elsewhere: 1 }),
    audit("from the first day", { from: first }),
    audit("to the first day", { to: first }),
    audit("one day, in the middle", { from: middle, to: middle }),
    audit("today", { from: last }),
    audit("first half", { from: first, to: middle }),
    audit("second half", { from: middle, to: last }),
    audit("everything", { from: first, to: last }),
    audit("everything, a page in the middle", { from: first, to: last, before: Math.floor(events / 2) }),
    audit("a day without events", { from: "2001-01-01", to: "2001-01-01" }),
    audit("member, first day", { member: members.busy, to: first }),
    audit("member, one day", { member: members.busy, from: middle, to: middle }),
    audit("member, first half", { member: members.busy, from: first, to: middle }),
    audit("action, first day", { action: "token.issued", to: first }),
    audit("action, one day", { action: "token.issued", from: middle, to: middle }),
    audit("rare action, first half", { action: "access.denied", from: first, to: middle }),
    audit("key, action", { key: keys.busy, action: "token.issued" }),
    audit("key hardly used, action", { key: keys.idle, action: "token.issued" }),
    audit("key, action it never has", { key: keys.busy, action: "auth.signed_in" }),
    audit("member, rare action", { member: members.busy, action: "access.denied" }),
    audit("member, action that never was", { member: members.busy, action: "key.disabled" }),
    audit("member, key hardly used", { member: members.idle, key: keys.idle }),
    audit("room, rare participant", { room: rooms.busy, participant: participants.idle }),
    audit("key, room, one day", { key: keys.busy, room: rooms.busy, from: middle, to: middle }),
  ];
}

/** @throws Error naming the pages of the desk that are not among them */
function refuseGaps(asked: readonly [string, string][]): void {
  const folder = join(import.meta.dirname, "../app/(desk)");
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => `/${file}`)
    .filter((file) => file.endsWith("/page.tsx"))
    .map((file) => file.replace(/\/page\.tsx$/, "") || "/");
  const missing = pages.filter((page) => !asked.some(([name]) => name.split(" ", 1)[0] === page));
  if (missing.length > 0) throw new Error(`Not measured: ${missing.join(", ")}`);
}

/** Milliseconds from the request to the last byte of its answer. @throws Error when the answer is not a page */
function timeOf(agent: Agent, url: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    get(url, { agent, headers: { cookie } }, (response) => {
      response.on("end", () => {
        if (response.statusCode === 200) resolve(performance.now() - start);
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
      response.resume();
    }).on("error", reject);
  });
}

/** Each page's median. */
async function measure(prepared: PreparedDesk, tokens: number): Promise<Map<string, number>> {
  const desk = new Desk(prepared, { LOG_LEVEL: "silent" });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const ledger = fillLedger(databaseIn(desk.folder), tokens);
    await desk.open();
    const times = new Map<string, number>();
    const pages = pagesOf(ledger, addOthers(desk, ledger));
    refuseGaps(pages);
    for (const [name, path] of pages) {
      const once = () => timeOf(agent, `${desk.address}${path}`, desk.cookieOf("admin"));
      for (let round = 0; round < WARM_UP; round += 1) await once();
      const values: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) values.push(await once());
      times.set(name, median(values));
    }
    return times;
  } finally {
    agent.destroy();
    await desk.close();
  }
}

export async function measureScale(): Promise<[string, string][]> {
  const prepared = new PreparedDesk(await PreparedDesk.make());
  try {
    const [small, large] = [await measure(prepared, SIZES[0]), await measure(prepared, SIZES[1])];
    return [...large].map(([name, ms]) => {
      const ratio = ms / (small.get(name) ?? Number.NaN);
      return [name, `${ms.toFixed(1).padStart(7)} ms ${ratio.toFixed(1).padStart(6)} x`];
    });
  } finally {
    prepared.remove();
  }
}
