/** The door of the API, as programs meet it: on a real database, without a socket. */
import { randomBytes, randomUUID } from "node:crypto";
import { Ajv2020 as Ajv } from "ajv/dist/2020";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openApi } from "./api/openapi";
import { apiRoutes, scopesOf } from "./api/routes";
import { forgetCallLimits } from "./auth/call-limits";
import { confirmActor } from "./auth/confirm-actor";
import { scopes } from "./auth/roles";
import { endCredential } from "./credentials/end";
import { renewCredential } from "./credentials/renew";
import type { CredentialFields } from "./credentials/schema";
import { takeOverCredential } from "./credentials/take-over";
import { COMMITTED } from "./database-file";
import { reader, transaction } from "./db";
import type { HttpCall } from "./http/call";
import { PROBLEM_PREFIX, type ProblemType } from "./http/problem";
import { changeKey } from "./keys/change";
import { setKeyStatus } from "./keys/set-status";
import { limits } from "./limits";
import { runRoute } from "./run-route";
import { changeRole } from "./team/change-role";
import { setMemberStatus } from "./team/set-status";
import { changeTemplate } from "./templates/change";
import { createTemplate } from "./templates/create";
import { deleteTemplate } from "./templates/delete";
import { openDesk, recorded, type TestKey } from "./test-desk";
import { writeCredential } from "./text/credential";
import { batchName, tokenName } from "./text/numbered";
import { signToken } from "./tokens/sign";

const desk = await openDesk();
let key: TestKey;

beforeEach(async () => {
  forgetCallLimits();
  key = await desk.addKey();
});

type Asked = {
  method?: string;
  path?: string;
  credential?: string | undefined;
  body?: unknown;
  query?: string | Record<string, string>;
  headers?: Record<string, string>;
  address?: string;
  userAgent?: string;
};

/** As JSON unless it is a text or bytes already. */
async function call({ path = "tokens", credential, body, ...asked }: Asked) {
  const sent =
    body === undefined ? "" : typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const headers: Record<string, string> = {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
    ...asked.headers,
  };
  const http: HttpCall = {
    method: asked.method ?? (body === undefined ? "GET" : "POST"),
    path: path.startsWith("/") ? path : `/api/v1/${path}`,
    query: new URLSearchParams(asked.query ?? ""),
    header: (name) => headers[name],
    body: Buffer.from(sent),
    origin: {
      address: asked.address ?? "203.0.113.9",
      userAgent: asked.userAgent ?? "a program",
      requestId: randomUUID(),
    },
  };
  const answer = await runRoute(http);
  const json = answer.headers["content-type"]?.includes("json") ? JSON.parse(answer.body) : undefined;
  if (json !== undefined) isAsTheReferenceSays(http, answer.status, json);
  return { ...answer, json };
}

const reference = new Ajv({ strict: false, formats: { uuid: true, uri: true } }).addSchema(
  JSON.parse(openApi()),
  "api",
);

/** Every answer of these tests is held against the reference. */
function isAsTheReferenceSays({ method, path }: HttpCall, status: number, json: unknown): void {
  const at = `api#/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}/responses/${status}/content`;
  const type = status < 300 ? "application~1json" : "application~1problem+json";
  const route = apiRoutes.some((each) => each.method === method && each.path === path);
  const validate = reference.getSchema(route ? `${at}/${type}/schema` : "api#/components/schemas/Problem");
  if (!validate) throw new Error(`The reference says nothing of ${method} ${path}: ${status}.`);
  validate(json);
  expect(validate.errors ?? []).toEqual([]);
}

type Answer = Awaited<ReturnType<typeof call>>;

function isProblem({ status, headers, json }: Answer, type: ProblemType, fields?: Record<string, unknown>): void {
  expect([json?.type, json?.detail]).toEqual([PROBLEM_PREFIX + type, expect.any(String)]);
  expect(json.status).toBe(status);
  expect(headers["content-type"]).toBe("application/problem+json");
  if (fields) expect(json.fields).toEqual(fields);
}

const tokens = () => reader().issuedToken.count();
const nothing = async (work: () => Promise<void>) => {
  const before = await tokens();
  await work();
  expect(await tokens()).toBe(before);
};
const newProgram = async (fields: Partial<CredentialFields> = {}) => (await desk.addProgram(fields)).value;

