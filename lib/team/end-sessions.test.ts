/** How many sessions a member loses: those that were open. Those that had ended by themselves end for good, and are not counted. */
import { expect, it } from "vitest";
import { now } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { env } from "@/lib/env";
import { openDesk } from "@/lib/test-desk";
import { endSessionsOf } from "./end-sessions";

const desk = await openDesk();
const HOUR = 3_600_000;

it("counts what was open: not what was idle for too long, beyond its absolute limit, or ended before", async () => {
  const [member, other] = [await desk.addMember("issuer"), await desk.addMember("issuer")];
  const at = now();
  const before = (milliseconds: number) => new Date(at.getTime() - milliseconds);
  const add = (id: string, some: object = {}) =>
    transaction((tx) =>
      tx.session.create({
        data: {
          ...{ id, memberId: member.id, createdAt: before(HOUR), lastSeenAt: at, expiresAt: before(-HOUR) },
          ...{ address: "", userAgent: "" },
          ...some,
        },
      }),
    );
  const idle = env().SESSION_IDLE_MINUTES * 60_000;
  await add("open");
  await add("just not idle", { lastSeenAt: before(idle - 1_000) });
  await add("idle", { lastSeenAt: before(idle + 1_000) });
  await add("expired", { expiresAt: before(1_000) });
  await add("begun under longer limits", { createdAt: before(env().SESSION_HOURS * HOUR) });
  await add("ended", { endedAt: before(HOUR) });

  // The one that the desk gave them, and two of these.
  expect(await transaction((tx) => endSessionsOf(tx, member.id, at))).toBe(3);
  const rows = await reader().session.findMany({ where: { memberId: member.id } });
  expect(rows).toHaveLength(7);
  expect(rows.filter(({ endedAt }) => endedAt?.getTime() === at.getTime())).toHaveLength(6);
  expect(rows.find(({ id }) => id === "ended")?.endedAt).toEqual(before(HOUR));
  expect(await reader().session.findUnique({ where: { id: other.sessionId } })).toMatchObject({ endedAt: null });
  expect(await transaction((tx) => endSessionsOf(tx, member.id, at))).toBe(0);
});
