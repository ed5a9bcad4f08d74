/** The command line, as somebody calls it: in this process against a desk's door on a socket, and once as the one file that is handed out. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { TokenReport } from "@/lib/decoder/report";
import { edgeLimits } from "@/lib/limits";
import { runRoute } from "@/lib/run-route";
import { scanText } from "@/lib/scan/scan";
import { openProgramAnswer } from "@/lib/start/answer-program";
import { receiveBody } from "@/lib/start/receive-body";
import { openDesk, type TestKey } from "@/lib/test-desk";
import { writeCredential } from "@/lib/text/credential";
import { signToken } from "@/lib/tokens/sign";
import { bundle } from "./bundle";
import { run } from "./run";

vi.mock("@/lib/scan/scan", { spy: true });

const desk = await openDesk();
const NOW = Math.floor(Date.now() / 1000);
const folder = mkdtempSync(join(tmpdir(), "claimcheck-cli-"));
let key: TestKey;
let server: Server;
let url: string;
let asked: IncomingMessage[] = [];

const answerProgram = openProgramAnswer(runRoute);

/** As the server does: its body is whole when it is answered. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  asked.push(request);
  if (request.method === "POST") await receiveBody(request, edgeLimits.smallBodyBytes);
  await answerProgram(request, response);
}

beforeAll(async () => {
  key = await desk.addKey();
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port, not on a pipe.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
});

const signed = (claims: object = {}, secret = key.secret) =>
  signToken(
    {
      apikey: key.apiKey,
      permissions: ["allow_join"],
      version: 2,
      roles: ["rtc"],
      iat: NOW,
      exp: NOW + 600,
      ...claims,
    },
    secret,
    "HS256",
  );

type How = { env?: Record<string, string>; input?: string | Buffer; terminal?: boolean };

async function cli(args: string[], { env = {}, input, terminal = false }: How = {}) {
  let [out, err] = ["", ""];
  const code = await run(
    {
      env,
      isTerminal: { out: terminal, in: input === undefined },
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      readInput: async () => Buffer.from(input ?? ""),
      now: () => NOW,
    },
    args,
    "1.2.3",
  );
  return { code, out, err };
}

const asProgram = async (fields: Parameters<typeof desk.addProgram>[0] = {}) => {
  const { value } = await desk.addProgram(fields);
  return { CLAIMCHECK_URL: url, CLAIMCHECK_CREDENTIAL: value };
};

describe("decode", () => {
  it("says what the page says, asks nobody, and writes neither the token nor its signature", async () => {
    const token = signed();
    const { code, out, err } = await cli(["decode", token]);
    expect([code, err, asked]).toEqual([0, "", []]);
    expect(out).toContain("Signature not checked");
    expect(out).toContain('"permissions": [');
    for (const part of token.split(".").slice(1)) expect(out).not.toContain(part);
    const report = await cli(["decode", "--json"], { input: `Bearer ${token}\n` });
    expect(TokenReport.parse(JSON.parse(report.out))).toMatchObject({ kind: "token", claims: { apikey: key.apiKey } });
  });

  it.each([
    ["an expired one", () => signed({ exp: NOW - 1, iat: NOW - 60 }), 1],
    ["one that breaks a rule", () => signed({ permissions: ["ask_join", "allow_mod"] }), 1],
    ["what is none", () => "abc", 1],
    ["one that waits", () => signed({ nbf: NOW + 60 }), 0],
    ["one that is over before it begins", () => signed({ nbf: NOW + 601 }), 1],
  ])("ends with a code for %s", async (_, make, code) => {
    expect((await cli(["decode", make()])).code).toBe(code);
  });

  it("says what it took off, and what to do about it where it matters", async () => {
    expect((await cli(["decode", `Bearer ${signed()}`])).out).toContain(
      "\nTaken off: Bearer in front. Send the token without Bearer.\n",
    );
    expect((await cli(["decode", `"${signed()}"`])).out).toContain("\nTaken off: quotes.\n");
    expect((await cli(["decode", signed()])).out).not.toContain("Taken off");
  });

  it("says of a credential what it is and who ends it, alone, in settings and beside a token, and does not repeat it", async () => {
    const credential = writeCredential(randomBytes(32));
    for (const input of [credential, `CLAIMCHECK_CREDENTIAL=${credential}\n`]) {
      const { code, out } = await cli(["decode"], { input });
      expect([code, out]).toEqual([
        1,
        expect.stringMatching(/^This is a credential\n[\s\S]*An admin ends the credential at Programs/),
      ]);
      expect(out).not.toContain("API secret");
    }
    const beside = await cli(["decode"], { input: `PORT=1\nTOKEN=${signed()}\nCLAIMCHECK_CREDENTIAL=${credential}` });
    expect([beside.code, beside.out]).toEqual([
      1,
      expect.stringMatching(/^A credential stands in this text\n[\s\S]* line 3\.\n[\s\S]*Signature not checked/),
    ]);
    expect(beside.out).not.toContain(credential.slice(0, 12));
    const within = await cli(["decode"], { input: signed({ roomId: credential, version: 2 }) });
    expect([within.code, within.out]).toEqual([
      1,
      expect.stringMatching(/^A credential stands in this token\n[\s\S]*are left out here/),
    ]);
    expect(within.out).not.toContain(credential.slice(0, 12));
    const packed = Buffer.from(`login:${credential}`).toString("base64");
    for (const claims of [
      { authorization: `Basic ${packed}` },
      { settings: { twice: Buffer.from(packed).toString("base64") } },
      { other: signed({ credential }) },
    ]) {
      const { code, out } = await cli(["decode"], { input: signed(claims) });
      expect([code, out]).toEqual([1, expect.stringMatching(/^A credential stands in this token\n/)]);
      for (const value of [packed, "eyJ"]) expect(out).not.toContain(value.slice(0, 20));
    }
  });

  it("finds one behind a megabyte of anything, in time that grows with its length", async () => {
    const packed = Buffer.from(`login:${writeCredential(randomBytes(32))}`).toString("base64");
    for (const piece of ["QUJD", "QUJD\n", "eyJ.", "cc_", "%2B", "=A"]) {
      const began = performance.now();
      const { out } = await cli(["decode"], { input: signed({ name: `${piece.repeat(200_000)} ${packed}` }) });
      expect([piece, out.split("\n", 1), performance.now() - began < 10_000]).toEqual([
        ...[piece, ["A credential stands in this token"]],
        true,
      ]);
    }
  });

  it("writes no header out that is nested deeper than it is read", async () => {
    const part = (text: string) => Buffer.from(text).toString("base64url");
    for (const depth of [1_000, 5_000]) {
      const header = `{"alg":"HS256","a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
      const input = `${part(header)}.${signed().split(".")[1]}.${"A".repeat(43)}`;
      for (const words of [["decode"], ["decode", "--json"], ["inspect"], ["inspect", "--json"]]) {
        const { code, out } = await cli(words, { env: await asProgram(), input });
        expect([code, out.length < 6_000, out.includes("Malformed")]).toEqual([1, true, true]);
      }
    }
  });

  it("lets no claim steer the terminal", async () => {
    const { out } = await cli(["decode", signed({ name: "\u001b[2Jgone\u202e" })]);
    for (const sign of ["\u001b", "\u202e"]) expect(out).not.toContain(sign);
    // C1's CSI, as terminals read it; DEL; an override; a tag beyond 16 bits.
    const name = "\u009b2J\u007f\u202e\u{e0041}\u2028";
    const asJson = await cli(["decode", "--json", signed({ name })]);
    expect(asJson.out).not.toMatch(/[\u007f-\u009f\p{Cf}\p{Zl}]/u);
    expect(JSON.parse(asJson.out).claims.name).toBe(name);
  });

  it("has colours on a terminal alone, and where NO_COLOR does not say otherwise", async () => {
    const token = signed();
    expect((await cli(["decode", token], { terminal: true })).out).toContain("\u001b[");
    expect((await cli(["decode", token], { terminal: true, env: { NO_COLOR: "1" } })).out).not.toContain("\u001b[");
  });
});

describe("issue", () => {
  it("prints a ticket, or the token alone, or the answer", async () => {
    const env = await asProgram();
    const args = [
      "issue",
      "--template",
      "participant",
      "--room-id",
      "a-room",
      "--participant-id",
      "robin",
      "--purpose",
      "CI",
    ];
    const ticket = await cli(args, { env });
    expect([ticket.code, ticket.err]).toEqual([0, expect.stringMatching(/^roomId "a-room" does not look like/)]);
    expect(ticket.out).toMatch(
      /^No\.\s\d+, with Key 1, until .*\n.*may join room a-room directly, and admit those who ask, as participant robin, until .*\nCI\n\neyJ\S+\n$/,
    );
    expect((await cli([...args, "--token-only"], { env })).out).toMatch(/^eyJ[\w.-]+\n$/);
    const { out } = await cli(
      [
        "issue",
        "--permission",
        "allow_join",
        "--permission",
        "allow_mod",
        "--role",
        "rtc",
        "--expires",
        "5m",
        "--claims",
        '{"team":"red"}',
        "--json",
      ],
      { env },
    );
    expect(JSON.parse(out).claims).toMatchObject({
      permissions: ["allow_join", "allow_mod"],
      roles: ["rtc"],
      team: "red",
    });
  });

  it("says beside the ticket, or in the answer, what was signed and is probably not meant", async () => {
    const args = ["issue", "--permission", "allow_join", "--claims", '{"room-id":"r"}'];
    const env = await asProgram();
    const ticket = await cli(args, { env });
    expect(ticket.err).toMatch(/^The claim is called roomId, not room-id: .* Name the claim roomId\.\n$/);
    const asJson = await cli([...args, "--json"], { env });
    expect([JSON.parse(asJson.out).warnings, asJson.err]).toEqual([[expect.stringContaining("room-id")], ""]);
    // A script that runs each night has nobody to tell.
    const alone = await cli([...args, "--token-only"], { env });
    expect([alone.out, alone.err]).toEqual([expect.stringMatching(/^eyJ[\w.-]+\n$/), ""]);
  });

  it.each([
    ['{"id":9007199254740993}', "9007199254740993"],
    ['{"a":1,"a":2}', "occurs more than once"],
    ["[1]", "Write one JSON object"],
    ["{", "ends where"],
  ])("signs no other custom claims than %s, which it refuses itself", async (claims, says) => {
    const { code, err } = await cli(["issue", "--claims", claims], { env: await asProgram() });
    expect([code, err, asked]).toEqual([2, expect.stringContaining(says), []]);
    expect(err).toMatch(/^--claims: Line 1, column/);
  });

  it("says as JSON, where that is asked for, what went wrong and whose fault it is", async () => {
    const env = await asProgram({ scopes: ["issue"] });
    const nobody = { ...env, CLAIMCHECK_URL: "http://127.0.0.1:9" };
    for (const [args, as, code, error] of [
      [
        ["issue", "--template", "nope"],
        env,
        4,
        { kind: "refused", type: expect.stringMatching(/invalid$/), fields: { template: expect.any(String) } },
      ],
      [["inspect", "abc"], env, 4, { kind: "refused", type: expect.stringMatching(/forbidden$/), fields: {} }],
      [
        ["inspect", "abc"],
        nobody,
        3,
        { kind: "unreachable", message: expect.stringContaining("does not answer"), fields: {} },
      ],
      [["issue", "--nothing"], env, 2, { kind: "usage", message: expect.stringContaining("--nothing"), fields: {} }],
      [
        ["decode", "--json", "a"],
        env,
        2,
        { kind: "usage", message: expect.stringMatching(/^--json is given more/), fields: {} },
      ],
      [
        ["issue", "--token-only"],
        env,
        2,
        { kind: "usage", message: expect.stringMatching(/^Choose --token-only or/), fields: {} },
      ],
      [["scan"], env, 2, { kind: "usage", message: expect.stringMatching(/^Name the files/), fields: {} }],
      [["nothing"], env, 2, { kind: "usage", message: 'There is no command "nothing". See --help.', fields: {} }],
    ] as const) {
      const { err, ...ended } = await cli([args[0], "--json", ...args.slice(1)], { env: as });
      expect([ended.code, JSON.parse(ended.out), err]).toMatchObject([code, { error }, expect.stringMatching(/./)]);
    }
    const limited = await asProgram({ scopes: ["inspect"], perMinute: "1" });
    await cli(["inspect", "abc"], { env: limited });
    expect(JSON.parse((await cli(["inspect", "abc", "--json"], { env: limited })).out)).toMatchObject({
      error: { kind: "refused", message: expect.stringContaining("1 call a minute"), retryAfter: expect.any(Number) },
    });
    // A name behind the dashes asks for nothing.
    expect((await cli(["scan", "--", "--json"])).out).toBe("");
  });

  it("tells a refusal by its option, and the desk's words", async () => {
    const { code, out, err } = await cli(["issue", "--permission", "allow_all", "--expires", "soon"], {
      env: await asProgram(),
    });
    expect([code, out]).toEqual([4, ""]);
    expect(err).toMatch(/^Some fields need another look:/);
    expect(err).toContain(
      "  --permission: VideoSDK knows no such permission. It knows allow_join, ask_join, allow_mod.\n",
    );
    expect(err).toContain("  --expires: ");
  });

  it("names no option where the desk's word is about none that there is", async () => {
    const older = createServer((_, response) => {
      const fields = { form: "There is no such field: rowId.", purpose: "Write less." };
      response.writeHead(422).end(JSON.stringify({ title: "Invalid", detail: "Look again.", fields }));
    });
    await new Promise<void>((resolve) => older.listen(0, "127.0.0.1", resolve));
    const { port } = older.address() as AddressInfo; // As above.
    const env = { ...(await asProgram()), CLAIMCHECK_URL: `http://127.0.0.1:${port}` };
    const { err } = await cli(["issue"], { env });
    older.close();
    expect(err).toBe("Invalid: Look again.\n  There is no such field: rowId.\n  --purpose: Write less.\n");
  });

  it("asks again once, under the same id, where the answer was lost", async () => {
    const env = await asProgram();
    let lost = false;
    const proxy = createServer((request, response) => {
      if (!lost) {
        lost = true;
        asked.push(request);
        request.socket.destroy();
        return;
      }
      void answer(request, response);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo; // As above.
    const { code } = await cli(["issue"], { env: { ...env, CLAIMCHECK_URL: `http://127.0.0.1:${port}` } });
    proxy.close();
    const [first, second] = asked.map(({ headers }) => headers["idempotency-key"]);
    expect([code, asked.length, first]).toEqual([0, 2, second]);
  });

  it("says so too where the second answer is a refusal, or a gateway's", async () => {
    const env = await asProgram({ perMinute: "1" });
    await cli(["issue"], { env });
    const ask = async (second: (request: IncomingMessage, response: ServerResponse) => void) => {
      let asked = 0;
      const proxy = createServer((request, response) => {
        asked += 1;
        if (asked === 1) request.socket.destroy();
        else second(request, response);
      });
      await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
      const { port } = proxy.address() as AddressInfo; // As above.
      const { code, err } = await cli(["issue"], { env: { ...env, CLAIMCHECK_URL: `http://127.0.0.1:${port}` } });
      proxy.close();
      return [code, err];
    };
    const says = expect.stringMatching(
      /A token may have been issued all the same: look for [\da-f-]{36} in the audit log/,
    );
    expect(await ask((request, response) => void answer(request, response))).toEqual([4, says]);
    expect(await ask((_, response) => response.writeHead(504).end('{"message":"Timed out"}'))).toEqual([3, says]);
  });

  it("says that a token may have been issued all the same, and by which id it is found, where both answers were lost", async () => {
    const proxy = createServer((request) => {
      asked.push(request);
      if (asked.length === 2) proxy.close();
      request.socket.destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo; // As above.
    const env = { ...(await asProgram()), CLAIMCHECK_URL: `http://127.0.0.1:${port}` };
    const lost = await cli(["issue", "--json"], { env });
    const id = asked[0]?.headers["idempotency-key"];
    const says = new RegExp(
      `does not answer \\(\\w+\\)\\. A token may have been issued all the same: look for ${id} in the`,
    );
    expect([lost.code, JSON.parse(lost.out).error.message]).toEqual([3, expect.stringMatching(says)]);
    // Nobody listens any more: nothing was sent.
    const unsent = await cli(["issue"], { env });
    expect([unsent.code, unsent.err]).toEqual([3, expect.stringMatching(/does not answer \(ECONNREFUSED\)\.\n$/)]);
  });
});

describe("inspect", () => {
  it("says who signed it and what the ledger knows", async () => {
    const env = await asProgram();
    const { out: token } = await cli(["issue", "--token-only"], { env });
    const { code, out } = await cli(["inspect"], { env, input: token });
    expect(code).toBe(0);
    expect(out).toMatch(/Ledger: No\.\s\d+, by CI, issued \d{4}-\d\d-\d\d .*\nKey: Key 1\n$/);
    expect(out).not.toContain(token.trim().split(".")[2]);
    expect((await cli(["inspect", signed({}, "0".repeat(64))], { env })).code).toBe(1);
    expect(JSON.parse((await cli(["inspect", "--json", "abc"], { env })).out).report.kind).toBe("not-a-token");
  });

  it("ends with 1 for one that is over, whoever signed it", async () => {
    const env = await asProgram();
    const input = signed({ iat: NOW - 900, exp: NOW - 600 });
    const { code, out } = await cli(["inspect"], { env, input });
    expect([code, out]).toEqual([1, expect.stringMatching(/^Signed with your secret, not issued here\n.*refuses it/)]);
  });

  it("says first that a secret of the desk stands beside it, or is all there is, and does not repeat it", async () => {
    const env = await asProgram({ scopes: ["issue", "inspect"] });
    const { out: token } = await cli(["issue", "--token-only"], { env });
    const settings = `VIDEOSDK_SECRET=${key.secret}\nTOKEN=${token}`;
    const { code, out } = await cli(["inspect"], { env, input: settings });
    expect([code, out.split("\n", 1)]).toEqual([1, ["The secret of “Key 1” stands in this text"]]);
    expect(out).toMatch(/\n {2}Valid, and issued here as No\.[\s\S]*\nLedger: No\./);
    expect(out).not.toContain(key.secret);
    expect(JSON.parse((await cli(["inspect", "--json"], { env, input: settings })).out).report).toMatchObject({
      verdict: { word: "A secret of yours", tone: "bad", alarm: "secret" },
    });
    expect((await cli(["inspect"], { env, input: key.secret })).out).toMatch(/^This is the secret of “Key 1”\n/);
  });

  it("repeats nothing of a token in which a secret of the desk stands", async () => {
    const env = await asProgram({ scopes: ["inspect"] });
    const leftOut = "Header, claims and what was found in them are left out here.";
    for (const claims of [{ region: key.secret }, { roomId: key.secret, version: 2 }, { permissions: [key.secret] }])
      for (const words of [["inspect"], ["inspect", "--json"]]) {
        const { code, out } = await cli(words, { env, input: signed(claims) });
        expect([code, out]).toEqual([1, expect.stringContaining("The secret of “Key 1” stands in this token")]);
        expect(out).toContain(leftOut);
        expect(out).not.toContain(key.secret.slice(0, 24));
      }
    const credential = writeCredential(randomBytes(32));
    const { code, out } = await cli(["inspect"], { env, input: signed({ roomId: credential, version: 2 }) });
    expect([code, out]).toEqual([1, expect.stringContaining(leftOut)]);
    expect(out).not.toContain(credential.slice(0, 24));
  });

  it("says of a credential beside a token that it stands there, behind a secret of the desk", async () => {
    const env = await asProgram({ scopes: ["issue", "inspect"] });
    const { out: token } = await cli(["issue", "--token-only"], { env });
    const credential = `CREDENTIAL=${writeCredential(randomBytes(32))}`;
    const { code, out } = await cli(["inspect"], { env, input: `${token}${credential}` });
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(
        /^A credential stands in this text\nVideoSDK accepts the token No\.\s\d+ until [\s\S]* line 2\.\n[\s\S]*\n {2}Valid, and issued here as/,
      ),
    ]);
    const both = await cli(["inspect", "--json"], { env, input: `SECRET=${key.secret}\n${credential}` });
    expect(JSON.parse(both.out).report.verdict).toMatchObject({
      ...{ word: "A secret of yours", tone: "bad" },
      lead: expect.arrayContaining([
        "It stands in line 1.",
        "A credential stands in this text.",
        "It stands in line 2.",
      ]),
    });
  });

  it("says nothing of the ledger where no token could be looked for in it", async () => {
    const env = await asProgram({ scopes: ["issue", "inspect"] });
    const [{ out: one }, { out: other }] = [
      await cli(["issue", "--token-only"], { env }),
      await cli(["issue", "--token-only"], { env }),
    ];
    const both = await cli(["inspect"], { env, input: one + other });
    expect(both.out).toMatch(/holds more than one token/);
    expect(both.out).not.toMatch(/Ledger/);
    const { out } = await cli(["inspect", "--json"], { env, input: "no token" });
    expect(JSON.parse(out).ledger).toEqual({ state: "not-looked-up" });
    expect(JSON.parse((await cli(["inspect", "--json"], { env, input: one })).out).ledger.state).toBe("issued");
  });

  it("asks nothing about a text that is longer than any token, and leads to scan", async () => {
    const { code, out, err } = await cli(["inspect"], { env: await asProgram(), input: "a".repeat(65_537) });
    expect([code, out, err, asked]).toEqual([2, "", expect.stringMatching(/longer than any token.*use scan/), []]);
  });

  it("answers also when that cannot be recorded, and says so", async () => {
    const env = await asProgram();
    const locked = new Database(desk.file);
    locked.exec("BEGIN IMMEDIATE");
    const { out } = await cli(["inspect", signed()], { env }).finally(() => locked.close());
    expect(out).toMatch(/could not be recorded: the database is locked by another program\.\n$/);
  });
});

describe("scan", () => {
  const file = (name: string, text: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it("finds active tokens, secrets of the desk and credentials, each with its place, and writes none out", async () => {
    const token = signed({ roomId: "a-room" });
    const credential = writeCredential(randomBytes(32));
    const path = file(
      "found.env",
      `# nothing\nTOKEN=${token}\nSECRET=${key.secret}\n  "${credential}"\nOLD=${signed({ exp: NOW - 1 })}\n`,
    );
    const { code, out, err } = await cli(["scan", path], { env: await asProgram() });
    expect([code, err]).toEqual([1, ""]);
    expect(out.split("\n")).toEqual([
      expect.stringMatching(/found\.env:2:7 {2}active token {2}until .*, a-room$/),
      expect.stringMatching(/found\.env:3:8 {2}secret {2}of Key 1: regenerate it$/),
      expect.stringMatching(/found\.env:4:4 {2}credential {2}end it at the desk/),
      "",
    ]);
    for (const secret of [token, key.secret, credential]) expect(out).not.toContain(secret.slice(-20));
    const without = await cli(["scan", "--json", path]);
    expect(JSON.parse(without.out).findings.map(({ what }: { what: string }) => what)).toEqual([
      "active token",
      "credential",
    ]);
    expect(without.err).toContain("Only tokens and credentials are looked for");
  });

  it.each<[string, object, object, number]>([
    ["without the version that its room needs", {}, { version: undefined, roomId: "a-room" }, 1],
    ["of another version", {}, { version: "2", roomId: "a-room" }, 1],
    ["that names its key by an address", { kid: "https://keys.example.com/1" }, {}, 1],
    ["that brings its key", { jwk: {} }, {}, 1],
    ["that permits nothing, which VideoSDK refuses", {}, { permissions: [] }, 0],
  ])("finds what VideoSDK may take, whatever else is wrong with it: one %s", async (_, header, claims, code) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const all = { apikey: key.apiKey, permissions: ["allow_join"], version: 2, iat: NOW, exp: NOW + 600, ...claims };
    const input = `${part({ alg: "HS256", typ: "JWT", ...header })}.${part(all)}.${"A".repeat(43)}`;
    expect((await cli(["scan", "-"], { input })).code).toBe(code);
  });

  it("finds nothing in clean files, and reads several and standard input", async () => {
    const clean = await cli(["scan", file("a.txt", "nothing"), "-"], { env: await asProgram(), input: "nothing" });
    expect(clean).toEqual({ code: 0, out: "", err: "" });
  });

  it("looks into what is no text, too", async () => {
    const env = await asProgram();
    const token = await signed();
    const picture = (held: string) =>
      Buffer.concat([Buffer.alloc(300, "\u0000\u0001\u00ff"), Buffer.from(held), Buffer.alloc(9)]);
    expect(await cli(["scan", file("a.png", picture("nothing"))], { env })).toEqual({ code: 0, out: "", err: "" });
    for (const held of [token, key.secret, writeCredential(randomBytes(32))])
      for (const how of [file("found.png", picture(held)), "-"])
        expect((await cli(["scan", how], { env, input: picture(held) })).code).toBe(1);
  });

  it("reads what Windows' shell writes, which is UTF-16", async () => {
    for (const [name, bytes] of [
      ["le.txt", Buffer.from(`\ufeffSECRET=${key.secret}`, "utf16le")],
      ["be.txt", Buffer.from(`\ufeffSECRET=${key.secret}`, "utf16le").swap16()],
      ["unmarked-le.txt", Buffer.from(`SECRET=${key.secret}`, "utf16le")],
      ["unmarked-be.txt", Buffer.from(`SECRET=${key.secret}`, "utf16le").swap16()],
    ] as const)
      for (const how of [file(name, bytes), "-"]) {
        const { code, out } = await cli(["scan", how], { env: await asProgram(), input: bytes });
        expect([code, out]).toEqual([1, expect.stringContaining("secret")]);
      }
    // Appended by it to what another shell wrote.
    for (const more of ["", "#"]) {
      const wide = Buffer.from(`URL=https://example.com/of?some=length\r\nTOKEN=${signed()}\r\n`, "utf16le");
      const both = Buffer.concat([Buffer.from(`SECRET=${key.secret}\r\n${more}`), wide]);
      const { out } = await cli(["scan", file("both.env", both)], { env: await asProgram() });
      expect(out).toMatch(/:1:8 {2}secret .*\n.*:3:7 {2}active token /);
    }
    const token = Buffer.from(`\ufeff${signed()}\r\n`, "utf16le");
    expect((await cli(["decode", "--json"], { input: token })).out).toContain(key.apiKey);
  });

  it("finds what stands in a program with a zero behind each character", async () => {
    const wide = Buffer.from(signed(), "utf16le");
    // Behind the length of the text, which may look like a character.
    const program = Buffer.concat([Buffer.from("MZ\0\x01\xfe\xffA", "latin1"), wide, Buffer.from("\0\0\x02")]);
    const { code, out } = await cli(["scan", file("program.exe", program)], { env: await asProgram() });
    expect([code, out]).toEqual([1, expect.stringContaining("active token")]);
  });

  it("takes a dash behind the dashes for a file that is called so", async () => {
    const named = await cli(["scan", "--", "-"], { env: await asProgram(), input: Buffer.from(signed()) });
    expect([named.code, named.err]).toEqual([5, expect.stringMatching(/^\.\/-: left out, it is not there\./)]);
  });

  it("does not say of a file that it is not there where its name has lost its bytes on the way", async () => {
    const named = Buffer.concat([Buffer.from(join(folder, "caf")), Buffer.from([0xe9])]);
    writeFileSync(named, signed());
    const { code, err } = await cli(["scan", named.toString()]);
    expect([code, err]).toEqual([
      5,
      expect.stringMatching(/left out, it is not there, or its name is not UTF-8: then give it as `scan - < FILE`\./),
    ]);
  });

  it("waits for no pipe and reads no device, and takes what a shell hands over", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const { code, err } = await cli(["scan", pipe, "/dev/zero", "/dev/null"], { env: await asProgram() });
    expect([code, err]).toEqual([
      5,
      expect.stringMatching(/pipe: left out, it is no file\.\n.*zero: left out, it is no/),
    ]);
    const descriptor = openSync(file("handed.env", signed()), "r");
    const handed = await cli(["scan", `/dev/fd/${descriptor}`], { env: await asProgram() });
    closeSync(descriptor);
    expect(handed.code).toBe(1);
  });

  it("goes on over what cannot be looked into, and does not end well with it", async () => {
    const env = await asProgram();
    const [found, clean] = [file("found.env", signed()), file("a.txt", "nothing")];
    const listed = await cli(["scan", "not-there", folder, found], { env });
    expect([listed.code, listed.out]).toEqual([1, expect.stringContaining("active token")]);
    expect(listed.err).toMatch(
      /not-there: left out, it is not there\.\n.*: left out, it is a folder: name its files\.\n$/,
    );
    for (const left of ["not-there", folder]) expect((await cli(["scan", clean, left], { env })).code).toBe(5);
    const large = file("large.txt", Buffer.alloc(20 * 1024 * 1024 + 1, "a"));
    const unread = await cli(["scan", large, clean, "--json"], { env });
    expect([unread.code, JSON.parse(unread.out)]).toEqual([
      5,
      { findings: [], leftOut: [{ file: large, why: "it is larger than 20 MB" }] },
    ]);
  });

  it("tells what it finds in the other files where one cannot be searched, and lays it on that file alone", async () => {
    const env = await asProgram();
    const [strange, found, clean] = [file("strange.sql", "x"), file("found.env", signed()), file("a.txt", "nothing")];
    const failing = async (...args: string[]) => {
      vi.mocked(scanText).mockRejectedValueOnce(new RangeError("Maximum call stack size exceeded"));
      return cli(["scan", ...args], { env });
    };
    expect(await failing(strange, found)).toEqual({
      code: 1,
      out: expect.stringMatching(/^\S*found\.env:1:1 {2}active token /),
      err: expect.stringMatching(/^\S*strange\.sql: left out, it cannot be searched\.\n$/),
    });
    const { code, out, err } = await failing(strange, clean, "--json");
    expect([code, err]).toEqual([5, expect.stringContaining("left out, it cannot be searched")]);
    expect(JSON.parse(out)).toEqual({ findings: [], leftOut: [{ file: strange, why: "it cannot be searched" }] });
  });

  it.each([
    [["."], /^\.: left out, it is a folder: name its files\.\nNothing was scanned/],
    [["not-there"], /^not-there: left out, it is not there/],
    [[join(folder, "loop")], /loop: left out, it cannot be read/],
  ] as [string[], RegExp][])("with nothing but %j has scanned nothing", async (args, says) => {
    const loop = join(folder, "loop");
    if (!lstatSync(loop, { throwIfNoEntry: false })) symlinkSync(loop, loop);
    const { code, out, err } = await cli(["scan", ...args], { env: await asProgram() });
    expect([code, out, err]).toEqual([5, "", expect.stringMatching(says)]);
    expect(JSON.parse((await cli(["scan", "--json", ...args])).out)).toMatchObject({ findings: [], leftOut: [{}] });
  });

  it("compares all there is with the desk's secrets, however many words come first", async () => {
    const sums = Array.from({ length: 52_000 }, () => randomBytes(32).toString("hex"));
    const named = file("sums.txt", [...sums, `SECRET=${key.secret}`].join("\n"));
    const { code, out, err } = await cli(["scan", named], { env: await asProgram() });
    expect([code, out, err]).toEqual([1, expect.stringContaining("sums.txt:52001:"), ""]);
  }, 120_000);
});

describe("called wrongly, or with nobody there", () => {
  it.each([
    [["issue"], {}, /^Set CLAIMCHECK_URL/],
    [["issue"], { CLAIMCHECK_URL: "desk.example.com:3000" }, /^Set CLAIMCHECK_URL/],
    [["issue"], { CLAIMCHECK_URL: "http://desk.example.com" }, /Use https/],
    [["issue"], { CLAIMCHECK_URL: "https://desk.example.com" }, /^Set CLAIMCHECK_CREDENTIAL/],
    [["issue"], { CLAIMCHECK_URL: "https://desk.example.com", CLAIMCHECK_CREDENTIAL: "cc_x" }, /no credential/],
    [["scan"], {}, /^Name the files/],
    [["issue", "--nothing"], {}, /Unknown option '--nothing'/],
    [["issue", "--expires", "-1"], {}, /^--expires: what begins with a dash is written --expires=-….\n$/],
    [["issue", "--expires"], {}, /^--expires: its value is missing.\n$/],
    [["decode"], {}, /pipe it in/],
    [["inspect", ""], {}, /^There is nothing to look at\. Give a token\.\n$/],
    [["decode", ""], {}, /^There is nothing to look at\. Give a token\.\n$/],
    [["decode", "-"], {}, /^There is nothing to look at/],
    [["decode", "a", "b"], {}, /one token/],
    [["issue", "--room-id", "a", "--room-id=b"], {}, /^--room-id is given more than once/],
    [["nothing"], {}, /There is no command "nothing"/],
    [["constructor"], {}, /There is no command/],
    [[], {}, /^claimcheck COMMAND/],
  ] as [string[], Record<string, string>, RegExp][])("%j %j", async (args, env, says) => {
    const { code, out, err } = await cli(args, { env });
    expect([code, out, err]).toEqual([2, "", expect.stringMatching(says)]);
  });

  it.each(["/desk", "/?x=1", "#x", "//"])(
    "takes no address with %s behind it, which it would leave off",
    async (more) => {
      const { code, err } = await cli(["issue"], { env: { ...(await asProgram()), CLAIMCHECK_URL: `${url}${more}` } });
      expect([code, err, asked]).toEqual([
        2,
        expect.stringMatching(/^CLAIMCHECK_URL: .* Write http:\/\/127\.0\.0\.1:\d+\.\n$/),
        [],
      ]);
    },
  );

  it("takes no name and password in the address, and does not repeat them", async () => {
    const env = { ...(await asProgram()), CLAIMCHECK_URL: url.replace("//", "//me:pass@") };
    const { code, err } = await cli(["issue"], { env });
    expect([code, err, asked]).toEqual([2, expect.stringContaining("no name and password"), []]);
    expect(err).not.toContain("pass@");
    expect((await cli(["issue"], { env: { ...env, CLAIMCHECK_URL: `${url}/` } })).code).toBe(0);
  });

  it("takes a credential from a file that others cannot read, and tells of none what it is", async () => {
    const { CLAIMCHECK_CREDENTIAL: value = "", ...env } = await asProgram();
    const path = join(folder, "credential");
    writeFileSync(path, `${value}\n`, { mode: 0o644 });
    const open = await cli(["issue"], { env: { ...env, CLAIMCHECK_CREDENTIAL_FILE: path } });
    expect([open.code, open.err]).toEqual([2, expect.stringMatching(/can be read by others: chmod 600 it/)]);
    chmodSync(path, 0o600);
    expect((await cli(["issue"], { env: { ...env, CLAIMCHECK_CREDENTIAL_FILE: path } })).code).toBe(0);
    const directory = await cli(["issue"], { env: { ...env, CLAIMCHECK_CREDENTIAL_FILE: folder } });
    expect([directory.code, directory.err]).toEqual([2, expect.stringMatching(/cannot be read\.\n$/)]);
    const pipe = join(folder, "credential-pipe");
    execFileSync("mkfifo", ["-m", "600", pipe]);
    const waited = await cli(["issue"], { env: { ...env, CLAIMCHECK_CREDENTIAL_FILE: pipe } });
    expect([waited.code, waited.err]).toEqual([2, expect.stringMatching(/names is no file\./)]);
    const wrong = await cli(["issue"], { env: { ...env, CLAIMCHECK_CREDENTIAL: key.secret } });
    expect(wrong.err + open.err).not.toContain(key.secret.slice(0, 12));
  });

  it("repeats no credential that stands in the place of its file, misspelt or not", async () => {
    const { CLAIMCHECK_CREDENTIAL: value = "", ...env } = await asProgram();
    for (const [file, says] of [
      [value, "holds a credential, and not the name of a file. Set CLAIMCHECK_CREDENTIAL to it."],
      [value.slice(0, -1), "names cannot be read."],
    ] as const) {
      const { code, out, err } = await cli(["issue"], { env: { ...env, CLAIMCHECK_CREDENTIAL_FILE: file } });
      expect([code, out, err]).toEqual([2, "", expect.stringContaining(says)]);
      expect(err).not.toContain(value.slice(3, 12));
    }
  });

  it("repeats no token and no credential that stands in the wrong place", async () => {
    for (const text of [signed(), writeCredential(randomBytes(32))])
      for (const args of [
        [text],
        ["issue", text],
        ["scan", text],
        ["decode", text, text],
        ["decode", `--${text}`, "a"],
      ]) {
        const { code, out, err } = await cli(args);
        expect(code).toBe(args[0] === "scan" ? 5 : 2);
        expect(out + err).not.toContain(text.slice(0, 12));
      }
  });

  it("follows nobody elsewhere with the credential, and says so", async () => {
    const elsewhere = createServer((_, response) => response.writeHead(308, { location: `${url}/api/v1/keys` }).end());
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const { port } = elsewhere.address() as AddressInfo; // As above.
    const env = { ...(await asProgram()), CLAIMCHECK_URL: `http://127.0.0.1:${port}` };
    const { code, err } = await cli(["issue"], { env });
    elsewhere.close();
    expect([code, err, asked]).toEqual([3, expect.stringMatching(/leads elsewhere \(308\).* CLAIMCHECK_URL /), []]);
    const closed = await cli(["issue"], { env });
    expect([closed.code, closed.err]).toEqual([3, expect.stringMatching(/does not answer \(ECONNREFUSED\)/)]);
  });

  it.each([
    ["a page of somebody else's", "<h1>Sign in to the network</h1>"],
    ["what broke off", '{"token":"ey'],
    ["nothing", ""],
  ])("says of %s that no desk answered, and shows none of it", async (_, body) => {
    const other = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(body));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo; // As above.
    const origin = `http://127.0.0.1:${port}`;
    const { code, out, err } = await cli(["issue"], { env: { ...(await asProgram()), CLAIMCHECK_URL: origin } });
    other.close();
    expect([code, out, err]).toEqual([
      ...[3, ""],
      // What broke off may have been the desk's.
      expect.stringMatching(
        `^What answered at ${origin} \\(200\\) is no desk, or broke off. Look at CLAIMCHECK_URL. A token may have been`,
      ),
    ]);
  });

  it("ends with 3 where nobody answers, with 4 where the desk says no", async () => {
    const env = await asProgram({ scopes: ["inspect"] });
    expect((await cli(["issue"], { env: { ...env, CLAIMCHECK_URL: "http://127.0.0.1:9" } })).code).toBe(3);
    const refused = await cli(["issue"], { env });
    expect([refused.code, refused.err]).toEqual([4, expect.stringMatching(/scope issue/)]);
  });

  it("has help that fits a screen", async () => {
    for (const args of [["--help"], ...["issue", "decode", "inspect", "scan"].map((name) => [name, "--help"])]) {
      const { code, out } = await cli(args);
      const lines = out.split("\n");
      expect([code, lines.length <= 24, Math.max(...lines.map(({ length }) => length)) <= 80]).toEqual([0, true, true]);
    }
    for (const [short, long] of [
      [["-h"], ["--help"]],
      [
        ["help", "issue"],
        ["issue", "--help"],
      ],
      [
        ["scan", "-h"],
        ["scan", "--help"],
      ],
      [["help", "constructor"], ["--help"]],
    ] as const)
      expect(await cli([...short])).toEqual(await cli([...long]));
    expect((await cli(["--version"])).out).toBe("1.2.3\n");
  });
});

describe("the one file", () => {
  const file = join(folder, "claimcheck.mjs");
  const exec = promisify(execFile);
  beforeAll(() => bundle(file), 60_000);

  it("runs from another folder, with nothing but Node", async () => {
    const { stdout } = await exec(process.execPath, [file, "decode", "--json", signed()], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ kind: "token" });
    const env: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH, ...(await asProgram()) };
    const issued = await exec(process.execPath, [file, "issue", "--token-only", "--participant-id", randomUUID()], {
      cwd: folder,
      env,
    });
    expect(issued.stdout).toMatch(/^eyJ[\w.-]+\n$/);
    const scanning = spawn(process.execPath, [file, "scan", "-"], { cwd: folder, env });
    scanning.stdin.end(issued.stdout);
    expect(await new Promise((resolve) => scanning.on("close", resolve))).toBe(1);
  });

  it("reads a file that is called as an option is, by the README's line for what runs before a commit", async () => {
    const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
    const line = /^git diff .*\| (xargs .*) claimcheck\.mjs (.*)$/m.exec(readme) ?? [];
    const commit = join(folder, "commit");
    mkdirSync(commit);
    writeFileSync(join(commit, "--help"), signed());
    const shell = `printf '%s\\0' --help | ${line[1]} "$0" ${line[2]}`;
    const ended = await exec("sh", ["-c", shell, file], { cwd: commit }).catch((error) => error);
    expect(ended).toMatchObject({ code: 123, stdout: expect.stringMatching(/^--help:1:1 {2}active token/) });
  });

  it.each([
    ["scan -", 5, "-: left out, it cannot be read.\nNothing was scanned."],
    ["decode", 2, "Standard input is a folder."],
  ])("%s does not take a folder as its input for an empty one", async (command, code, says) => {
    const ended = await exec("sh", ["-c", `"$0" "$1" ${command} < .`, process.execPath, file], { cwd: folder }).catch(
      (error) => error,
    );
    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(says) });
  });

  it("names files as seen from where npm was called, and nowhere else", async () => {
    const docs = join(folder, "docs");
    mkdirSync(docs);
    writeFileSync(join(docs, "here.txt"), signed());
    const scan = (env: Record<string, string>) =>
      exec(process.execPath, [file, "scan", "here.txt"], { cwd: folder, env: { ...process.env, ...env } }).catch(
        (error) => error,
      );
    const ours = { INIT_CWD: docs, npm_lifecycle_event: "cli", npm_package_name: "claimcheck" };
    expect(await scan(ours)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^here\.txt:1:1 /) });
    // A script of another project's counts on its own folder.
    for (const other of [{ npm_package_name: "theirs" }, { npm_lifecycle_event: "test" }])
      expect(await scan({ ...ours, ...other })).toMatchObject({ code: 5 });
  });

  it("ends with what it found where the reader has gone", async () => {
    writeFileSync(join(folder, "found.txt"), signed());
    const shell = '{ "$0" "$1" scan found.txt; echo $? > code; } | true';
    await exec("sh", ["-c", shell, process.execPath, file], { cwd: folder });
    expect(readFileSync(join(folder, "code"), "utf8")).toBe("1\n");
  });

  it.runIf(existsSync("/dev/full"))("does not end well where its answer cannot be written", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [file, "decode"], { cwd: folder, stdio: ["pipe", full, "pipe"] });
    closeSync(full);
    child.stdin?.end(signed());
    const [code, said] = await Promise.all([
      new Promise((resolve) => child.on("close", resolve)),
      child.stderr ? text(child.stderr) : "",
    ]);
    expect([code, said]).toEqual([3, "The answer could not be written (ENOSPC).\n"]);
  });
});

// Last: with several keys, whoever issues has to name one.
describe("a desk of several keys", () => {
  it("tells of a secret that two keys have had whose current one it is", async () => {
    const [west, east] = [await desk.addKey(), await desk.addKey()];
    desk.raw((db) => {
      const fingerprint = db.prepare("SELECT fingerprint FROM SecretVersion WHERE keyId = ?").pluck().get(east.id);
      const version = db.prepare("SELECT * FROM SecretVersion WHERE keyId = ?").get(west.id) as object;
      const row = { ...version, id: randomUUID(), fingerprint, retiredAt: 1, createdAt: 1 };
      const names = Object.keys(row);
      db.prepare(
        `INSERT INTO SecretVersion (${names.join(", ")}) VALUES (${names.map((name) => `@${name}`).join(", ")})`,
      ).run(row);
    });
    const input = `SECRET=${east.secret}`;
    for (const keyIds of [undefined, [east.id]]) {
      const env = await asProgram(keyIds && { keyIds });
      expect((await cli(["scan", "-"], { env, input })).out).toContain(`  secret  of ${east.label}`);
      expect((await cli(["inspect"], { env, input })).out).toContain(`secret of “${east.label}”`);
    }
    const env = await asProgram({ keyIds: [west.id] });
    expect((await cli(["scan", "-"], { env, input })).out).toContain(`retired secret  of ${west.label}`);
    expect((await cli(["inspect"], { env, input })).out).toContain(`retired secret of “${west.label}”`);
  });
});
