/** Where and for what active tokens are used, and no others. */
import { expect, it } from "vitest";
import { issueForm, openDesk, refusalOf } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { listActiveByUse } from "./active-by-use";

const desk = await openDesk();
const [key, other] = [await desk.addKey(), await desk.addKey()];
const issue = (asked: object, of = key) => issueToken(desk.issuer, { ...issueForm(of), ...asked });

it("by room and by purpose, the most frequent first; neither what has expired nor another key's", async () => {
  for (const roomId of ["aaaa-aaaa-aaaa", "bbbb-bbbb-bbbb", "bbbb-bbbb-bbbb"]) await issue({ roomId, purpose: "ward" });
  await issue({ purpose: "" });
  await issue({ roomId: "cccc-cccc-cccc", purpose: "over" });
  await issue({ roomId: "dddd-dddd-dddd" }, other);
  desk.raw((db) => db.prepare("UPDATE IssuedToken SET expiresAt = 1 WHERE purpose = 'over'").run());
  expect(await listActiveByUse(desk.auditor, key.id)).toEqual({
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
  });
  expect(await listActiveByUse(desk.auditor, key.id, 3)).toBeUndefined();
});

it("what is rare is told together", async () => {
  for (let room = 1; room <= 8; room += 1) await issue({ roomId: `room-room-000${room}` }, other);
  const use = await listActiveByUse(desk.admin, other.id);
  expect(use?.rooms.told).toHaveLength(6);
  expect(use?.rooms.others).toBe(3);
});

it("is for who may see keys", async () => {
  expect((await refusalOf(listActiveByUse(desk.support, key.id))).code).toBe("forbidden");
});
