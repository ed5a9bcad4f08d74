/** Measures every page and every audit filter on a desk with a thousand tokens and on one with a million, over loopback on one kept connection. */
import { Agent, get } from "node:http";
import { databaseIn } from "../e2e/stage/database";
import { Desk } from "../e2e/stage/desk";
import { PreparedDesk } from "../e2e/stage/prepared-desk";
import { fillLedger, type Ledger } from "./fill-ledger";
import { median } from "./median";

const SIZES = [1_000, 1_000_000] as const;
const WARM_UP = 5;
const ROUNDS = 15;

/** What is asked for, and under which name it is printed. */
function pagesOf({ keys, members, rooms, participants, jti, number, events, days }: Ledger): [string, string][] {
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
    for (const [name, path] of pagesOf(ledger)) {
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
