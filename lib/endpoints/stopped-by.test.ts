/** Which endpoints a key's policy, or disabling it, would stop: told before it is done, and nothing is changed by asking. */
import Database from "better-sqlite3";
import { beforeEach, expect, it, vi } from "vitest";
import { changeKey } from "@/lib/keys/change";
import { setKeyStatus } from "@/lib/keys/set-status";
import { openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { getEndpoint } from "./list";
import { setEndpointStatus } from "./set-status";
import { listGiving, previewPolicy } from "./stopped-by";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  key = await desk.addKey();
});

const namesOf = (endpoints: readonly { name: string }[]) => endpoints.map(({ name }) => name);

it("a policy's preview names those that give tokens now and would not any more", async () => {
  await desk.addEndpoint(key, { name: "Joins" });
  await desk.addEndpoint(key, { name: "Asks", template: "guest" });
  const off = await desk.addEndpoint(key, { name: "Off" });
  await setEndpointStatus(desk.admin, { endpointId: off.actor.id, disabled: true });
  await desk.addEndpoint(await desk.addKey(), { name: "Of another key" });
  const preview = async (change: object) =>
    namesOf((await previewPolicy(desk.admin, { keyId: key.id, ...change })).endpoints);
  const before = (await recorded("key.changed")).length;
  expect(await preview({ templates: ["guest"] })).toEqual(["Joins"]);
  expect(await preview({ permissions: ["ask_join"] })).toEqual(["Joins"]);
  expect(await preview({ label: "Another name" })).toEqual([]);
  expect(await recorded("key.changed")).toHaveLength(before);
});

it("is judged by the key as it was read once; of a key that gets another name alone no endpoint is looked at", async () => {
  await desk.addEndpoint(key);
  const prepare = vi.spyOn(Database.prototype, "prepare");
  const read = async (change: object) => {
    prepare.mockClear();
    await previewPolicy(desk.admin, { keyId: key.id, ...change });
    const of = (table: string) =>
      prepare.mock.calls.filter(([sql]) => sql.includes(`FROM \`main\`.\`${table}\``)).length;
    return { key: of("SigningKey"), endpoints: of("Endpoint") };
  };
  expect(await read({ templates: ["guest"] })).toEqual({ key: 1, endpoints: 1 });
  expect(await read({ label: "Another name" })).toEqual({ key: 1, endpoints: 0 });
});

it("one that gives to who names more is not stopped: what it would ask each caller for is told", async () => {
  const { actor } = await desk.addEndpoint(key, { name: "Any", roomFrom: "optional", farReaching: ["any-room"] });
  await desk.addEndpoint(key, { name: "Named" });
  const preview = async (require: ("room" | "subject")[]) => {
    const { endpoints, asking } = await previewPolicy(desk.admin, { keyId: key.id, require });
    return { stopped: namesOf(endpoints), room: namesOf(asking.room), subject: namesOf(asking.subject) };
  };
  expect(await preview(["room"])).toEqual({ stopped: [], room: ["Any"], subject: [] });
  expect(await preview(["room", "subject"])).toEqual({ stopped: [], room: ["Any"], subject: ["Any", "Named"] });
  await changeKey(desk.admin, { keyId: key.id, require: ["room", "subject"] });
  expect(await preview(["subject", "room"])).toEqual({ stopped: [], room: [], subject: [] });
  const told = await getEndpoint(desk.admin, { endpointId: actor.id });
  expect(told).toMatchObject({ broken: null, asks: ["room", "subject"], reach: [] });
});

it("why one refuses is said so that it can be read where no field stands beside it", async () => {
  const broken = async (change: object) => {
    key = await desk.addKey();
    const { actor } = await desk.addEndpoint(key);
    await changeKey(desk.admin, { keyId: key.id, ...change });
    return (await getEndpoint(desk.admin, { endpointId: actor.id })).broken;
  };
  expect(await broken({ require: ["purpose"] })).toBe(`"${key.label}" asks for a purpose. Write one.`);
  expect(await broken({ templates: ["moderator"] })).toBe(
    `"${key.label}" does not take "Participant". Choose another template.`,
  );
});

it("of a key that is to be disabled those that answer are named, and none that is off or has been stopped already", async () => {
  await desk.addEndpoint(key, { name: "Answers" });
  const off = await desk.addEndpoint(key, { name: "Off" });
  await setEndpointStatus(desk.admin, { endpointId: off.actor.id, disabled: true });
  expect(namesOf(await listGiving(desk.admin, key.id))).toEqual(["Answers"]);
  await setKeyStatus(desk.admin, { keyId: key.id, disabled: true, note: "" });
  expect(await listGiving(desk.admin, key.id)).toEqual([]);
});

it("neither is told to an issuer", async () => {
  expect((await refusalOf(listGiving(desk.issuer, key.id))).code).toBe("forbidden");
  expect((await refusalOf(previewPolicy(desk.issuer, { keyId: key.id, templates: [] }))).code).toBe("forbidden");
});
