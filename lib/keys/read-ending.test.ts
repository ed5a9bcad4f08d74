/** How active tokens fall, where and for what they are used, and no others. */
import { expect, it } from "vitest";
import { issueForm, openDesk, refusalOf } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { readEnding } from "./read-ending";

const desk = await openDesk();
const [key, other] = [await desk.addKey(), await desk.addKey()];
const issue = (asked: object, of = key) => issueToken(desk.issuer, { ...issueForm(of), ...asked });

it("by room and by purpose, the most frequent first; neither what has expired nor another key's", async () => {
  for (const roomId of ["aaaa-aaaa-aaaa", "bbbb-bbbb-bbbb", "bbbb-bbbb-bbbb"]) await issue({ roomId, purpose: "ward" });
  await issue({ purpose: "" });
  await issue({ roomId: "cccc-cccc-cccc", purpose: "over" });
  await issue({ roomId: "dddd-dddd-dddd" }, other);
  desk.raw((db) => db.prepare("UPDATE IssuedToken SET expiresAt = 1 WHERE purpose = 'over'").run());
  expect((await readEnding(desk.auditor, key.id)).use).toEqual({
    rooms: {
      told: [
        { value: "bbbb-bbbb-bbbb", active: 2 },
        { value: "aaaa-aaaa-aaaa", active: 1 },
        { value: null, active: 1 },
      ],
      others: 0,
    },
    purposes: {
      told: [
        { value: "ward", active: 3 },
        { value: "", active: 1 },
      ],
      others: 0,
    },
    goneThrough: null,
  });
});

it("of more than are gone through, of those that end last", async () => {
  const many = await desk.addKey();
  for (const [expiresIn, roomId] of [
    ["3h", "late-late-late"],
    ["1h", "soon-soon-soon"],
    ["2h", "late-late-late"],
  ])
    await issue({ expiresIn, roomId }, many);
  const { fall, use } = await readEnding(desk.auditor, many.id, 2);
  expect(use).toMatchObject({ rooms: { told: [{ value: "late-late-late", active: 2 }] }, goneThrough: 2 });
  expect(await readEnding(desk.auditor, many.id, 3)).toMatchObject({
    fall: { more: false },
    use: { goneThrough: null },
  });
  const { now, more, steps } = fall;
  expect([now, more, steps.map(({ left }) => left)]).toEqual([2, true, [2, 1, 0]]);
});

it("what is rare is told together", async () => {
  for (let room = 1; room <= 8; room += 1) await issue({ roomId: `room-room-000${room}` }, other);
  const { use } = await readEnding(desk.admin, other.id);
  expect(use.rooms.told).toHaveLength(6);
  expect(use.rooms.others).toBe(3);
});

it("is for who may see keys", async () => {
  expect((await refusalOf(readEnding(desk.support, key.id))).code).toBe("forbidden");
});