describe("POST /api/v1/tokens", () => {
  it("issues a token by the verb of the form, and the ledger says which credential", async () => {
    const { value, actor } = await desk.addProgram();
    const answer = await call({
      credential: value,
      body: {
        keyId: key.id,
        template: "participant",
        roomId: "a-room",
        participantId: "robin",
        expiresIn: "2h",
        purpose: "CI",
      },
    });
    expect([answer.status, answer.json]).toEqual([
      201,
      {
        ...{ token: expect.stringMatching(/^eyJ/), number: expect.any(Number), jti: expect.any(String) },
        ...{ keyLabel: key.label, issuedAt: expect.any(Number), expiresAt: expect.any(Number), purpose: "CI" },
        claims: expect.objectContaining({ apikey: key.apiKey, roomId: "a-room", participantId: "robin" }),
        warnings: [expect.stringContaining("does not look like VideoSDK's own ids")],
      },
    ]);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(await reader().issuedToken.findUnique({ where: { number: answer.json.number } })).toMatchObject({
      ...{ via: "api", actorKind: "service", actorId: actor.id, actorName: "CI", credentialId: actor.credentialId },
      ...{ templateName: "Participant", purpose: "CI", ttlSeconds: 7200 },
    });
  });

  it("is of its template with no custom claims, said or not", async () => {
    const { status, json } = await call({
      credential: await newProgram(),
      body: { keyId: key.id, template: "participant", customClaims: {} },
    });
    expect(status).toBe(201);
    const row = await reader().issuedToken.findUnique({ where: { number: json.number } });
    expect(row?.templateName).toBe("Participant");
  });

  it("begins as the form does where nothing is said, with the one key that the credential is bound to", async () => {
    const credential = await newProgram({ keyIds: [key.id] });
    const { json, status } = await call({ credential, body: {} });
    expect(status).toBe(201);
    expect(json.claims).toMatchObject({ permissions: ["allow_join"], roles: ["rtc"] });
    isProblem(await call({ credential: await newProgram(), body: {} }), "invalid", { keyId: expect.any(String) });
  });

  it("takes names, a start and custom claims with numbers as they are written", async () => {
    const credential = await newProgram();
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    const body = `{"keyId":"${key.id}","permissions":["ask_join"],"roles":[],"expiresIn":"90","startsAt":"${startsAt}","customClaims":{"team":"red","seat":7}}`;
    const { json, status } = await call({ credential, body });
    expect(status).toBe(201);
    expect(json.claims).toMatchObject({
      permissions: ["ask_join"],
      team: "red",
      seat: 7,
      nbf: Math.floor(Date.parse(startsAt) / 1000),
    });
    const big = `{"keyId":"${key.id}","customClaims":{"id":9007199254740993}}`;
    await nothing(async () =>
      isProblem(await call({ credential, body: big }), "invalid", {
        customClaims: expect.stringContaining("9007199254740993"),
      }),
    );
  });

  it("says what it signed and is probably not meant, as the form does, of one and of a batch, and again", async () => {
    const credential = await newProgram();
    const body = { keyId: key.id, permissions: ["allow_join"], customClaims: { "room-id": "r", team: "red" } };
    const warnings = [
      "The claim is called roomId, not room-id: VideoSDK ignores it, so it has no effect. Name the claim roomId.",
    ];
    for (const more of [{}, { rows: [{ participantId: "a" }, { participantId: "b" }] }]) {
      const sent = { credential, body: { ...body, ...more }, headers: { "idempotency-key": randomUUID() } };
      const { status, json } = await call(sent);
      expect([status, json.warnings]).toEqual([201, warnings]);
      expect((await call(sent)).json).toEqual(json);
    }
    const right = await call({ credential, body: { keyId: key.id, template: "participant" } });
    expect(right.json.warnings).toEqual([]);
  });

  it("says of a batch what is probably not meant in any of its rows, each warning once, and no more than twenty", async () => {
    const credential = await newProgram();
    const warningsOf = async (rooms: readonly string[]): Promise<string[]> => {
      const body = { keyId: key.id, template: "participant", rows: rooms.map((roomId) => ({ roomId })) };
      const sent = { credential, body, headers: { "idempotency-key": randomUUID() } };
      const { status, json } = await call(sent);
      expect(status).toBe(201);
      expect((await call(sent)).json).toEqual(json);
      return json.warnings;
    };
    const of = (room: string) => expect.stringContaining(`"${room}" does not look like VideoSDK's own ids`);
    const right = "abcd-efgh-ijkl";
    expect(await warningsOf([right, "a-room", right, "b-room", "a-room"])).toEqual([of("a-room"), of("b-room")]);
    expect(await warningsOf(["a-room", right])).toEqual([of("a-room")]);
    const rooms = Array.from({ length: 1_000 }, (_, index) => `room-${index}`);
    expect(await warningsOf(rooms.slice(0, 20))).toEqual(rooms.slice(0, 20).map(of));
    expect(await warningsOf(rooms)).toEqual([
      ...rooms.slice(0, 20).map(of),
      "There are more warnings of other rows, which are not told.",
    ]);
  });

  it("issues a batch, all or nothing", async () => {
    const credential = await newProgram();
    const body = {
      keyId: key.id,
      template: "participant",
      purpose: "Class",
      rows: [{ participantId: "a" }, { participantId: "b", roomId: "r" }],
    };
    const { status, json } = await call({ credential, body });
    expect([status, json.tokens]).toEqual([
      201,
      [
        expect.objectContaining({
          participant: "a",
          room: null,
          purpose: "Class",
          token: expect.stringMatching(/^eyJ/),
        }),
        expect.objectContaining({ participant: "b", room: "r" }),
      ],
    ]);
    await nothing(async () =>
      isProblem(
        await call({ credential, body: { ...body, rows: [{ participantId: "a" }, { participantId: "b c" }] } }),
        "invalid",
        { "rows.1.participantId": expect.any(String) },
      ),
    );
    await nothing(async () => isProblem(await call({ credential, body: { ...body, rows: [] } }), "invalid"));
    await nothing(async () =>
      isProblem(await call({ credential, body: { ...body, rows: Array(10_001).fill({}) } }), "invalid", {
        rows: expect.any(String),
      }),
    );
  });

  it.each<[object, string]>([
    [{ rows: [{}, { participantId: "x\ud800" }] }, "rows.1.participantId"],
    [{ rows: [{ roomId: "\udfffx" }] }, "rows.0.roomId"],
    [{ rows: [{ purpose: "x\ud800" }] }, "rows.0.purpose"],
    [{ rows: [{ expiresIn: "2h\ud800" }] }, "rows.0.expiresIn"],
    [{ rows: [{ participantId: "a" }], purpose: "x\ud800" }, "rows.0.purpose"],
  ])("of half a character is refused by its field: %j", async (wrong, field) => {
    const credential = await newProgram();
    await nothing(async () => {
      const answer = await call({ credential, body: { keyId: key.id, ...wrong } });
      isProblem(answer, "invalid", { [field]: expect.any(String) });
    });
  });

  it("answers shortly what is wrong many times", async () => {
    const credential = await newProgram();
    for (const rows of [Array(200_000).fill(0), Array(10_000).fill({ expiresIn: 1 })])
      await nothing(async () => {
        const answer = await call({ credential, body: { keyId: key.id, rows } });
        isProblem(answer, "invalid");
        expect(Object.keys(answer.json.fields).length).toBeLessThanOrEqual(100);
      });
  });

  it.each([
    ["a wrong type", { expiresIn: 120 }, { expiresIn: expect.any(String) }],
    ["another wrong type", { permissions: "allow_join" }, { permissions: expect.any(String) }],
    ["a list of something else", { permissions: Array(30_000).fill(0) }, { permissions: expect.any(String) }],
    ["an unknown field", { permission: ["allow_join"] }, { form: 'There is no such field: "permission".' }],
    [
      "many unknown fields",
      Object.fromEntries(Array.from({ length: 1_005 }, (_, index) => [`f${index}${"x".repeat(100)}`, 1])),
      { form: expect.stringMatching(/^There is no such field: ("\w{60}", ){5}and 1,000 more\.$/) },
    ],
    ["rows that are none", { rows: [null] }, { rows: "Write a list of 1 to 10,000 rows, each an object." }],
    ["no row", { rows: [] }, { rows: "Write a list of 1 to 10,000 rows, each an object." }],
    ["an unknown name", { permissions: ["allow_all"] }, { "permissions.0": expect.any(String) }],
    ["what the vendor refuses", { permissions: ["ask_join", "allow_mod"] }, { permissions: expect.any(String) }],
    ["a lifetime that cannot be read", { expiresIn: "soon" }, { expiresIn: expect.any(String) }],
    ["a room without a name", { roomId: "" }, { roomId: "What is empty names none. Name one, or leave this out." }],
    ["a room of a blank", { roomId: " " }, { roomId: "What is empty names none. Name one, or leave this out." }],
    ["a participant without a name", { participantId: "" }, { participantId: expect.stringMatching(/^What is empty/) }],
    [
      "a row without a name",
      { rows: [{ roomId: "r" }, { roomId: "" }] },
      { "rows.1.roomId": expect.stringMatching(/^What is empty/) },
    ],
    ["a start without an instant", { startsAt: "" }, { startsAt: expect.stringMatching(/^Write an instant in UTC/) }],
    ["a purpose without end", { purpose: "x".repeat(2_000_000) }, { purpose: "Use at most 200 characters." }],
    [
      "custom claims without end",
      { customClaims: { a: "x".repeat(2_000_000) } },
      { customClaims: "That is longer than custom claims may be: 4 kB." },
    ],
    ["an unknown key", { keyId: "nothing" }, { keyId: "There is no such key." }],
    ["an unknown template", { template: "nothing" }, { template: "There is no such template." }],
    ["a start that has passed", { startsAt: "2020-01-01T00:00:00Z" }, { startsAt: expect.any(String) }],
    ["custom claims that are none", { customClaims: [] }, { customClaims: expect.any(String) }],
    [
      "custom claims that are too deep",
      { customClaims: { a: JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`) } },
      { customClaims: "They nest deeper than 100 levels. Flatten them." },
    ],
    ["a start in no form", { startsAt: "tomorrow" }, { startsAt: expect.stringMatching(/^Write an instant in UTC/) }],
  ])("%s: refused by its field, and nothing is issued", async (_, wrong, fields) => {
    const credential = await newProgram();
    await nothing(async () =>
      isProblem(await call({ credential, body: { keyId: key.id, ...wrong } }), "invalid", fields),
    );
  });

  it.each([
    { expiresIn: "soon" },
    { permissions: ["ask_join", "allow_mod"] },
    { rows: [{ permissions: ["allow_all"] }] },
    { purpose: 1 },
  ])("%o: is told in words for a program, which has typed nothing", async (wrong) => {
    const { json } = await call({ credential: await newProgram(), body: { keyId: key.id, ...wrong } });
    expect(json.detail).toMatch(/^Nothing was issued(: 1 row needs another look)?\.$/);
  });

  it("says otherwise than its template: then it comes from none, as in the form", async () => {
    const credential = await newProgram();
    const { json, status } = await call({
      credential,
      body: { keyId: key.id, template: "participant", expiresIn: "5m" },
    });
    expect([status, json.expiresAt - json.issuedAt]).toEqual([201, 300]);
    expect(await reader().issuedToken.findUnique({ where: { number: json.number } })).toMatchObject({
      templateId: null,
    });
  });

  it("a purpose with a secret in it is refused", async () => {
    const credential = await newProgram();
    await nothing(async () =>
      isProblem(await call({ credential, body: { keyId: key.id, purpose: key.secret } }), "invalid"),
    );
  });

  it("keeps within the policy and within the templates of the credential", async () => {
    await changeKey(desk.admin, { keyId: key.id, maxLifetime: "10m", require: ["room"] });
    const credential = await newProgram({ templateIds: ["guest"] });
    await nothing(async () =>
      isProblem(
        await call({ credential, body: { keyId: key.id, template: "participant", expiresIn: "2h" } }),
        "invalid",
      ),
    );
    await nothing(async () =>
      isProblem(
        await call({ credential, body: { keyId: key.id, permissions: ["ask_join"], roomId: "r", expiresIn: "5m" } }),
        "invalid",
        {
          template: expect.stringContaining("Guest"),
        },
      ),
    );
    const { json, status } = await call({ credential, body: { keyId: key.id, template: "guest", roomId: "r" } });
    expect([status, json.expiresAt - json.issuedAt]).toEqual([201, 600]);
    // The key takes others, too.
    const rows = [{ participantId: "a" }, { participantId: "b", expiresIn: "5m" }];
    isProblem(await call({ credential, body: { keyId: key.id, template: "guest", roomId: "r", rows } }), "invalid", {
      "rows.1.expiresIn": "This credential takes Guest only, unchanged. Leave this empty.",
    });
  });

  it.each([
    ["no content type", { "content-type": "" }, "{}", "unsupported-media-type"],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, "a=b", "unsupported-media-type"],
    ["packed", { "content-encoding": "gzip" }, "{}", "unsupported-media-type"],
    ["no JSON", {}, "{", "malformed-request"],
    ["a list", {}, "[]", "malformed-request"],
    ["null", {}, "null", "malformed-request"],
    ["nothing", {}, "", "malformed-request"],
    ["a name twice", {}, '{"purpose":"a","purpose":"b"}', "malformed-request"],
    ["bad UTF-8", {}, Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), "malformed-request"],
  ] satisfies [string, Record<string, string>, string | Buffer, ProblemType][])(
    "%s is no request",
    async (_, headers, body, type) => {
      const credential = await newProgram();
      await nothing(async () => isProblem(await call({ credential, headers, body }), type));
    },
  );
});

it("a parameter in a POST's address is refused, not left out: it would have meant something", async () => {
  const credential = await newProgram();
  await nothing(async () =>
    isProblem(await call({ credential, body: { keyId: key.id }, query: { expiresIn: "5m" } }), "invalid"),
  );
});

describe("what would keep everybody waiting while it is read", () => {
  const names = Object.fromEntries(Array.from({ length: 300_000 }, (_, index) => [`n${index}`, 1]));

  it.each([
    ["names", JSON.stringify(names)],
    ["names of claims", JSON.stringify({ customClaims: names })],
    ["lists in lists", `{"customClaims":{"a":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}}`],
  ])("%s: is not read", async (_, body) => {
    const credential = await newProgram();
    for (const path of ["tokens", "tokens/inspect", "tokens/revoke"])
      isProblem(await call({ credential, path, body }), "too-large");
  });

  it("of who may not, nothing at all is", async () => {
    const credential = await newProgram({ scopes: ["audit:read"] });
    for (const path of ["tokens", "tokens/inspect", "tokens/revoke"])
      isProblem(await call({ credential, path, body: "{" }), "forbidden");
  });
});

describe("Idempotency-Key", () => {
  const send = (credential: string, id: string, more: object = {}) =>
    call({ credential, headers: { "idempotency-key": id }, body: { keyId: key.id, ...more } });

  it("becomes the token's id, and makes a request that comes again the same one, which is an event", async () => {
    const credential = await newProgram();
    const id = randomUUID();
    const first = await send(credential, id.toUpperCase());
    expect([first.status, first.json.jti]).toEqual([201, id]);
    const again = await send(credential, id);
    expect(again.json).toEqual(first.json);
    expect((await recorded("token.resent")).at(-1)).toMatchObject({ tokenNumber: first.json.number });
  });

  it("with another body is refused, by another credential or later too", async () => {
    const credential = await newProgram();
    const id = randomUUID();
    const { json } = await send(credential, id);
    await nothing(async () => {
      isProblem(await send(credential, id, { purpose: "Other" }), "idempotency-key-reused");
      const byAnother = await send(await newProgram(), id);
      isProblem(byAnother, "already-issued");
      expect(byAnother.json.detail).toContain(tokenName(json.number));
      const now = performance.now();
      const clock = vi.spyOn(performance, "now").mockReturnValue(now + 61_000);
      isProblem(await send(credential, id), "already-issued");
      clock.mockRestore();
    });
  });

  it("of a batch works alike", async () => {
    const credential = await newProgram();
    const id = randomUUID();
    const rows = [{ participantId: "a" }, { participantId: "b" }];
    const first = await send(credential, id, { rows });
    expect(first.status).toBe(201);
    expect((await send(credential, id, { rows })).body).toBe(first.body);
    await nothing(async () => {
      isProblem(await send(credential, id, { rows: rows.slice(1) }), "idempotency-key-reused");
      isProblem(await send(credential, id), "idempotency-key-reused");
      isProblem(await send(await newProgram(), id, { rows }), "already-issued");
    });
  });

  it.each([{}, { rows: [{ participantId: "a" }] }])(
    "with the same body, which its template reads otherwise by now, has issued: %j",
    async (more) => {
      const credential = await newProgram();
      const id = randomUUID();
      const template = {
        ...{ profile: "videosdk", name: `Kiosk ${id.slice(0, 8)}`, note: "For a tablet", expiresIn: "24h" },
        ...{ permissions: ["allow_join"], roles: [], roomId: "", participantId: "" },
      };
      const { templateId } = await createTemplate(desk.admin, template);
      const first = await send(credential, id, { ...more, template: templateId });
      expect(first.status).toBe(201);
      const changed = { ...template, templateId, version: 1, state: "accepted", expiresIn: "12h" };
      await changeTemplate(desk.admin, changed);
      await nothing(async () => {
        isProblem(await send(credential, id, { ...more, template: templateId }), "already-issued");
        expect((await recorded("token.refused")).at(-1)?.detail).toMatchObject({ reason: "already issued" });
        const other = { ...more, template: templateId, purpose: "Other" };
        isProblem(await send(credential, id, other), "idempotency-key-reused");
      });
    },
  );

  it("goes on by the new value of a credential that is renewed meanwhile", async () => {
    const { value, actor } = await desk.addProgram();
    const [id, ofBatch] = [randomUUID(), randomUUID()];
    const rows = [{ participantId: "a" }];
    const first = await send(value, id);
    const batch = await send(value, ofBatch, { rows });
    const { credential } = await renewCredential(desk.admin, {
      ...{ credentialId: actor.id, ending: value.slice(-4), overlap: "1h" },
    });
    expect((await send(credential, id)).json).toEqual(first.json);
    expect((await send(credential, ofBatch, { rows })).body).toBe(batch.body);
    await nothing(async () => isProblem(await send(credential, id, { rows }), "idempotency-key-reused"));
  });

  it("is of a token or of a batch: the other one is refused", async () => {
    const credential = await newProgram();
    const [id, ofBatch] = [randomUUID(), randomUUID()];
    const rows = [{ participantId: "a" }];
    const { json } = await send(credential, id);
    const { json: batch } = await send(credential, ofBatch, { rows });
    await nothing(async () => {
      const again = await send(credential, id, { rows });
      isProblem(again, "idempotency-key-reused");
      expect(again.json.detail).toContain(tokenName(json.number));
      isProblem(await send(await newProgram(), id, { rows }), "already-issued");
      const asToken = await send(credential, ofBatch);
      isProblem(asToken, "idempotency-key-reused");
      expect(asToken.json.detail).toContain(batchName(batch.batch));
      isProblem(await send(await newProgram(), ofBatch), "already-issued");
    });
  });

  it.each([{}, { rows: [{ participantId: "a" }] }])(
    "of what names no key is of the key that signed, also once that is disabled or another is there: %j",
    async (more) => {
      const [one, other] = [await desk.addKey(), await desk.addKey()];
      await setKeyStatus(desk.admin, { keyId: other.id, disabled: true });
      const credential = await newProgram({ keyIds: [one.id, other.id] });
      const headers = { "idempotency-key": randomUUID() };
      const first = await call({ credential, headers, body: more });
      expect(first.status).toBe(201);
      await setKeyStatus(desk.admin, { keyId: other.id, disabled: false });
      await nothing(async () => {
        expect((await call({ credential, headers, body: more })).json).toEqual(first.json);
        await setKeyStatus(desk.admin, { keyId: one.id, disabled: true });
        const { json } = await call({ credential, headers, body: more });
        expect(json).toMatchObject({
          status: 409,
          detail: expect.stringContaining("its key was disabled since"),
        });
      });
    },
  );

  it.each([{}, { rows: [{ participantId: "a" }] }])(
    "that was used is told what it issued, whatever the body names by now: %j",
    async (more) => {
      const credential = await newProgram();
      const id = randomUUID();
      const { templateId } = await createTemplate(desk.admin, {
        ...{ profile: "videosdk", name: `Kiosk ${id.slice(0, 8)}`, note: "For a tablet", expiresIn: "24h" },
        ...{ permissions: ["allow_join"], roles: [], roomId: "", participantId: "" },
      });
      const { json } = await send(credential, id, { ...more, template: templateId });
      const name = "batch" in json ? batchName(json.batch) : tokenName(json.number);
      await deleteTemplate(desk.admin, { templateId });
      await nothing(async () => {
        for (const body of [{ template: templateId }, { keyId: "no-such-key" }, { colour: "red" }]) {
          const again = await send(credential, id, { ...more, ...body });
          isProblem(again, "already-issued");
          expect(again.json.detail).toBe(`Already issued, ${name}. Nothing more was issued.`);
        }
        const { fields } = (await send(credential, randomUUID(), { ...more, template: templateId })).json;
        expect(fields).toEqual({ template: "There is no such template." });
      });
    },
  );

  it("is of one of the two also where both come at once", async () => {
    const credential = await newProgram();
    const id = randomUUID();
    const before = await tokens();
    const answers = await Promise.all([send(credential, id), send(credential, id, { rows: [{}] })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    for (const answer of answers.filter(({ status }) => status === 422)) isProblem(answer, "idempotency-key-reused");
    expect(await tokens()).toBe(before + 1);
  });

  it("is of one of two batches also where both come at once, for the other the more rows it has", async () => {
    const credential = await newProgram();
    const id = randomUUID();
    const many = { rows: Array.from({ length: 1_000 }, () => ({})) };
    const answers = await Promise.all([send(credential, id, many), send(credential, id, { rows: [{}] })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const lost = answers[0]?.status === 422 ? many : { rows: [{}] };
    for (const answer of [...answers.filter(({ status }) => status === 422), await send(credential, id, lost)])
      isProblem(answer, "idempotency-key-reused");
  });

  it.each(["1", "00000000-0000-0000-0000-000000000000", "FFFFFFFF-ffff-ffff-ffff-ffffffffffff"])(
    "that is no UUID, or none that was drawn, is refused: %s",
    async (id) => {
      const credential = await newProgram();
      await nothing(async () =>
        isProblem(await send(credential, id), "invalid", { "Idempotency-Key": expect.any(String) }),
      );
    },
  );
});

describe("what is refused before a token is made", () => {
  it.each([
    ["an unknown field", () => ({ keyId: key.id, colour: "red" }), "rules or policy", "form"],
    ["an unknown key", () => ({ keyId: "no-such-key" }), "unknown key", "keyId"],
    ["an unknown template", () => ({ keyId: key.id, template: "no-such" }), "rules or policy", "template"],
    [
      "what no template of its credential fills in",
      () => ({ keyId: key.id, permissions: ["allow_mod"] }),
      "rules or policy",
      "template",
    ],
  ])("is recorded: %s", async (what, body, reason, field) => {
    const { value, actor } = await desk.addProgram(what.includes("credential") ? { templateIds: ["participant"] } : {});
    await nothing(async () => isProblem(await call({ credential: value, body: body() }), "invalid"));
    const refused = (await recorded("token.refused")).filter(({ actorId }) => actorId === actor.id);
    expect(refused).toMatchObject([{ outcome: "denied", detail: { reason, fields: [field] } }]);
  });

  it("leads to the token whose id the header names, and to none that the body does", async () => {
    const { value, actor } = await desk.addProgram();
    const id = randomUUID();
    const { json } = await call({ credential: value, body: { keyId: key.id }, headers: { "idempotency-key": id } });
    const rows = { keyId: key.id, rows: [{}] };
    isProblem(
      await call({ credential: value, body: rows, headers: { "idempotency-key": id } }),
      "idempotency-key-reused",
    );
    isProblem(await call({ credential: value, body: { keyId: key.id, jti: id } }), "invalid");
    const refused = (await recorded("token.refused")).filter(({ actorId }) => actorId === actor.id);
    expect(refused.map(({ tokenNumber }) => tokenNumber)).toEqual([json.number, null]);
  });

  it("is recorded once where the verb of the form refused it", async () => {
    const { value, actor } = await desk.addProgram();
    await call({ credential: value, body: { keyId: key.id, expiresIn: "5000d" } });
    expect((await recorded("token.refused")).filter(({ actorId }) => actorId === actor.id)).toHaveLength(1);
  });
});

it("a credential that no key is left for is told so", async () => {
  const gone = await desk.addKey();
  await setKeyStatus(desk.admin, { keyId: gone.id, disabled: true });
  const other = await desk.addKey();
  await setKeyStatus(desk.admin, { keyId: other.id, disabled: true });
  const credential = await newProgram({ keyIds: [gone.id, other.id] });
  isProblem(await call({ credential, body: {} }), "invalid", { keyId: expect.stringContaining("no key") });
});

it("what members are limited to does not bind programs, whose limit is their credential's", async () => {
  const credential = await newProgram({ perMinute: "" });
  const { json } = await call({ credential, body: { keyId: key.id } });
  for (let index = 0; index <= limits.inspections.most; index++)
    expect((await call({ credential, path: "tokens/inspect", body: { token: json.token } })).status).toBe(200);
  for (let index = 0; index <= limits.batches.most; index++)
    expect((await call({ credential, body: { keyId: key.id, rows: [{}] } })).status).toBe(201);
}, 120_000);

it("what a program calls itself is kept without what looks like a credential, or is a secret", async () => {
  const { value, actor } = await desk.addProgram({ scopes: ["audit:read"] });
  for (const userAgent of [`x ${value}`, `x ${key.secret} y`, "curl/8.5.0"])
    await call({ credential: value, body: {}, userAgent });
  const kept = (await recorded("access.denied"))
    .filter(({ actorId }) => actorId === actor.id)
    .map(({ userAgent }) => userAgent);
  expect(kept).toEqual([...Array(2).fill("left out: it looks like a secret"), "curl/8.5.0"]);
});

describe("a credential", () => {
  const asks = (credential: string | undefined, more: Asked = {}) => call({ path: "keys", credential, ...more });

  it.each([
    ["none", undefined],
    ["a misspelt one", `cc_${"0".repeat(49)}`],
    ["an unknown one", writeCredential(randomBytes(32))],
    ["a secret of this desk", "secret"],
  ])("%s opens nothing, and says how it is asked for", async (_, value) => {
    const answer = await asks(value === "secret" ? key.secret : value);
    isProblem(answer, "unauthenticated");
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer/);
  });

  it("of two that came together, a proxy's and one's own, it is told that there are two", async () => {
    const authorization = `Basic dXNlcjpw, Bearer ${await newProgram()}`;
    const answer = await asks(undefined, { headers: { authorization } });
    isProblem(answer, "unauthenticated");
    expect(answer.json.detail).toContain("Send one `Authorization` header");
  });

  it("is no cookie and no other scheme", async () => {
    const value = await newProgram();
    for (const headers of [
      { authorization: `Basic ${value}` },
      { authorization: value },
      { authorization: `Bearer ${value}, Bearer ${value}` },
      { cookie: `claimcheck=${value}` },
    ])
      isProblem(await call({ path: "keys", headers }), "unauthenticated");
  });

  it("is kept as its hash alone", async () => {
    const value = await newProgram();
    const kept = await reader().credentialValue.findMany();
    const events = await reader().auditEvent.findMany({ select: { body: true } });
    for (const text of [JSON.stringify(kept.map(({ hash: _, ...row }) => row)), ...events.map(({ body }) => body)])
      expect(text).not.toContain(value.slice(0, 20));
  });

  it.each(apiRoutes)("without a scope that $method $path takes it is forbidden, and recorded", async (route) => {
    const { method, path } = route;
    const bodies: Record<string, unknown> = {
      issueToken: {},
      inspectToken: { token: "x" },
      revokeTokens: { numbers: [1], reason: "r" },
      introspect: "token=x",
    };
    expect(bodies[route.id] !== undefined, "every route that takes a body has one here").toBe(method === "POST");
    const body = bodies[route.id];
    const headers: Record<string, string> =
      route.body?.type === "form" ? { "content-type": "application/x-www-form-urlencoded" } : {};
    isProblem(await call({ method, path, body, headers }), "unauthenticated");
    const { value, actor } = await desk.addProgram({
      scopes: scopes.filter((each) => !scopesOf(route).includes(each)),
    });
    const answer = await call({ credential: value, method, path, body, headers });
    isProblem(answer, "forbidden");
    expect(answer.json.detail).toContain(scopesOf(route).join(" or "));
    expect((await recorded("access.denied")).at(-1)).toMatchObject({ actorId: actor.id, via: "api" });
  });

  it("of certain keys may use no other, and sees no other", async () => {
    const other = await desk.addKey();
    const credential = await newProgram({ keyIds: [key.id] });
    await nothing(async () => isProblem(await call({ credential, body: { keyId: other.id } }), "forbidden"));
    expect((await asks(credential)).json.keys.map(({ id }: { id: string }) => id)).toEqual([key.id]);
    await call({ credential: await newProgram(), body: { keyId: other.id } });
    await call({ credential, body: {} });
    const ledger = (await call({ credential, path: "tokens" })).json.tokens;
    expect(new Set(ledger.map(({ keyId }: { keyId: string }) => keyId))).toEqual(new Set([key.id]));
    // Nor does it learn what another one's tokens are.
    const { json: theirs } = await call({ credential: await newProgram(), body: { keyId: other.id } });
    const { json: judged } = await call({ credential, path: "tokens/inspect", body: { token: theirs.token } });
    expect([judged.key, judged.ledger]).toEqual([null, { state: "absent" }]);
    const form = new URLSearchParams({ token: theirs.token }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await call({ credential, path: "introspect", body: form, headers })).json).toEqual({ active: false });
    const events = (await call({ credential, path: "audit" })).json.events;
    expect(new Set(events.map(({ keyLabel }: { keyLabel: string }) => keyLabel))).toEqual(new Set([key.label]));
  });

  it("of certain keys raises the alarm about another one's secret, and is told nothing of it", async () => {
    const other = await desk.addKey();
    const credential = await newProgram({ keyIds: [key.id] });
    const inspected = async (apiKey: string, secret: string, jti?: string) => {
      const token = signToken({ apikey: apiKey, exp: 4_000_000_000, jti }, secret, "HS256");
      return (await call({ credential, path: "tokens/inspect", body: { token } })).json;
    };
    const alarms = async () =>
      (await recorded("token.signed_elsewhere")).map(({ keyId, detail }) => ({ keyId, detail }));
    const judged = await inspected(other.apiKey, other.secret);
    expect([judged.key, judged.ledger]).toEqual([null, { state: "absent" }]);
    expect(JSON.stringify(judged)).not.toContain(other.label);
    const pasted = await call({ credential, path: "tokens/inspect", body: { token: other.secret } });
    expect(JSON.stringify(pasted.json)).not.toContain(other.label);
    expect(await alarms()).toMatchObject([{ keyId: other.id }]);
    // Nor does a backend that may sign with its own key pass for one that takes the name of another one's token.
    await changeKey(desk.admin, { keyId: key.id, signsElsewhere: "yes" });
    const { json: theirs } = await call({ credential: await newProgram(), body: { keyId: other.id } });
    expect((await inspected(key.apiKey, key.secret, theirs.jti)).ledger).toEqual({ state: "absent" });
    expect(await alarms()).toMatchObject([{}, { keyId: key.id, detail: { imitates: theirs.number } }]);
  });

  it.each([
    ["198.51.100.4", "198.51.100.4", true],
    ["198.51.100.0/24", "198.51.100.77", true],
    ["198.51.100.0/24", "::ffff:198.51.100.77", true],
    ["::ffff:c633:6400/120", "198.51.100.77", true],
    ["198.51.100.0/24", "198.51.101.1", false],
    ["2001:db8::/32", "2001:db8:1::5", true],
    ["2001:db8::/32", "2001:db9::5", false],
    ["2001:db8::/32", "198.51.100.4", false],
    ["198.51.100.4", "unknown", false],
  ])("of %s used from %s: %s", async (addresses, address, may) => {
    const answer = await asks(await newProgram({ addresses }), { address });
    if (may) expect(answer.status).toBe(200);
    else isProblem(answer, "forbidden");
  });

  it("says when it was used last, and from where", async () => {
    const { value, actor } = await desk.addProgram();
    await asks(value, { address: "198.51.100.9" });
    await expect
      .poll(() => reader().credentialValue.findUnique({ where: { id: actor.credentialId } }))
      .toMatchObject({ lastUsedAt: expect.any(Date), lastAddress: "198.51.100.9" });
  });

  it("that was renewed works beside the new one for a while, and no longer", async () => {
    const { value, actor } = await desk.addProgram();
    const renew = (of: string, overlap: string) =>
      renewCredential(desk.admin, { credentialId: actor.id, ending: of.slice(-4), overlap });
    const { credential } = await renew(value, "1h");
    expect([(await asks(value)).status, (await asks(credential)).status]).toEqual([200, 200]);
    // Another tab still shows the first: what was made of it meanwhile may be in use, and goes on.
    await expect(renew(value, "0")).rejects.toMatchObject({ code: "conflict" });
    expect([(await asks(value)).status, (await asks(credential)).status]).toEqual([200, 200]);
    const { credential: third } = await renew(credential, "0");
    expect([(await asks(value)).status, (await asks(credential)).status, (await asks(third)).status]).toEqual([
      401, 401, 200,
    ]);
  });

  it("that was ended, is over, or whose owner is out opens nothing", async () => {
    const { value, actor } = await desk.addProgram();
    await endCredential(desk.admin, { credentialId: actor.id });
    isProblem(await asks(value), "unauthenticated");
    const soon = await desk.addProgram({ endsAt: new Date(Date.now() + 60_000).toISOString() });
    expect((await asks(soon.value)).status).toBe(200);
    await transaction((tx) =>
      tx.credential.update({ where: { id: soon.actor.id }, data: { endsAt: new Date(Date.now() - 1) } }),
    );
    isProblem(await asks(soon.value), "unauthenticated");
    await expect(
      renewCredential(desk.admin, { credentialId: soon.actor.id, ending: "none", overlap: "1h" }),
    ).rejects.toThrow(/end has passed/);
    const leaver = await desk.addMember("admin");
    const theirs = await desk.addProgram();
    await transaction((tx) => tx.credential.update({ where: { id: theirs.actor.id }, data: { ownerId: leaver.id } }));
    expect((await asks(theirs.value)).status).toBe(200);
    await changeRole(desk.admin, { memberId: leaver.id, role: "issuer" });
    isProblem(await asks(theirs.value), "unauthenticated");
    // What was under way is asked again in its transaction.
    await expect(confirmActor(reader(), theirs.actor)).rejects.toMatchObject({ code: "unauthenticated" });
    await changeRole(desk.admin, { memberId: leaver.id, role: "admin" });
    expect((await asks(theirs.value)).status).toBe(200);
    await setMemberStatus(desk.admin, { memberId: leaver.id, disabled: true, note: "" });
    isProblem(await asks(theirs.value), "unauthenticated");
    await takeOverCredential(desk.admin, { credentialId: theirs.actor.id });
    expect((await asks(theirs.value)).status).toBe(200);
  });

  it("that is ended while a token is under way issues none", async () => {
    const { value, actor } = await desk.addProgram();
    const queue = await import("./ledger/queue");
    const share = vi.spyOn(queue, "shareCommit").mockImplementationOnce(async (...given) => {
      share.mockRestore();
      await endCredential(desk.admin, { credentialId: actor.id });
      return queue.shareCommit(...given);
    });
    await nothing(async () => isProblem(await call({ credential: value, body: { keyId: key.id } }), "unauthenticated"));
  });

  it("may call so often, is told how often still, and then when again", async () => {
    const credential = await newProgram({ perMinute: "2" });
    const first = await asks(credential);
    expect(first.headers["ratelimit-policy"]).toBe('"credential";q=2;w=60');
    expect(first.headers.ratelimit).toMatch(/^"credential";r=1;t=\d+$/);
    await asks(credential);
    const third = await asks(credential);
    isProblem(third, "throttled");
    expect(third.headers.ratelimit).toMatch(/^"credential";r=0;t=\d+$/);
    expect(Number(third.headers["retry-after"])).toBeGreaterThan(0);
    expect((await asks(await newProgram({ perMinute: "" }))).headers).not.toHaveProperty("ratelimit");
  });

  it("that has reached its limit is one event, however often it calls on", async () => {
    const { value, actor } = await desk.addProgram({ perMinute: "1" });
    for (let index = 0; index < 4; index++) await asks(value);
    expect((await recorded("limit.reached")).filter(({ actorId }) => actorId === actor.id)).toMatchObject([
      { outcome: "denied", detail: { what: "calls of the credential per minute", most: 1, seconds: 60 } },
    ]);
  });

  it("that is guessed at is one event a minute and address", async () => {
    const before = (await recorded("credential.refused")).length;
    for (let index = 0; index < 5; index++) await asks(writeCredential(randomBytes(32)), { address: "198.51.100.200" });
    expect((await recorded("credential.refused")).slice(before)).toMatchObject([
      { outcome: "denied", address: "198.51.100.200", via: "api", detail: { reason: "no credential that works" } },
    ]);
  });
});

describe("POST /api/v1/tokens/inspect and /introspect", () => {
  // A desk has room for 200.
  let credential: string;
  beforeAll(async () => {
    credential = await newProgram();
  });
  const inspect = async (token: string) => (await call({ credential, path: "tokens/inspect", body: { token } })).json;
  const introspect = async (token: string) =>
    (
      await call({
        ...{
          credential,
          path: "introspect",
          body: new URLSearchParams({ token, token_type_hint: "access_token" }).toString(),
        },
        headers: { "content-type": "application/x-www-form-urlencoded" },
      })
    ).json;
  const issue = async (more: object = {}) =>
    (await call({ credential: await newProgram(), body: { keyId: key.id, ...more } })).json;
  const now = () => Math.floor(Date.now() / 1000);
  const signed = (claims: object, secret = key.secret) =>
    signToken(
      { apikey: key.apiKey, permissions: ["allow_join"], iat: now(), exp: now() + 600, ...claims },
      secret,
      "HS256",
    );

  it("one of ours is valid and active, with its claims", async () => {
    const { token, number, claims } = await issue();
    const { report, ledger, key: by } = await inspect(token);
    expect(report).toMatchObject({ kind: "token", verdict: { word: "Valid", tone: "ok" }, claims });
    expect(ledger).toMatchObject({ state: "issued", number, issuedBy: "CI", revokedAt: null });
    expect(by).toEqual({ label: key.label, disabled: false });
    expect(await introspect(token)).toEqual({ ...claims, active: true, client_id: key.apiKey });
  });

  it.each([
    ["an expired one", () => signed({ iat: now() - 100, exp: now() - 50 }, "0".repeat(64)), "Bad signature"],
    ["one of another's", () => signed({}, "0".repeat(64)), "Bad signature"],
    ["what is no token", async () => "abc", "Not a token"],
    ["one signed elsewhere", () => signed({}), "Signed with your secret, not issued here"],
  ])("%s is not active, and nothing is told of it", async (_, make, word) => {
    const token = await make();
    expect((await inspect(token)).report.verdict.word).toBe(word);
    expect(await introspect(token)).toEqual({ active: false });
  });

  it("one of a backend's is active where the key says that something else signs too", async () => {
    await changeKey(desk.admin, { keyId: key.id, signsElsewhere: "yes" });
    expect((await introspect(await signed({}))).active).toBe(true);
  });

  it("what is told of one is of the kinds that RFC 7662 has", async () => {
    await changeKey(desk.admin, { keyId: key.id, signsElsewhere: "yes" });
    const [iat, nbf, exp] = [now() - 9.5, now() - 8.5, now() + 599.5];
    const odd = await introspect(await signed({ iat, nbf, exp, jti: 5, seat: 1.5 }));
    expect(odd).toMatchObject({ active: true, iat: iat - 0.5, nbf: nbf + 0.5, exp: exp - 0.5, seat: 1.5 });
    expect(odd).not.toHaveProperty("jti");
  });

  it("a claim of whatever name is told as it is, also of one that every object has", async () => {
    const customClaims = JSON.parse(
      '{"valueOf":5,"hasOwnProperty":6,"constructor":"x","toString":"y","isPrototypeOf":7,"__proto__":8}',
    );
    const { token } = await issue({ customClaims });
    const told = await introspect(token);
    for (const [name, value] of Object.entries(customClaims))
      expect(Object.getOwnPropertyDescriptor(told, name)?.value, name).toBe(value);
    expect(told).toMatchObject({ active: true, client_id: key.apiKey });
  });

  it("whoever issues states nothing in the desk's own name", async () => {
    const customClaims = { scope: "admin", username: "root", token_type: "x", client_id: "y", team: "red" };
    const { token, claims } = await issue({ customClaims });
    expect(claims).toMatchObject(customClaims);
    const told = await introspect(token);
    expect(told).toMatchObject({ active: true, client_id: key.apiKey, team: "red" });
    for (const name of ["scope", "username", "token_type"]) expect(told).not.toHaveProperty(name);
  });

  it("white space around one is none of it; other text is", async () => {
    const { token } = await issue();
    for (const text of [`${token}\n`, `${token}\r\n`, ` \t${token} `, `\ufeff${token}`])
      expect(await introspect(text), JSON.stringify(text)).toMatchObject({ active: true });
    for (const text of [`Bearer ${token}`, `"${token}"`, `${token}.`, `${token}\n${token}`, token.replace(".", ".\n")])
      expect(await introspect(text), text).toEqual({ active: false });
  });

  it("a revoked one, or one that waits for its start, is not active", async () => {
    const { token, number } = await issue();
    const { revokeTokens } = await import("./tokens/revoke");
    await revokeTokens(desk.admin, { scope: { of: "numbers", numbers: [number] }, upTo: number, reason: "A test" });
    expect(await introspect(token)).toEqual({ active: false });
    expect((await inspect(token)).ledger.revokedAt).toEqual(expect.any(Number));
    expect(await introspect((await issue({ startsAt: new Date(Date.now() + 600_000).toISOString() })).token)).toEqual({
      active: false,
    });
  });

  it.each([["{}"], ['{"token":7}'], ['{"token":""}'], ['{"token":"x","more":1}']])("%s is refused", async (body) => {
    isProblem(await call({ credential: await newProgram(), path: "tokens/inspect", body }), "invalid");
  });

  it("asks a form, once each", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    isProblem(await call({ credential, path: "introspect", body: { token: "x" } }), "unsupported-media-type");
    isProblem(
      await call({ credential, path: "introspect", body: "token=a&token=b", headers: form }),
      "malformed-request",
    );
    for (const body of ["a=b", "token=", "token=%0A"])
      isProblem(await call({ credential, path: "introspect", body, headers: form }), "invalid", {
        token: expect.any(String),
      });
  });

  it("asks in UTF-8, in a form as in an address", async () => {
    const credential = await newProgram({ scopes: ["inspect", "audit:read"] });
    const form = { "content-type": "application/x-www-form-urlencoded" };
    isProblem(await call({ credential, path: "introspect", body: "token=%ff", headers: form }), "malformed-request");
    for (const path of ["tokens", "audit"])
      isProblem(await call({ credential, path, query: "room=%ff" }), "malformed-request");
  });

  it("a form of very many names is not read", async () => {
    const credential = await newProgram();
    const body = Array.from({ length: 300_000 }, (_, index) => `a${index}`).join("&");
    isProblem(
      await call({
        ...{ credential, path: "introspect", body },
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
      "too-large",
    );
  });
});

describe("POST /api/v1/tokens/revoke", () => {
  const issue = async (credential: string, more: object = {}) =>
    (await call({ credential, body: { keyId: key.id, ...more } })).json;
  const revoke = (credential: string, body: object) =>
    call({ credential, path: "tokens/revoke", body: { reason: "A leak", ...body } });

  it("marks its own, by number, batch or room, and no others", async () => {
    const [mine, theirs] = [await newProgram(), await newProgram()];
    const one = await issue(mine);
    const other = await issue(theirs);
    expect((await revoke(mine, { numbers: [one.number] })).json).toEqual({ tokens: 1 });
    isProblem(await revoke(mine, { numbers: [other.number] }), "not-found");
    const batch = await issue(mine, { rows: [{}, {}, {}] });
    expect((await revoke(mine, { batch: batch.batch })).json).toEqual({ tokens: 3 });
    await issue(mine, { roomId: "leaky" });
    await issue(theirs, { roomId: "leaky" });
    expect((await revoke(mine, { room: "leaky" })).json).toEqual({ tokens: 1 });
    isProblem(await revoke(mine, { numbers: [one.number] }), "conflict");
    const mixed = await revoke(mine, { numbers: [one.number, other.number] });
    expect(mixed.json.detail).toContain("each of this credential's has expired, or was revoked before");
  });

  it.each([
    ["nothing named", {}, "invalid"],
    ["two ways at once", { numbers: [1], room: "r" }, "invalid"],
    ["no reason", { numbers: [1], reason: "" }, "invalid"],
    ["an unknown batch", { batch: 999_999 }, "not-found"],
    ["an unknown number", { numbers: [999_999] }, "not-found"],
    ["an unknown room", { room: "nobody-was-here" }, "not-found"],
    ["no number", { numbers: ["1"] }, "invalid"],
    ["a number beyond any ledger", { numbers: [1e15] }, "invalid"],
    ["a batch beyond any", { batch: 1e15 }, "invalid"],
  ] satisfies [string, object, ProblemType][])("%s is refused", async (_, body, type) => {
    const answer = await revoke(await newProgram(), body);
    isProblem(answer, type);
    // By what was sent, and in words of the desk.
    expect(JSON.stringify(answer.json)).not.toMatch(/scope|expected/);
    expect(answer.json.detail).toMatch(/Nothing was revoked/);
  });
});

describe("what of others' a revocation tells", () => {
  const issue = async (credential: string, more: object = {}) =>
    (await call({ credential, body: { keyId: key.id, ...more } })).json;
  const revoke = (credential: string, body: object) =>
    call({ credential, path: "tokens/revoke", body: { reason: "A leak", ...body } });

  it("is what it tells of what there never was, whatever its state; and the log has the attempt", async () => {
    const [theirs, { value: mine, actor }] = [await newProgram(), await desk.addProgram()];
    const [active, revoked, batch] = [
      await issue(theirs, { roomId: "theirs" }),
      await issue(theirs),
      await issue(theirs, { rows: [{}] }),
    ];
    expect((await revoke(theirs, { numbers: [revoked.number] })).status).toBe(200);
    const denied = async () => (await recorded("access.denied")).filter(({ actorId }) => actorId === actor.id).length;
    for (const [body, never, denials] of [
      [{ numbers: [active.number] }, { numbers: [999_999] }, 1],
      [{ numbers: [revoked.number] }, { numbers: [999_999] }, 0],
      [{ numbers: [active.number, revoked.number] }, { numbers: [999_999, 999_998] }, 1],
      [{ room: "theirs" }, { room: "nobody-was-here" }, 1],
      [{ batch: batch.batch }, { batch: 999_999 }, 1],
    ] as const) {
      const before = await denied();
      const answer = await revoke(mine, body);
      isProblem(answer, "not-found");
      expect([answer.json, (await denied()) - before]).toEqual([(await revoke(mine, never)).json, denials]);
    }
  });

  it("beside its own is which numbers it has not issued", async () => {
    const [mine, theirs] = [await newProgram(), await newProgram()];
    const [one, other] = [await issue(mine), await issue(theirs)];
    const numbers = [one.number, other.number, 999_999];
    const unknown = numbers.slice(1);
    expect((await revoke(mine, { numbers })).json).toEqual({ tokens: 1, unknown });
    // Its own is no news.
    isProblem(await revoke(mine, { numbers }), "conflict");
  });
});

describe("GET /api/v1/tokens and /audit", () => {
  it("page by page, each once, newest first", async () => {
    const credential = await newProgram({ keyIds: [key.id] });
    await call({ credential, body: { rows: Array(107).fill({ participantId: "p" }) } });
    const seen: number[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { json } = await call({ credential, path: "tokens", query: cursor ? { cursor } : {} });
      seen.push(...json.tokens.map(({ number }: { number: number }) => number));
      cursor = json.next;
    }
    expect(seen).toHaveLength(107);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    const events = await call({ credential, path: "audit", query: { tokens: "1", participant: "p" } });
    expect(events.json.events).toHaveLength(50);
    expect(events.json.events[0]).toMatchObject({
      action: "token.issued",
      token: seen[0],
      participant: "p",
      actor: { kind: "service" },
    });
  });

  it("filters", async () => {
    const credential = await newProgram({ keyIds: [key.id] });
    await call({ credential, body: { roomId: "one" } });
    await call({ credential, body: { roomId: "two", participantId: "p" } });
    const found = async (query: Record<string, string>) =>
      (await call({ credential, path: "tokens", query })).json.tokens.length;
    expect(await found({ room: "one" })).toBe(1);
    expect(await found({ participant: "p", active: "1", key: key.id })).toBe(1);
    expect(await found({ key: "another" })).toBe(0);
  });

  it.each(["tokens", "audit"])("what is not looked for is refused, and widens nothing: %s", async (path) => {
    const credential = await newProgram({ keyIds: [key.id] });
    await call({ credential, body: { participantId: "anna" } });
    for (const name of ["room", "participant"])
      for (const value of ["9f3c".repeat(16), writeCredential(randomBytes(32))])
        expect(await call({ credential, path, query: { [name]: value } })).toMatchObject({
          status: 422,
          json: { fields: { [name]: expect.stringMatching(/looks like a token or a secret/) } },
        });
    expect((await call({ credential, path: "tokens", query: { participant: "nobody" } })).json.tokens).toEqual([]);
  });

  it("a flag is said in one way to both", async () => {
    const credential = await newProgram({ keyIds: [key.id] });
    await call({ credential, body: {} });
    for (const active of ["1", "true"]) {
      expect((await call({ credential, path: "tokens", query: { active } })).json.tokens).toHaveLength(1);
      expect((await call({ credential, path: "audit", query: { active } })).json.events).toHaveLength(1);
    }
  });

  it("what there is no parameter for is told in one way by both", async () => {
    const credential = await newProgram();
    for (const path of ["tokens", "audit"])
      isProblem(await call({ credential, path, query: { nothing: "1" } }), "invalid", {
        form: 'There is no such parameter: "nothing".',
      });
  });

  it("a cursor is the whole one of the page before, of this list and what was asked of it", async () => {
    const credential = await newProgram({ keyIds: [key.id] });
    await call({ credential, body: { rows: Array(60).fill({ participantId: "p" }) } });
    const next = async (path: string, query: Record<string, string>) =>
      (await call({ credential, path, query })).json.next as string;
    const asked = { participant: "p", active: "1" };
    const cursor = await next("tokens", asked);
    const read = (path: string, query: Record<string, string>) => call({ credential, path, query });
    expect((await read("tokens", { cursor, active: "true", participant: "p" })).json.tokens).toHaveLength(10);
    for (const [path, query] of [
      ["tokens", { ...asked, cursor: cursor.slice(1) }],
      ["tokens", { ...asked, cursor: cursor.slice(0, -1) }],
      ["tokens", { participant: "p", cursor }],
      ["tokens", { ...asked, cursor: await next("audit", asked) }],
      ["audit", { ...asked, cursor }],
    ] as const)
      isProblem(await read(path, query), "invalid", { cursor: expect.any(String) });
  });

  it.each([
    ["tokens", { limit: "9" }],
    ["tokens", { cursor: "-1" }],
    ["tokens", { cursor: "0" }],
    ["tokens", { cursor: "007" }],
    ["tokens", { cursor: "7" }],
    ["tokens", { active: "no" }],
    ["audit", { active: "no" }],
    ["audit", { action: "token.made" }],
    ["audit", { outcome: "ok" }],
    ["audit", { from: "2026-02-30" }],
    ["tokens", { room: "" }],
    ["tokens", { room: " " }],
    ["tokens", { participant: "" }],
    ["tokens", { key: "" }],
    ["audit", { room: "" }],
    ["audit", { room: " " }],
    ["tokens", { nothing: "1" }],
    ["audit", { nothing: "1" }],
    ["audit", { from: "yesterday" }],
    ["audit", { cursor: "x" }],
    ["audit", { cursor: "0" }],
    ["audit", { q: "x".repeat(300) }],
    ["audit", { q: '""' }],
    ["audit", { q: "r5" }],
    ["audit", { q: "日本" }],
    ["audit", { q: "𠮷田" }],
    ["audit", { q: "robin CI" }],
    ["audit", { q: Array(13).fill("robin").join(" ") }],
    ["keys", { nothing: "1" }],
  ])("%s?%j is refused", async (path, query) => {
    isProblem(await call({ credential: await newProgram(), path, query }), "invalid");
  });
});

describe("what fails on the server", () => {
  const failing = async (error: Error) => {
    const credential = await newProgram();
    const queue = await import("./ledger/queue");
    vi.spyOn(queue, "shareCommit").mockRejectedValueOnce(error);
    const answer = await call({ credential, body: { keyId: key.id } });
    vi.restoreAllMocks();
    return answer;
  };

  it("is told as what it is where the record cannot be written, and nothing is issued", async () => {
    await nothing(async () => {
      const answer = await failing(Object.assign(new Error("secret words"), { code: "SQLITE_FULL" }));
      isProblem(answer, "record-unavailable");
      expect([answer.json.detail, answer.headers["retry-after"]]).toEqual([
        expect.stringContaining("the disk is full"),
        "5",
      ]);
    });
  });

  it("is not told as undone where the file went just behind the commit", async () => {
    const code = "DATABASE_GONE";
    const answer = await failing(Object.assign(new Error(code, { cause: { code: COMMITTED } }), { code }));
    isProblem(answer, "record-unavailable");
    expect(answer.json.detail).toMatch(
      /^This may have been recorded all the same, and nothing is handed out: the database/,
    );
  });

  it("is told as a reading where the database was overwritten: nothing was to be recorded", async () => {
    const credential = await newProgram();
    const { DatabaseFileError } = await import("./database-file");
    const find = await import("./credentials/find");
    const error = new DatabaseFileError("DATABASE_UNREADABLE");
    vi.spyOn(find, "findCredential").mockRejectedValueOnce(error);
    const answer = await call({ credential, path: "tokens" });
    vi.restoreAllMocks();
    isProblem(answer, "record-unavailable");
    expect([answer.json.title, answer.json.detail]).toEqual([
      "The record is not available",
      expect.stringMatching(/^The database cannot be read: the database file was replaced, .* restarted\.$/),
    ]);
  });

  it("is otherwise not told, but for the request that the log knows", async () => {
    await nothing(async () => {
      const answer = await failing(new Error("secret words"));
      isProblem(answer, "internal");
      expect(answer.body).not.toContain("secret words");
      expect(answer.json.detail).toMatch(/Quote request [\w-]+\.$/);
    });
  });
});

describe("what no route takes", () => {
  it.each([
    ["GET", "nothing", "not-found"],
    ["POST", "keys", "method-not-allowed"],
    ["GET", "tokens/inspect", "method-not-allowed"],
    ["DELETE", "tokens", "method-not-allowed"],
  ] satisfies [string, string, ProblemType][])("%s %s", async (method, path, type) => {
    const answer = await call({ method, path, credential: await newProgram() });
    isProblem(answer, type);
    if (type === "method-not-allowed") expect(answer.headers.allow).toContain("OPTIONS");
  });

  it("OPTIONS says what there is, and lets no page of another origin in", async () => {
    const answer = await call({ method: "OPTIONS", headers: { origin: "https://evil.example" } });
    expect([answer.status, answer.headers.allow]).toEqual([204, "POST, GET, HEAD, OPTIONS"]);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});
