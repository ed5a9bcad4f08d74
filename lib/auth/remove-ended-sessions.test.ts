/** Which sessions are removed, at the very edge of the time that they are kept. */
import { expect, it } from "vitest";
import { reader, transaction } from "@/lib/db";
import { openDesk } from "@/lib/test-desk";
import { KEPT_DAYS, removeEndedSessions } from "./remove-ended-sessions";

const desk = await openDesk();
const DAY_MS = 24 * 60 * 60 * 1000;

it("removes those that ended or expired more than thirty days ago, and no other", async () => {
  const now = new Date("2026-11-24T12:00:00.000Z");
  const ago = (days: number, ms = 0) => new Date(now.getTime() - days * DAY_MS + ms);
  const add = (id: string, expiresAt: Date, endedAt: Date | null = null) =>
    transaction((tx) =>
      tx.session.create({
        data: {
          ...{ id, memberId: desk.admin.id, createdAt: ago(60), lastSeenAt: ago(60) },
          ...{ expiresAt, endedAt, address: "", userAgent: "" },
        },
      }),
    );
  expect(KEPT_DAYS).toBe(30);
  await add("at work", ago(-1));
  await add("ended just now", ago(-1), ago(0));
  await add("expired at the edge", ago(30));
  await add("ended at the edge", ago(-1), ago(30));
  await add("expired before it", ago(30, -1));
  await add("ended before it", ago(-1), ago(30, -1));
  await add("both", ago(40), ago(45));
  expect(await removeEndedSessions(now)).toBe(3);
  const left = (await reader().session.findMany({ where: { createdAt: ago(60) } })).map(({ id }) => id);
  expect(left.sort()).toEqual(["at work", "ended at the edge", "ended just now", "expired at the edge"]);
  expect(await removeEndedSessions(now)).toBe(0);
});
