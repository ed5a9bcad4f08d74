/** The door of token endpoints, as apps meet it: on a real database, without a socket. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { changeRole } from "@/lib/team/change-role";
import { setMemberStatus } from "@/lib/team/set-status";
import { jtiOf } from "./audit/bytes";
import { forgetCallLimits } from "./auth/call-limits";
import { reader } from "./db";
import { changeEndpoint } from "./endpoints/change";
import { writeRefused } from "./endpoints/count-refused";
import { endEndpoint } from "./endpoints/end";
import { getEndpoint } from "./endpoints/list";
import { renewEndpoint } from "./endpoints/renew";
import type { EndpointFields } from "./endpoints/schema";
import { setEndpointStatus } from "./endpoints/set-status";
import { takeOverEndpoint } from "./endpoints/take-over";
import type { HttpCall } from "./http/call";
import { readToken } from "./jwt/read";
import { changeKey } from "./keys/change";
import { setKeyStatus } from "./keys/set-status";
import { runEndpoint } from "./run-endpoint";
import { changeTemplate } from "./templates/change";
import { createTemplate } from "./templates/create";
import { endpointForm, openDesk, recorded, type TestKey } from "./test-desk";

const desk = await openDesk();
let key: TestKey;

beforeEach(async () => {
  forgetCallLimits();
  desk.raw((db) => db.exec("DELETE FROM Endpoint; DELETE FROM EndpointCalls"));
  key = await desk.addKey();
});

type Asked = {
  method?: string;
  name?: string;
  query?: Record<string, string> | string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  address?: string;
};

function call(
  path: string,
  { method = "GET", name = "get-token", query = "", headers = {}, body = "", ...more }: Asked = {},
) {
  const asked: HttpCall = {
    ...{ method, path: `/t/${path}/${name}`, query: new URLSearchParams(query), body: Buffer.from(body) },
    header: (header) => headers[header],
    origin: { address: more.address ?? "203.0.113.9", userAgent: "an app", requestId: randomUUID() },
  };
  return runEndpoint(asked);
}

const post = (path: string, body: object) =>
  call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const add = (fields: Partial<EndpointFields> = {}) => desk.addEndpoint(key, fields);

function claimsOf({ status, body }: { status: number; body: string }): Record<string, unknown> {
  expect([status, body]).toEqual([200, expect.stringMatching(/^\{"token":"eyJ/)]);
  const reading = readToken(JSON.parse(body).token);
  return (reading.kind === "token" && reading.claims) || {};
}

async function addTemplate(fields: Record<string, unknown>) {
  const whole = {
    name: `Kiosk ${randomUUID().slice(0, 8)}`,
    note: "For the hall",
    expiresIn: "10m",
    roles: ["rtc"],
    ...fields,
  };
  const { templateId } = await createTemplate(desk.admin, { profile: "videosdk", ...whole });
  return {
    id: templateId,
    change: (other: Record<string, unknown>) =>
      changeTemplate(desk.admin, {
        ...{ templateId, version: 1, state: "accepted", profile: "videosdk" },
        ...whole,
        ...other,
      }),
  };
}

const problemIn = ({ status, headers, body }: Awaited<ReturnType<typeof runEndpoint>>) => {
  expect(headers["content-type"]).toBe("application/problem+json");
  return { ...JSON.parse(body), status };
};

const tokens = () => reader().issuedToken.count();

describe("an app that asks", () => {
  it("is given a token of the template, for the room and the participant that it names", async () => {
    const { actor, path } = await add();
    const claims = claimsOf(await call(path, { query: { roomId: "abcd-efgh-ijkl", peerId: "robin" } }));
    expect(claims).toMatchObject({
      ...{
        apikey: key.apiKey,
        roomId: "abcd-efgh-ijkl",
        participantId: "robin",
        permissions: ["allow_join"],
        roles: ["rtc"],
      },
      version: 2,
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(600);
    const row = await reader().issuedToken.findFirstOrThrow({ where: { actorId: actor.id } });
    expect(row).toMatchObject({
      actorKind: "endpoint",
      actorName: "Demo app",
      via: "endpoint",
      templateName: "Participant",
    });
    expect(await reader().endpoint.findUnique({ where: { id: actor.id } })).toMatchObject({ issuedTokens: 1 });
  });

  it.each([
    [
      "as JSON",
      { "content-type": "application/json" },
      JSON.stringify({ roomId: "a-room", peerId: "kim", name: "Kim" }),
    ],
    ["as a form", { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" }, "roomId=a-room&peerId=kim"],
  ])("may name them in a body, %s", async (_, headers, body) => {
    const { path } = await add();
    expect(claimsOf(await call(path, { method: "POST", headers, body }))).toMatchObject({
      roomId: "a-room",
      participantId: "kim",
    });
  });

  it("may ask in the older words", async () => {
    const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
    const claims = claimsOf(await call(path, { name: "generateJWTToken" }));
    expect(claims).not.toHaveProperty("roomId");
  });

  it("gets the fixed room, whoever asks, and no other one", async () => {
    const { path } = await add({ roomFrom: "fixed", room: "the-room" });
    expect(claimsOf(await call(path))).toMatchObject({ roomId: "the-room" });
    expect(claimsOf(await call(path, { query: { roomId: "the-room" } }))).toMatchObject({ roomId: "the-room" });
    expect(problemIn(await call(path, { query: { roomId: "another" } }))).toMatchObject({
      status: 422,
      fields: { roomId: expect.any(String) },
    });
    expect(await tokens()).toBeGreaterThan(0);
  });

  it("leaves a record of the page that asked, and from where", async () => {
    const { path } = await add({ origins: "http://localhost:3000" });
    await call(path, { query: { roomId: "r" }, headers: { origin: "http://localhost:3000" }, address: "198.51.100.4" });
    const issued = (await recorded("token.issued")).at(-1);
    expect(issued).toMatchObject({
      address: "198.51.100.4",
      userAgent: "an app",
      detail: { page: "http://localhost:3000" },
    });
  });
});

describe("never more than the endpoint's own:", () => {
  it("no claim but those two is the caller's to choose", async () => {
    const { path } = await add();
    const query = {
      roomId: "r",
      permissions: "allow_mod",
      roles: "crawler",
      expiresIn: "30d",
      purpose: "mine",
      template: "developer",
      keyId: "x",
    };
    expect(claimsOf(await call(path, { query }))).toMatchObject({ permissions: ["allow_join"], roles: ["rtc"] });
  });

  it("not longer than the key allows by now, as its page tells", async () => {
    const { path, actor } = await add();
    await changeKey(desk.admin, { keyId: key.id, maxLifetime: "2m" });
    const claims = claimsOf(await call(path, { query: { roomId: "r" } }));
    expect(Number(claims.exp) - Number(claims.iat)).toBe(120);
    expect(await getEndpoint(desk.admin, { endpointId: actor.id })).toMatchObject({ broken: null, givesSeconds: 120 });
  });

  it.each([
    ["what the policy came to forbid", { permissions: ["ask_join"] }],
    ["what it came to ask for", { require: ["purpose"] }],
  ])("not %s", async (_, limits) => {
    const { path } = await add();
    await changeKey(desk.admin, { keyId: key.id, ...limits });
    const before = await tokens();
    expect(problemIn(await call(path, { query: { roomId: "r" } }))).toMatchObject({ status: 409 });
    expect(await tokens()).toBe(before);
  });

  it("nothing with a disabled key", async () => {
    const { path } = await add();
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    expect(problemIn(await call(path, { query: { roomId: "r" } }))).toMatchObject({ status: 409 });
  });

  it.each([
    ["no room", "", { roomId: "Name the room." }],
    ["a room with a blank", "roomId=a%20b", undefined],
    [
      "a participant with a blank",
      "roomId=r&peerId=a%20b",
      { peerId: expect.stringMatching(/^peerId "a b" .*remove peerId/) },
    ],
    ["a room that is too long", `roomId=${"r".repeat(200)}`, { roomId: expect.any(String) }],
    ["a room that is far too long", `roomId=${"r".repeat(2_000)}`, { roomId: "Use at most 128 characters." }],
    ["a secret as room", () => `roomId=${key.secret}`, { roomId: expect.any(String) }],
  ])("%s: refused by the caller's own names, or issued as it stands", async (_, query, fields) => {
    const { path } = await add();
    const before = await tokens();
    const answer = await call(path, { query: typeof query === "string" ? query : query() });
    if (fields) {
      expect(problemIn(answer)).toMatchObject({ status: 422, fields });
      expect(await tokens()).toBe(before);
    } else claimsOf(answer);
  });

  it.each([
    ["roomId=a&roomId=b", "roomId is given twice, and not the same."],
    ["roomId=a&meetingId=b", "roomId and meetingId both stand for roomId, and are not the same. Send one of them."],
    ["channel=a&roomName=b", "channel and roomName both stand for roomId, and are not the same. Send one of them."],
    [
      "roomId=a&participantId=b&peerId=c",
      "participantId and peerId both stand for peerId, and are not the same. Send one of them.",
    ],
  ])("a parameter that is given twice, and not the same, is told as the caller names it: %s", async (query, detail) => {
    const { path } = await add();
    expect(problemIn(await call(path, { query }))).toMatchObject({ status: 400, detail });
  });

  it.each(
    ["room_id", "ROOMID", "roomId[]", "roomId[0]", "meetingId", "meeting"].map((name) => `${name}=abcd-efgh-ijkl`),
  )("a room that is called otherwise, which read over would be any room: %s", async (query) => {
    const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
    expect(claimsOf(await call(path, { query: `${query}&participant_id=ada` }))).toMatchObject({
      roomId: "abcd-efgh-ijkl",
      participantId: "ada",
    });
  });

  it.each(["roomName", "room_code", "channel", "channelName", "conference-id"])(
    "%s, which is the room in many apps, where nothing else names it",
    async (name) => {
      const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
      const asked = { [name]: "Ward 7" };
      expect(claimsOf(await call(path, { query: asked }))).toMatchObject({ roomId: "Ward 7" });
      const both = { roomId: "abcd-efgh-ijkl", ...asked };
      expect(claimsOf(await call(path, { query: both }))).toMatchObject({ roomId: "abcd-efgh-ijkl" });
      const fixed = await add({ roomFrom: "fixed", room: "the-room" });
      expect(claimsOf(await call(fixed.path, { query: asked }))).toMatchObject({ roomId: "the-room" });
      expect(problemIn(await call(path, { query: { callId: "a", ...asked } })).status).toBe(400);
    },
  );

  it.each(
    ["room_id", "meetingId", "room", "channel"].flatMap((name) =>
      [7, true, {}, { id: "x" }, ["x"], []].map((value) => [name, value] as const),
    ),
  )("nothing but a text as %s, which read over would be any room: %j", async (name, value) => {
    const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
    const send = (body: object) => post(path, body);
    expect(problemIn(await send({ [name]: value }))).toMatchObject({
      status: 422,
      fields: { [name]: "Write a text." },
    });
    expect(claimsOf(await send({ [name]: value, roomId: "Ward" }))).toMatchObject({ roomId: "Ward" });
  });

  it.each(
    ["peerId", "participantId", "participant_id", "ParticipantID"].flatMap((name) =>
      [42, true, false, {}, { id: "x" }, ["x"], []].map((value) => [name, value] as const),
    ),
  )("nothing but a text as %s, which read over would be any participant: %j", async (name, value) => {
    const { path } = await add();
    const before = await tokens();
    const answer = await post(path, { roomId: "r", [name]: value });
    expect(problemIn(answer)).toMatchObject({ status: 422, fields: { [name]: "Write a text." } });
    expect(await tokens()).toBe(before);
    if (name === "peerId") return;
    expect(claimsOf(await post(path, { roomId: "r", [name]: value, peerId: "kim" }))).toMatchObject({
      participantId: "kim",
    });
  });

  it.each(["roomId", "room_id", "meetingId", "peerId", "participantId"])(
    "null as %s, which is a variable that was never set, as an empty text is",
    async (name) => {
      const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
      const parameter = ["peerId", "participantId"].includes(name) ? "peerId" : "roomId";
      for (const unset of [null, "", " "])
        expect(problemIn(await post(path, { [name]: unset }))).toMatchObject({
          status: 422,
          fields: { [parameter]: "What is empty names none. Name one, or leave this out." },
        });
      expect(
        claimsOf(await post(path, { roomId: "r", peerId: "kim", [name]: name === parameter ? "kim" : null })),
      ).toMatchObject({ participantId: "kim" });
      const fixed = await add({ roomFrom: "fixed", room: "our-room" });
      if (parameter === "roomId")
        expect(claimsOf(await post(fixed.path, { [name]: null }))).toMatchObject({ roomId: "our-room" });
    },
  );

  it.each([
    ["json", '{"params":{"roomId":"a-room"}}', "What stands within params is not read. Send roomId by itself."],
    ["json", '{"data":{"meeting_id":7}}', "What stands within data is not read. Send roomId by itself."],
    [
      "json",
      '{"roomId":"r","user":{"participantId":"kim"}}',
      "What stands within user is not read. Send peerId by itself.",
    ],
    [
      "json",
      '{"data":[{"attributes":{"roomId":"a-room"}}]}',
      "What stands within data is not read. Send roomId by itself.",
    ],
    ["x-www-form-urlencoded", "params[roomId]=a-room", "What stands within params is not read. Send roomId by itself."],
    ["x-www-form-urlencoded", "roomId[id]=a-room", "What stands within roomId is not read. Send roomId by itself."],
    [
      "x-www-form-urlencoded",
      "peerId=kim&amp;roomId=a-room",
      "What stands within amp;roomId is not read. Send roomId by itself.",
    ],
    [
      "x-www-form-urlencoded",
      "roomId=r&amp;peerId=kim",
      "What stands within amp;peerId is not read. Send peerId by itself.",
    ],
    [
      "x-www-form-urlencoded",
      "peerId=kim&roomId%3Da-room",
      "What stands within roomId=a-room is not read. Send roomId by itself.",
    ],
    [
      "x-www-form-urlencoded",
      "name%3DKim%26roomId%3Da-room",
      "What stands within name=Kim&roomId=a-room is not read. Send roomId by itself.",
    ],
    [
      "x-www-form-urlencoded",
      "peerId=kim%26roomId%3Da-room",
      "What stands within peerId is not read. Send roomId by itself.",
    ],
    [
      "x-www-form-urlencoded",
      "peerId=kim?meeting_id=a-room",
      "What stands within peerId is not read. Send roomId by itself.",
    ],
    [
      "x-www-form-urlencoded",
      "peerId=roomId%3Da-room",
      "What stands within peerId is not read. Send roomId by itself.",
    ],
    [
      "x-www-form-urlencoded",
      "roomId=a-room?peerId=kim",
      "What stands within roomId is not read. Send peerId by itself.",
    ],
    ["json", '{"peerId":"kim","amp;roomId":"a"}', "What stands within amp;roomId is not read. Send roomId by itself."],
    ["x-www-form-urlencoded", "data.roomId=a-room", "What stands within data is not read. Send roomId by itself."],
    [
      "x-www-form-urlencoded",
      "roomId=r&user[peerId]=kim",
      "What stands within user is not read. Send peerId by itself.",
    ],
  ])("what names them stands within something else, as %s: %s", async (type, body, detail) => {
    const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
    const headers = { "content-type": `application/${type}` };
    expect(problemIn(await call(path, { method: "POST", headers, body }))).toMatchObject({ status: 400, detail });
    if (type !== "json") expect(problemIn(await call(path, { query: body }))).toMatchObject({ status: 400, detail });
  });

  it("as long as a name is, as long it takes to be read", async () => {
    const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
    const cpuOf = async (name: string) => {
      const before = process.cpuUsage();
      claimsOf(await call(path, { query: { [name]: "1" } }));
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const hostile = ["[a", "[1", "[", "a[", "a.", "[]"];
    const length = 30_000;
    await cpuOf("x");
    const plain = await cpuOf("x".repeat(length));
    // What looks behind each sign at all that follow would take a thousand times as long.
    for (const piece of hostile)
      expect(await cpuOf(piece.repeat(length / piece.length)), piece).toBeLessThan(50 * plain + 500_000);
  });

  it("what may be the participant is told as not read, where nothing names one", async () => {
    const warningsIn = ({ body }: { body: string }) => JSON.parse(body).warnings;
    const { path } = await add();
    const said = "Name the participant as peerId, or the token is good for any.";
    const answer = await call(path, { query: { roomId: "r", userId: "ada", name: "Ada" } });
    expect(claimsOf(answer)).not.toHaveProperty("participantId");
    expect(warningsIn(answer)).toEqual([`userId: not read here. ${said}`]);
    expect(warningsIn(await post(path, { roomId: "r", user: { id: 7 }, uid: 7, userName: null }))).toEqual([
      `user and uid: not read here. ${said}`,
    ]);
    expect(warningsIn(await call(path, { query: { roomId: "r", userId: "ada", peerId: "ada" } }))).toBeUndefined();
    const template = await addTemplate({ permissions: ["allow_join"], participantId: "me" });
    const own = await add({ template: template.id });
    expect(warningsIn(await call(own.path, { query: { roomId: "r", userId: "ada" } }))).toBeUndefined();
    expect(
      warningsIn(await call(path, { query: { roomId: "r", peerId: "ada", roles: "rtc", expiresIn: "9d" } })),
    ).toEqual(["roles and expiresIn: not read here. The endpoint says that itself."]);
  });

  it("null under a name that is perhaps the room is nothing", async () => {
    const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
    expect(claimsOf(await post(path, { channel: null }))).not.toHaveProperty("roomId");
  });

  it("what is no text under such another name is not asked for here", async () => {
    const { path } = await add();
    const body = '{"roomId":"abcd-efgh-ijkl","room":{"type":"group"},"meeting":7}';
    const answer = await call(path, { method: "POST", headers: { "content-type": "application/json" }, body });
    expect(claimsOf(answer)).toMatchObject({ roomId: "abcd-efgh-ijkl" });
  });

  it.each([
    ["no content type", {}, "{}", 415],
    ["another content type", { "content-type": "text/plain" }, "{}", 415],
    ["another charset", { "content-type": "application/json; charset=utf-16" }, "{}", 415],
    ["no JSON", { "content-type": "application/json" }, "{", 400],
    ["a list", { "content-type": "application/json" }, "[]", 400],
    ["a name twice", { "content-type": "application/json" }, '{"roomId":"a","roomId":"b"}', 400],
    ["bad UTF-8", { "content-type": "application/json" }, Buffer.from([0x7b, 0xff, 0x7d]), 400],
    ["bad UTF-8 in a form", { "content-type": "application/x-www-form-urlencoded" }, "roomId=%ff", 400],
    ["a number", { "content-type": "application/json" }, '{"roomId":7}', 422],
  ])("%s: refused", async (_, headers, body, status) => {
    const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
    const before = await tokens();
    expect(problemIn(await call(path, { method: "POST", headers, body })).status).toBe(status);
    expect(await tokens()).toBe(before);
  });
});

describe("what reaches far", () => {
  it("is confirmed for what it names: another template asks again", async () => {
    const { actor } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
    const changed = endpointForm(key, {
      ...{ roomFrom: "optional", template: "moderator", farReaching: ["any-room"] },
    });
    const { version } = await reader().endpoint.findUniqueOrThrow({ where: { id: actor.id } });
    const change = (fields: Partial<EndpointFields>) =>
      changeEndpoint(desk.admin, { ...changed, ...fields, endpointId: actor.id, version });
    await expect(change({})).rejects.toMatchObject({
      extra: { fields: { farReaching: expect.stringContaining("moderate and join any room") } },
    });
    await change({ farReaching: ["any-room", "moderate"] });
    expect((await getEndpoint(desk.admin, { endpointId: actor.id })).broken).toBeNull();
    expect((await recorded("endpoint.changed")).at(-1)?.detail).toMatchObject({
      changed: { reach: [["any-room"], ["moderate", "any-room"]] },
    });
  });

  it("since the template was changed is given to nobody until an admin confirms it", async () => {
    const template = await addTemplate({ permissions: ["allow_join"] });
    const { path, actor } = await add({ template: template.id });
    const room = { query: { roomId: "a-room" } };
    claimsOf(await call(path, room));
    await template.change({ permissions: ["allow_join", "allow_mod"] });
    expect(problemIn(await call(path, room))).toMatchObject({ status: 409 });
    const { broken, version } = await getEndpoint(desk.admin, { endpointId: actor.id });
    expect(broken).toContain("moderate");
    await changeEndpoint(desk.admin, {
      ...{ ...endpointForm(key, { template: template.id, farReaching: ["moderate"] }), endpointId: actor.id, version },
    });
    expect(claimsOf(await call(path, room))).toMatchObject({ permissions: ["allow_join", "allow_mod"] });
  });
});

it("no limit is confirmed for what it names: another one asks again", async () => {
  const { actor } = await add({ perDay: "", unlimited: ["perDay"] });
  const change = (fields: Partial<EndpointFields>) =>
    changeEndpoint(desk.admin, { ...endpointForm(key, { perDay: "", ...fields }), endpointId: actor.id, version: 1 });
  await expect(change({ perMinute: "", unlimited: ["perDay"] })).rejects.toMatchObject({
    extra: { fields: { unlimited: expect.stringContaining("Tick this") } },
  });
  await change({ perMinute: "", unlimited: ["perDay", "perMinute"] });
});

it("a template that says the room itself goes with an endpoint that fixes that one alone", async () => {
  const template = await addTemplate({ permissions: ["allow_join"], roomId: "their-room" });
  const said = (fields: Partial<EndpointFields>) => add({ template: template.id, ...fields });
  await expect(said({})).rejects.toMatchObject({
    extra: { fields: { roomFrom: expect.stringContaining("their-room") } },
  });
  await expect(said({ roomFrom: "fixed", room: "our-room" })).rejects.toMatchObject({
    extra: { fields: { room: expect.stringContaining("their-room") } },
  });
  await expect(said({ room: "their-room" })).rejects.toMatchObject({
    extra: { fields: { roomFrom: expect.stringContaining("their-room") } },
  });
  const { path, actor } = await said({ roomFrom: "fixed", room: "their-room" });
  expect(claimsOf(await call(path))).toMatchObject({ roomId: "their-room" });
  await template.change({ permissions: ["allow_join"], roomId: "another-room" });
  expect(problemIn(await call(path))).toMatchObject({ status: 409 });
  expect((await getEndpoint(desk.admin, { endpointId: actor.id })).broken).toContain("another-room");
});

it("an empty text names nothing, where nothing named is any; where the endpoint says it, it asks for no more", async () => {
  const { path } = await add({ roomFrom: "optional", farReaching: ["any-room"] });
  const says = "What is empty names none. Name one, or leave this out.";
  for (const roomId of ["", " "])
    expect(problemIn(await call(path, { query: { roomId } }))).toMatchObject({ status: 422, fields: { roomId: says } });
  expect(problemIn(await call(path, { query: { roomId: "r", peerId: "" } }))).toMatchObject({
    fields: { peerId: says },
  });
  expect(claimsOf(await call(path))).not.toHaveProperty("roomId");
  const fixed = await add({ roomFrom: "fixed", room: "our-room" });
  expect(claimsOf(await call(fixed.path, { query: { roomId: "" } }))).toMatchObject({ roomId: "our-room" });
});

it("counts as active what it issued with an earlier key", async () => {
  const { path, actor } = await add();
  claimsOf(await call(path, { query: { roomId: "a-room" } }));
  const other = await desk.addKey();
  const { version } = await reader().endpoint.findUniqueOrThrow({ where: { id: actor.id } });
  await changeEndpoint(desk.admin, { ...endpointForm(other), endpointId: actor.id, version });
  expect(await getEndpoint(desk.admin, { endpointId: actor.id })).toMatchObject({ active: 1, keyLabel: other.label });
});

describe("a browser's page", () => {
  const at = (origin: string) => ({ query: { roomId: "r" }, headers: { origin } });

  it("may read what is its own to read, and the answer says for whom it is", async () => {
    const { path } = await add({ origins: "http://localhost:3000\nhttps://app.example.com/" });
    const answer = await call(path, at("https://app.example.com"));
    claimsOf(answer);
    expect(answer.headers).toMatchObject({
      ...{ vary: "Origin", "access-control-allow-origin": "https://app.example.com" },
      // Or its page could not read when to ask again.
      "access-control-expose-headers": "Retry-After",
    });
    expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
    expect((await call(path, { query: { roomId: "r" } })).headers.vary).toBe("Origin");
  });

  it.each([
    "https://evil.example",
    "http://app.example.com",
    "https://app.example.com:8443",
    "null",
    "https://app.example.com.evil.example",
  ])("of %s is given nothing, and its browser shows it nothing", async (origin) => {
    const { path } = await add({ origins: "https://app.example.com" });
    const before = await tokens();
    const answer = await call(path, at(origin));
    expect(problemIn(answer).status).toBe(403);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect(await tokens()).toBe(before);
  });

  it("asks first where it must", async () => {
    const { path } = await add({ origins: "http://localhost:3000" });
    const before = await tokens();
    const ask = (origin: string) =>
      call(path, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
    const answer = await ask("http://localhost:3000");
    expect(answer).toMatchObject({
      status: 204,
      body: "",
      headers: {
        "access-control-allow-origin": "http://localhost:3000",
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "Content-Type",
        vary: "Origin",
      },
    });
    expect((await ask("http://evil.example")).headers).not.toHaveProperty("access-control-allow-origin");
    expect(await tokens()).toBe(before);
  });

  it("may ask where there is no endpoint any more, and read that", async () => {
    const headers = { origin: "http://localhost:3000", "access-control-request-method": "POST" };
    const [asked, answer] = [
      await call("x", { method: "OPTIONS", headers }),
      await call("x", { method: "POST", headers }),
    ];
    expect(asked).toMatchObject({
      status: 204,
      headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "Content-Type" },
    });
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(problemIn(answer).status).toBe(404);
  });

  it("of any origin, where that was said", async () => {
    const { path } = await add({ origins: "*" });
    expect((await call(path, at("https://anything.example"))).headers["access-control-allow-origin"]).toBe("*");
  });

  it("writes nothing but an origin into the log", async () => {
    const { path } = await add({ origins: "*" });
    for (const [origin, page] of [
      ["capacitor://localhost", "capacitor://localhost"],
      ["null", "null"],
      [`https://${"a".repeat(15_000)}`, "null"],
      [`https://${key.secret}`, "null"],
      ["https://a.example/<b>what it likes</b>", "null"],
    ] as const) {
      expect((await call(path, at(origin))).status).toBe(200);
      expect((await recorded("token.issued")).at(-1)).toMatchObject({ detail: { page } });
    }
  });

  it("is told why it was refused, so that a developer sees it", async () => {
    const { path } = await add({ origins: "http://localhost:3000" });
    const answer = await call(path, { headers: { origin: "http://localhost:3000" } });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([422, "http://localhost:3000"]);
  });
});

describe("too many calls", () => {
  it.each([
    [
      "a minute in all",
      { perMinute: "3", perMinuteFromAddress: "", unlimited: ["perMinuteFromAddress"] },
      "198.51.100.",
      "3 calls a minute",
    ],
    ["a minute from one address", { perMinuteFromAddress: "3" }, undefined, "3 calls a minute from one address"],
    ["a day", { perDay: "1" }, undefined, "1 call a day"],
  ] satisfies [string, Partial<EndpointFields>, string | undefined, string][])(
    "%s are refused with when to try again, and are one event",
    async (_, fields, addresses, limit) => {
      const most = Number.parseInt(limit, 10);
      const { actor, path } = await add(fields);
      const ask = (index: number) =>
        call(path, { query: { roomId: "r" }, ...(addresses === undefined ? {} : { address: `${addresses}${index}` }) });
      for (let index = 1; index <= most; index++) claimsOf(await ask(index));
      const before = (await recorded()).length;
      for (let index = 1; index <= 9; index++) {
        const answer = await ask(most + index);
        expect(problemIn(answer)).toMatchObject({
          ...{
            status: 429,
            detail: expect.stringMatching(`^This endpoint answers ${limit}\\. Try again in \\d+ (s|min|h)`),
          },
        });
        expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
      }
      const events = (await recorded()).slice(before);
      expect(events.map(({ action, actorId }) => [action, actorId])).toEqual([["limit.reached", actor.id]]);
      await writeRefused();
      const { calls } = await getEndpoint(desk.admin, { endpointId: actor.id });
      expect(calls).toMatchObject([{ issued: most }]);
      expect(Object.values(calls[0]?.refused ?? {})).toEqual([9]);
    },
  );

  it("are one event too where the day's limit was lowered below what it had", async () => {
    const { path, actor } = await add({ perDay: "3" });
    for (let index = 0; index < 3; index++) claimsOf(await call(path, { query: { roomId: "r" } }));
    const { version } = await reader().endpoint.findUniqueOrThrow({ where: { id: actor.id } });
    await changeEndpoint(desk.admin, { ...endpointForm(key, { perDay: "1" }), endpointId: actor.id, version });
    for (let index = 0; index < 2; index++)
      expect(problemIn(await call(path, { query: { roomId: "r" } })).status).toBe(429);
    expect((await recorded("limit.reached")).filter(({ actorId }) => actorId === actor.id)).toHaveLength(1);
  });

  it("of a day that could not be read are counted once it can", async () => {
    const { path } = await add({ perDay: "1" });
    claimsOf(await call(path, { query: { roomId: "r" } }));
    forgetCallLimits();
    const find = await import("./endpoints/find");
    vi.spyOn(find, "countedOn").mockRejectedValueOnce(new Error("not now"));
    expect(problemIn(await call(path, { query: { roomId: "r" } })).status).toBe(500);
    expect(problemIn(await call(path, { query: { roomId: "r" } })).status).toBe(429);
  });

  it("that were refused for what was asked are of the day as well, also after a restart", async () => {
    const { path } = await add({ perDay: "2" });
    expect(problemIn(await call(path)).status).toBe(422);
    claimsOf(await call(path, { query: { roomId: "r" } }));
    await writeRefused();
    forgetCallLimits();
    expect(problemIn(await call(path, { query: { roomId: "r" } })).status).toBe(429);
  });

  it("of the day are known after a restart", async () => {
    const { path } = await add({ perDay: "2" });
    for (let index = 0; index < 2; index++) claimsOf(await call(path, { query: { roomId: "r" } }));
    forgetCallLimits();
    expect(problemIn(await call(path, { query: { roomId: "r" } })).status).toBe(429);
  });

  it("of the day go on where the clock is set back, also after a restart", async () => {
    const { path } = await add({ perDay: "2" });
    const ask = () => call(path, { query: { roomId: "r" } });
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      vi.setSystemTime("2031-05-04T00:10:00Z");
      for (let index = 0; index < 2; index++) claimsOf(await ask());
      vi.setSystemTime("2031-05-03T23:50:00Z");
      expect(problemIn(await ask()).status).toBe(429);
      forgetCallLimits();
      vi.setSystemTime("2031-05-03T23:50:00Z");
      expect(problemIn(await ask()).status).toBe(429);
      vi.setSystemTime("2031-05-05T00:10:00Z");
      claimsOf(await ask());
    } finally {
      vi.useRealTimers();
    }
  });

  it("of the day are of the right day again once a clock that ran far ahead is put right", async () => {
    const { path } = await add({ perDay: "2" });
    const ask = () => call(path, { query: { roomId: "r" } });
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      vi.setSystemTime("2036-01-01T12:00:00Z");
      for (let index = 0; index < 2; index++) claimsOf(await ask());
      for (const day of ["2031-05-04", "2031-05-05"]) {
        vi.setSystemTime(`${day}T12:00:00Z`);
        for (let index = 0; index < 2; index++) claimsOf(await ask());
        const answer = await ask();
        expect(problemIn(answer).status).toBe(429);
        expect(Number(answer.headers["retry-after"])).toBeLessThanOrEqual(43_200);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it("of one address leave the others theirs", async () => {
    const { path } = await add({ perMinuteFromAddress: "1" });
    const from = (address: string) => call(path, { query: { roomId: "r" }, address });
    claimsOf(await from("198.51.100.1"));
    expect((await from("198.51.100.1")).status).toBe(429);
    claimsOf(await from("198.51.100.2"));
  });
});

describe("an endpoint that stands still", () => {
  const state = (id: string) => getEndpoint(desk.admin, { endpointId: id });
  const ask = (path: string) => call(path, { query: { roomId: "r" } });

  it("is switched off, and on again", async () => {
    const { actor, path } = await add();
    await setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: true });
    expect(problemIn(await ask(path))).toMatchObject({ status: 404, detail: "This endpoint is switched off." });
    await setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: false });
    claimsOf(await ask(path));
    const said = async (action: "endpoint.disabled" | "endpoint.enabled") => (await recorded(action)).at(-1)?.detail;
    expect(await said("endpoint.disabled")).toMatchObject({ changed: { state: ["active", "off"] } });
    expect(await said("endpoint.enabled")).toMatchObject({ changed: { state: ["off", "active"] } });
  });

  it("has another address: the one before is nobody's", async () => {
    const { actor, path } = await add();
    await renewEndpoint(desk.admin, { endpointId: actor.id, version: 1 });
    const former = await ask(path);
    expect(problemIn(former).status).toBe(404);
    // So that a page's developer reads why.
    expect(former.headers).toMatchObject({ "access-control-allow-origin": "*" });
    const { path: renewed } = await reader().endpoint.findUniqueOrThrow({ where: { id: actor.id } });
    claimsOf(await ask(renewed));
  });

  it("has the address that was seen, or keeps it: two who renew it end no address that one of them has given to an app", async () => {
    const { actor } = await add();
    const renew = () => renewEndpoint(desk.admin, { endpointId: actor.id, version: 1 });
    await renew();
    const { path } = await reader().endpoint.findUniqueOrThrow({ where: { id: actor.id } });
    await expect(renew()).rejects.toThrow(
      /was changed meanwhile, by somebody else or by a try of yours that had no answer/,
    );
    claimsOf(await ask(path));
  });

  it("was ended, for good", async () => {
    const { actor, path } = await add();
    await endEndpoint(desk.admin, { endpointId: actor.id });
    expect(problemIn(await ask(path)).status).toBe(404);
    await expect(setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: false })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("is over", async () => {
    const { actor, path } = await add({ endsAt: new Date(Date.now() + 60_000).toISOString() });
    claimsOf(await ask(path));
    desk.raw((db) => db.prepare("UPDATE Endpoint SET endsAt = ? WHERE id = ?").run(Date.now() - 1, actor.id));
    expect(problemIn(await ask(path)).status).toBe(404);
  });

  it("has an owner who is out, until an admin takes it over", async () => {
    const leaver = await desk.addMember("admin", "A leaver");
    const { actor, path } = await add();
    desk.raw((db) => db.prepare("UPDATE Endpoint SET ownerId = ? WHERE id = ?").run(leaver.id, actor.id));
    claimsOf(await ask(path));
    await setMemberStatus(desk.admin, { memberId: leaver.id, disabled: true, note: "" });
    expect(problemIn(await ask(path)).status).toBe(404);
    expect((await state(actor.id)).state).toBe("without owner");
    await takeOverEndpoint(desk.admin, { endpointId: actor.id });
    claimsOf(await ask(path));
    expect((await recorded("endpoint.taken_over")).at(-1)?.detail).toMatchObject({
      changed: { owner: ["A leaver", desk.admin.name] },
    });
  });

  it("has an owner who is no admin any more, until they are one again", async () => {
    const demoted = await desk.addMember("admin", "A demoted one");
    const { actor, path } = await add();
    desk.raw((db) => db.prepare("UPDATE Endpoint SET ownerId = ? WHERE id = ?").run(demoted.id, actor.id));
    await changeRole(desk.admin, { memberId: demoted.id, role: "issuer" });
    expect(problemIn(await ask(path)).status).toBe(404);
    expect(await state(actor.id)).toMatchObject({ state: "without owner", owner: { gone: "no admin" } });
    await changeRole(desk.admin, { memberId: demoted.id, role: "admin" });
    claimsOf(await ask(path));
  });

  it("has an owner who is demoted while a call is under way: that call gets nothing", async () => {
    const demoted = await desk.addMember("admin", "Another one");
    const { actor, path } = await add();
    desk.raw((db) => db.prepare("UPDATE Endpoint SET ownerId = ? WHERE id = ?").run(demoted.id, actor.id));
    const queue = await import("./ledger/queue");
    const share = vi.spyOn(queue, "shareCommit").mockImplementationOnce(async (...given) => {
      share.mockRestore();
      await changeRole(desk.admin, { memberId: demoted.id, role: "issuer" });
      return queue.shareCommit(...given);
    });
    const before = await tokens();
    expect(problemIn(await ask(path)).status).toBe(409);
    expect(await tokens()).toBe(before);
  });

  it("is switched off besides: whoever takes it over sees that, and switches it on", async () => {
    const leaver = await desk.addMember("admin", "Another leaver");
    const { actor, path } = await add();
    desk.raw((db) => db.prepare("UPDATE Endpoint SET ownerId = ? WHERE id = ?").run(leaver.id, actor.id));
    await setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: true });
    await setMemberStatus(desk.admin, { memberId: leaver.id, disabled: true, note: "" });
    expect(await state(actor.id)).toMatchObject({ state: "without owner", off: true });
    await takeOverEndpoint(desk.admin, { endpointId: actor.id });
    expect(await state(actor.id)).toMatchObject({ state: "off", off: true });
    await setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: false });
    claimsOf(await ask(path));
    expect(await state(actor.id)).toMatchObject({ state: "active", off: false });
  });

  it("is changed while a call is under way: that call is refused", async () => {
    const { actor, path } = await add();
    const { enter } = await import("./ledger/enter");
    const queue = await import("./ledger/queue");
    const share = vi.spyOn(queue, "shareCommit").mockImplementationOnce(async (...given) => {
      share.mockRestore();
      await changeEndpoint(desk.admin, {
        endpointId: actor.id,
        version: 1,
        ...endpointForm(key, { purpose: "Other" }),
      });
      return queue.shareCommit(...given);
    });
    expect(enter).toBeTypeOf("function");
    expect(problemIn(await ask(path)).status).toBe(409);
    claimsOf(await ask(path));
  });
});

describe("while sixteen ask without a pause, an endpoint gives nothing any more once it is answered that", () => {
  type Given = { actor: { id: string }; key: TestKey };
  it.each<[string, (given: Given) => Promise<unknown>]>([
    ["it is off", ({ actor }) => setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: true })],
    ["it has another address", ({ actor }) => renewEndpoint(desk.admin, { endpointId: actor.id, version: 1 })],
    ["it was ended", ({ actor }) => endEndpoint(desk.admin, { endpointId: actor.id })],
    ["its key is disabled", (given) => setKeyStatus(desk.admin, { keyId: given.key.id, disabled: true })],
    ["its key allows less", (given) => changeKey(desk.admin, { keyId: given.key.id, permissions: ["ask_join"] })],
  ])("%s", async (_, act) => {
    const { actor, path } = await add({
      ...{ perMinute: "", perMinuteFromAddress: "", perDay: "" },
      unlimited: ["perMinute", "perMinuteFromAddress", "perDay"],
    });
    const given: string[] = [];
    const late: number[] = [];
    let isAnswered = false;
    let isOver = false;
    const app = async () => {
      while (!isOver) {
        const wasAnswered = isAnswered;
        const answer = await call(path, { query: { roomId: "r" } });
        if (answer.status === 200) given.push(String(claimsOf(answer).jti));
        if (wasAnswered) late.push(answer.status);
        // As a request does, which comes by an event of its own.
        await new Promise(setImmediate);
      }
    };
    const apps = Array.from({ length: 16 }, app);
    while (given.length < 100) await new Promise(setImmediate);
    await act({ actor, key });
    isAnswered = true;
    const last = (await recorded()).at(-1)?.sequence ?? 0;
    while (late.length < 100) await new Promise(setImmediate);
    isOver = true;
    await Promise.all(apps);
    expect(late).not.toContain(200);
    const rows = await reader().issuedToken.findMany({ where: { actorId: actor.id } });
    expect(rows.map(({ jti }) => jtiOf(jti)).sort()).toEqual(given.sort());
    const issued = (await recorded("token.issued")).filter(({ actorId }) => actorId === actor.id);
    expect(issued).toHaveLength(given.length);
    expect(issued.filter(({ sequence }) => sequence > last)).toEqual([]);
  });
});

describe("what no app asks", () => {
  it.each([
    ["an address that nobody was given", "AAAAAAAAAAAAAAAAAAAAAA", "get-token", "GET", 404],
    ["the base alone", undefined, "", "GET", 404],
    ["another name", undefined, "create-meeting", "POST", 404],
    ["PUT", undefined, "get-token", "PUT", 405],
    ["a POST of the older words", undefined, "generateJWTToken", "POST", 405],
  ])("%s", async (_, given, name, method, status) => {
    const { path } = await add();
    const before = await tokens();
    expect(problemIn(await call(given ?? path, { name, method })).status).toBe(status);
    expect(await tokens()).toBe(before);
  });

  it("such as another name that goes on, is told what is there, and not that nothing is", async () => {
    const { path } = await add();
    const answer = problemIn(await call(path, { name: "validate-meeting/2kyv-gzay-64pg", method: "POST" }));
    expect(answer).toMatchObject({
      status: 404,
      detail: "A token endpoint has no such address. Ask get-token below its base.",
    });
    expect(problemIn(await call(path, { name: "" })).detail).toBe(
      "This is the base of a token endpoint. Ask get-token below it.",
    );
  });
});

describe("who is asked for", () => {
  it("is whom the template says, and nobody else", async () => {
    const template = await addTemplate({ permissions: ["allow_join"], participantId: "me" });
    const { path } = await add({ template: template.id });
    for (const peerId of ["", "me"])
      expect(claimsOf(await call(path, { query: { roomId: "r", peerId } })).participantId).toBe("me");
    const problem = problemIn(await call(path, { query: { roomId: "r", peerId: "other" } }));
    expect(problem).toMatchObject({
      status: 422,
      fields: { peerId: "This endpoint gives tokens for one participant only, and it is another." },
    });
  });

  it("is asked for where the key's policy does, without a word of the key; the endpoint's page says so", async () => {
    const { path, actor } = await add();
    expect(await getEndpoint(desk.admin, { endpointId: actor.id })).toMatchObject({ subject: "optional" });
    await changeKey(desk.admin, { keyId: key.id, require: ["subject"] });
    expect(await getEndpoint(desk.admin, { endpointId: actor.id })).toMatchObject({ subject: "required" });
    const problem = problemIn(await call(path, { query: { roomId: "r" } }));
    expect(problem).toMatchObject({ status: 422, fields: { peerId: "Name the participant." } });
    expect(JSON.stringify(problem)).not.toContain(key.label);
    claimsOf(await call(path, { query: { roomId: "r", peerId: "robin" } }));
  });
});

it("what is asked at a wrong place or in a wrong way is counted where its owner looks", async () => {
  const { path, actor } = await add();
  await call(path, { name: "create-meeting", method: "POST" });
  await call(path, { method: "PUT" });
  await call(path, { method: "POST", body: "<xml/>", headers: { "content-type": "text/xml" } });
  // Somebody has opened the base, and a browser has asked what it may.
  await call(path, { name: "" });
  await call(path, { method: "OPTIONS" });
  await writeRefused();
  const { calls } = await getEndpoint(desk.admin, { endpointId: actor.id });
  expect(calls).toMatchObject([{ issued: 0, refused: { request: 3 } }]);
});

it("what an endpoint refuses is counted by what it is refused for: its own state, its template, or its key", async () => {
  const refusedOf = async ({ actor, path }: { actor: { id: string }; path: string }) => {
    expect((await call(path, { query: { roomId: "r" } })).status).toBeGreaterThanOrEqual(400);
    await writeRefused();
    return (await getEndpoint(desk.admin, { endpointId: actor.id })).calls[0]?.refused;
  };
  const off = await add();
  await setEndpointStatus(desk.admin, { endpointId: off.actor.id, disabled: true });
  expect(await refusedOf(off)).toEqual({ "switched off": 1 });
  const ended = await add();
  await endEndpoint(desk.admin, { endpointId: ended.actor.id });
  expect(await refusedOf(ended)).toEqual({ ended: 1 });
  const template = await addTemplate({ permissions: ["allow_join"] });
  const bare = await add({ template: template.id });
  await template.change({ permissions: ["allow_join", "allow_mod"] });
  expect(await refusedOf(bare)).toEqual({ template: 1 });
  const other = await desk.addKey();
  const keyed = await desk.addEndpoint(other);
  await setKeyStatus(desk.admin, { keyId: other.id, disabled: true });
  expect(await refusedOf(keyed)).toEqual({ key: 1 });
});
