/** What a member may do how often, and what is recorded when they do it more. */
import { createRequire } from "node:module";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { limits } from "@/lib/limits";
import { openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { countAgainst, mayRecord } from "./count-against";

const desk = await openDesk();
const reached = () => recorded("limit.reached");

beforeEach(() => desk.raw((db) => void db.exec("DELETE FROM AuditEvent")));
afterEach(() => void vi.useRealTimers());

it("120 inspections a minute and member; the next is refused, says when, and is one event however many follow", async () => {
  const member = await desk.addMember("auditor");
  const many = await Promise.allSettled(Array.from({ length: 150 }, () => countAgainst(member, "inspections")));
  expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(120);
  const { code, message, extra } = await refusalOf(countAgainst(member, "inspections"));
  expect(code).toBe("throttled");
  expect(message).toMatch(/^Too many attempts\. Try again in (\d+ s|1 min)\.$/);
  expect(extra.retryAfterSeconds).toBeLessThanOrEqual(60);
  expect(await reached()).toMatchObject([
    { actorId: member.id, outcome: "denied", detail: { what: "inspections", most: 120, seconds: 60 } },
  ]);
  await expect(countAgainst(desk.admin, "inspections")).resolves.toBeUndefined();
});

it("begins anew when its time is over, and is recorded anew, also when the clock was set back", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const member = await desk.addMember("auditor");
  const record = async () => {
    const allowed: boolean[] = [];
    for (let time = 0; time < 33; time++) allowed.push(await mayRecord(member, "refusals"));
    return allowed.filter(Boolean).length;
  };
  expect(await record()).toBe(30);
  vi.setSystemTime(Date.now() - 24 * 3_600_000);
  expect(await record()).toBe(0);
  vi.advanceTimersByTime(3_600_000);
  expect(await record()).toBe(30);
  expect(await reached()).toHaveLength(2);
});

it("two copies of the module and its library count together, and refuse alike", async () => {
  const require = createRequire(import.meta.url);
  const another = async (): Promise<typeof import("./count-against")> => {
    for (const file of Object.keys(require.cache))
      if (file.includes("/rate-limiter-flexible/")) delete require.cache[file];
    const library = require("rate-limiter-flexible");
    vi.resetModules();
    vi.doMock("rate-limiter-flexible", () => library);
    return import("./count-against");
  };
  const member = await desk.addMember("auditor");
  const copies = [await another(), await another()];
  for (let time = 0; time < 20; time++) await copies[time % 2]?.countAgainst(member, "exports");
  for (const copy of [...copies, ...copies])
    await expect(copy.countAgainst(member, "exports")).rejects.toMatchObject({ code: "throttled" });
  expect(await reached()).toMatchObject([{ actorId: member.id, detail: { what: limits.exports.what, most: 20 } }]);
});
