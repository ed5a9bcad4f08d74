/** Events that a limit bounds: what could not be written is not counted, and the server's log tells of it. */
import { expect, it, vi } from "vitest";
import { log } from "@/lib/log";
import { failureOf, openDesk, recorded } from "@/lib/test-desk";
import { recordBounded } from "./record-bounded";

const desk = await openDesk();
const denial = { called: "a denial", named: { verb: "key.create" } } as const;
const full = Object.assign(new Error("words that may quote anything"), { code: "SQLITE_FULL" });

it("beyond the limit nothing is written, but for one that says so; what could not be written does not count", async () => {
  const told = vi.spyOn(log(), "error").mockImplementation(() => {});
  const flooder = await desk.addMember("auditor");
  const write = vi.fn(() => Promise.reject(full));
  for (let time = 0; time < 50; time++) expect(await recordBounded(flooder, "denials", denial, write)).toBe(false);
  expect(write).toHaveBeenCalledTimes(50);
  // Nor does a full disk get fuller by them; another's are told as before.
  expect(told.mock.calls).toHaveLength(31);
  expect(told.mock.calls.at(-1)).toEqual([
    expect.anything(),
    "a denial could not be recorded; those behind it, of the hour, are not told of",
  ]);
  const other = await desk.addMember("auditor", "Another one");
  expect(await recordBounded(other, "denials", denial, write)).toBe(false);
  expect(told.mock.calls).toHaveLength(32);
  expect(told.mock.calls[0]).toEqual([
    expect.objectContaining({ actor: `member ${flooder.id}`, verb: "key.create", code: "SQLITE_FULL" }),
    "a denial could not be recorded",
  ]);
  expect(JSON.stringify(told.mock.calls)).not.toContain("quote");

  const answers = [];
  for (let time = 0; time < 33; time++) answers.push(await recordBounded(flooder, "denials", denial, async () => {}));
  expect(answers.map(Number)).toEqual([...Array(30).fill(1), 0, 0, 0]);
  const actions = (await recorded()).map(({ action }) => action);
  expect(actions.filter((action) => action === "limit.reached")).toHaveLength(1);
});

it("a bug is no failure to write: it is thrown", async () => {
  const bug = new TypeError("bug");
  expect(await failureOf(recordBounded(desk.auditor, "denials", denial, () => Promise.reject(bug)))).toBe(bug);
});
