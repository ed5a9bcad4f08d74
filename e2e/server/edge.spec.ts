/** The server's edge under attack: sockets that are never closed, bodies without end, names and origins that are not ours, and a stop in the midst of it. */
import { httpRoutes } from "@/lib/start/http-routes";
import { change } from "../stage/database";
import { paste } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { makeToken } from "../stage/make-token";
import { tryToSignIn } from "../stage/people";
import { openSocket, sendRaw } from "../stage/raw-request";

const ACTION = `Next-Action: ${"4".repeat(42)}\r\n`;
const HEAD = `Host: HOST\r\nOrigin: http://HOST\r\n${ACTION}`;
const post = (headers: string, body = "", path = "/sign-in") => `POST ${path} HTTP/1.1\r\n${HEAD}${headers}\r\n${body}`;

test("500 sockets that ask for an upgrade are all answered and closed, and the page still comes", async ({ desk }) => {
  const started = performance.now();
  const request =
    "GET /nonsense HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n";
  const answers = await Promise.all(
    Array.from({ length: 500 }, () => sendRaw(desk.address, request, { waitMs: 20_000 })),
  );
  expect(answers.filter(({ closed, statuses }) => !closed || statuses[0] !== 400)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(20_000);
  expect((await fetch(`${desk.address}/sign-in`)).status).toBe(200);
});

test("an upgrade that nobody needs to serve is a request like any other; CONNECT is refused", async ({ desk }) => {
  const h2c = await sendRaw(
    desk.address,
    "GET /sign-in HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
    { until: /<\/html>/ },
  );
  expect(h2c.statuses).toEqual([200]);
  const tunnel = await sendRaw(desk.address, "CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\n\r\n");
  expect(tunnel).toMatchObject({ statuses: [405], closed: true });
  expect(tunnel.text).toMatch(/\r\nAllow: GET, HEAD, POST, OPTIONS\r\n/);
});

test("a stop ends the process within its grace, whatever is open", async ({ desk }) => {
  const unfinished = [
    "",
    "GET /sign-in HTTP/1.1\r\nHo",
    "GET /nonsense HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    post("Content-Length: 1000\r\n", "[1,"),
    post("Transfer-Encoding: chunked\r\n", "2\r\n[1\r\n"),
    post("Expect: 100-continue\r\nContent-Length: 70000\r\n"),
  ];
  for (const head of unfinished) {
    const socket = await openSocket(desk.address);
    socket.write(head.replaceAll("HOST", new URL(desk.address).host));
  }
  await fetch(`${desk.address}/sign-in`);
  const started = performance.now();
  expect(await desk.server.stop()).toEqual({ code: 0, signal: null });
  expect(performance.now() - started).toBeLessThan(12_500);
  await desk.start();
});

test("a body over the limit is refused before it is read, by its length or by counting", async ({ desk }) => {
  const many = `[${"{},".repeat(900_000)}{}]`;
  const cookie = "Cookie: claimcheck=made-up\r\n";
  const chunked = (bytes: number) => {
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    return chunk.repeat(Math.ceil(bytes / 65_536));
  };
  const refused: [string, string][] = [
    ["by length", post(`Content-Length: ${many.length}\r\n`, many)],
    ["by length, not sent yet", post("Content-Length: 65537\r\n")],
    ["asked for first", post("Expect: 100-continue\r\nContent-Length: 65537\r\n")],
    ["by counting", post("Transfer-Encoding: chunked\r\n", chunked(10_000_000))],
    ["elsewhere, with a cookie", post(`${cookie}Content-Length: 65537\r\n`)],
    ["at the decoder without a cookie", post("Content-Length: 65537\r\n", "", "/decode")],
    ["at the decoder, over 256 kB", post(`${cookie}Content-Length: 262145\r\n`, "", "/decode")],
    ["at the decoder, counted", post(`${cookie}Transfer-Encoding: chunked\r\n`, chunked(10_000_000), "/decode")],
    ["at the decoder, a made-up session", post(`${cookie}Content-Length: ${many.length}\r\n`, many, "/decode")],
    ["a byte at a time", post("Transfer-Encoding: chunked\r\n", "1\r\n \r\n".repeat(4_000))],
  ];
  for (const [name, request] of refused) {
    const started = performance.now();
    const answer = await sendRaw(desk.address, request, { until: /Not accepted: / });
    expect(answer.statuses, name).toEqual([413]);
    expect(performance.now() - started, name).toBeLessThan(3_000);
  }
  // At the decoder a session takes more: the made-up action is looked for, so the body was let in.
  const session = `Cookie: ${desk.cookieOf("issuer")}\r\n`;
  const large = `["${"x".repeat(140_000)}"]`;
  const answer = await sendRaw(desk.address, post(`${session}Content-Length: ${large.length}\r\n`, large, "/decode"), {
    until: /Server Action/,
  });
  expect(answer.statuses).toEqual([409]);
});

test("neither strangers, nor who has signed out, nor one member with many take the places for large bodies from others", async ({
  desk,
  open,
}) => {
  const begin = (cookie: string) => {
    const head = `POST /decode HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\n${ACTION}Cookie: ${cookie}\r\nContent-Length: 260000\r\n\r\n`;
    const request = `${head}${"x".repeat(70_000)}`;
    return Array.from({ length: 20 }, () => sendRaw(desk.address, request, { waitMs: 4_000, until: /^HTTP/ }));
  };
  const signedOut = desk.cookieOf("admin");
  const admin = `SELECT "id" FROM "Member" WHERE "role" = 'admin'`;
  change(desk.database, `UPDATE "Session" SET "endedAt" = 1 WHERE "memberId" IN (${admin})`);
  for (const { statuses } of await Promise.all(["claimcheck=made-up", signedOut].flatMap(begin)))
    expect(statuses).toEqual([413]);

  const ofOne = begin(desk.cookieOf("auditor"));
  const page = await open("issuer", "/decode");
  const text = Array.from({ length: 1_100 }, (_, index) => makeToken({ jti: `j-${index}` }, "s".repeat(32))).join("\n");
  await paste(page, text);
  await expect(page.getByText("None of them are in this ledger.")).toBeVisible();
  const statuses = (await Promise.all(ofOne)).map(({ statuses: [status] }) => status);
  // Four are still taken in; the others are told.
  expect(statuses.sort()).toEqual([...Array(16).fill(429), ...Array(4).fill(undefined)]);
});

test("a person whose form is refused is told so", async ({ open, watch }) => {
  watch.allow(/413/, "the answer");
  const page = await open("nobody", "/sign-in");
  await page.route("**/sign-in", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.continue({ postData: `["/","${"x".repeat(70_000)}"]` });
  });
  await tryToSignIn(page, { email: "a@example.com", password: "a guess" });
  await expect(page.getByRole("alert").filter({ hasText: "Not accepted" })).toContainText(
    "Not accepted: it is more than the 64 kB that are taken here. What you typed is kept.",
  );
});

test("each row of the table of routes is what the server does at its path", async ({ desk }) => {
  const session = `Cookie: ${desk.cookieOf("issuer")}\r\n`;
  for (const { path, methods, posts, programs, knowsMethods } of httpRoutes.filter(
    ({ only }) => only !== "development",
  )) {
    const url = path === "*" ? "/sign-in" : path.replace("*", "no-such-file.js");
    // Programs' own, where others begin with their paths.
    const isRoute = path === "/api/v1/tokens";
    const ask = async (method: string, headers = "", body = "") => {
      const request = `${method} ${url} HTTP/1.1\r\n${HEAD}Connection: close\r\n${headers}\r\n${body}`;
      return sendRaw(desk.address, request, { waitMs: 3_000, until: /\r\n\r\n/ });
    };
    const allow = new RegExp(`\r\nallow: ${[...methods, "OPTIONS"].join(", ")}\r\n`, "i");
    for (const method of ["OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
      const { statuses, text } = await (method === "POST" ? ask(method, "Content-Length: 2\r\n", "[]") : ask(method));
      const taken = method === "OPTIONS" || methods.some((each) => each === method);
      // At the others there is nothing: what would know their methods says that.
      if (knowsMethods && !taken) {
        expect(statuses, `${method} ${url}`).toEqual([isRoute ? 405 : 404]);
        continue;
      }
      expect(statuses[0] !== 405, `${method} ${url}`).toBe(taken);
      // What answers programs says so itself, of what is there.
      if (!taken || (method === "OPTIONS" && !programs)) expect(text, `${method} ${url}`).toMatch(allow);
    }
    if (!posts) continue;
    // 409: it was let in, and there is no such action. What is no action: its verb asks who it is for, or for what is missing.
    if (programs) {
      const length = (bytes: number) => `Content-Length: ${bytes}\r\n`;
      const most = posts.mostBytes;
      expect((await ask("POST", length(most), "x".repeat(most))).statuses, url).toEqual([isRoute ? 401 : 404]);
      const { text } = await ask("POST", length(most + 1));
      const refused = posts.mostBytesSignedIn ? 401 : 413;
      expect(text, url).toMatch(new RegExp(`^HTTP/1.1 ${refused}[\\s\\S]*application/problem\\+json`));
      expect(text, url).toContain(`urn:claimcheck:problem:${refused === 401 ? "unauthenticated" : "too-large"}`);
      // A page of another origin is told why.
      if (url.startsWith("/t/")) expect(text, url).toMatch(/\r\naccess-control-allow-origin: \*\r\n/i);
      continue;
    }
    const routes: Record<string, [number, number]> = { "/audit/export": [401, 403], "/issue/batch/tokens": [401, 422] };
    const [nobodys, issuers] = routes[path] ?? [409, 409];
    for (const [who, most, letIn] of [
      ["", posts.mostBytes, nobodys],
      [session, posts.mostBytesSignedIn ?? posts.mostBytes, issuers],
    ] as const) {
      const body = `["${"x".repeat(most - 4)}"]`;
      expect((await ask("POST", `${who}Content-Length: ${most}\r\n`, body)).statuses, url).toEqual([letIn]);
      expect((await ask("POST", `${who}Content-Length: ${most + 1}\r\n`)).statuses, url).toEqual([413]);
    }
  }
});

test("a method that an address of programs does not take is told those that it takes, whatever its body", async ({
  desk,
}) => {
  for (const [path, allow] of [
    ["/api/v1/keys", "GET, HEAD, OPTIONS"],
    ["/api/v1/introspect", "POST, OPTIONS"],
    ["/api/openapi.json", "GET, HEAD, OPTIONS"],
  ]) {
    for (const body of ["", "x".repeat(100_000)]) {
      const head = `PUT ${path} HTTP/1.1\r\n${HEAD}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
      const { statuses, text } = await sendRaw(desk.address, `${head}${body}`);
      expect(statuses, path).toEqual([405]);
      expect(text, path).toMatch(new RegExp(`\r\nallow: ${allow}\r\n`, "i"));
    }
    // What is still to come is not waited for longer than for any refusal.
    const endless = `PUT ${path} HTTP/1.1\r\n${HEAD}Content-Length: 1000000000\r\n\r\nxxxx`;
    const { text } = await sendRaw(desk.address, endless, { waitMs: 3_000, until: /\r\n\r\n/ });
    expect(text, path).toMatch(/^HTTP\/1.1 405 [\s\S]*\r\nconnection: close\r\n/i);
  }
});

test("what is malformed is answered 400, what is not there 404, another method 405, another name 421", async ({
  desk,
}) => {
  const get = (target: string, host = "HOST") => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  const requests: [number, string, string?][] = [
    [400, get("/audit/%ff")],
    [400, get("*")],
    [400, get("http://evil.example/")],
    [400, get("/sign-in", "a b")],
    [400, get("/sign-in", "[")],
    [400, get("/sign-in", "%%%")],
    [400, get("/sign-in", "")],
    [400, get("/sign-in", "HOST\r\nHost: evil.example")],
    [400, get("/sign-in", "HOST\r\nHost: HOST\r\nHost: HOST")],
    ...["%%%", "[]", "null", "[1]", ""].map((state): [number, string] => [
      400,
      get("/sign-in", `HOST\r\nRSC: 1\r\nNext-Router-State-Tree: ${state}`),
    ]),
    [421, get("/sign-in", "evil.example")],
    [421, get("/sign-in", "127.0.0.1.evil.example:80")],
    [200, get("/sign-in", "localhost")],
    [200, get("/sign-in", "LocalHost.:99")],
    [200, get("/sign-in", "[::1]:3000")],
    ...["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"].map((method): [number, string] => [
      405,
      `${method} / HTTP/1.1\r\nHost: HOST\r\n\r\n`,
    ]),
    [204, "OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n"],
    [421, "OPTIONS * HTTP/1.1\r\nHost: evil.example\r\n\r\n"],
    ...["/_global-error", "/_global-error?x", "/%5Fglobal-error"].map((path): [number, string] => [404, get(path)]),
    [400, "GET /sign-in HTTP/1.1\r\nHost: HOST\r\nContent-Length: 2\r\n\r\n[]"],
    [400, post("Content-Length: 4\r\n", "{{{{")],
    ...["null", "1", '"x"', "{}", '["$F1"]', '["$Q0"]', '["\\u0024B0"]', '["/",{"then":"$F0"}]'].map(
      (body): [number, string] => [400, post(`Content-Length: ${body.length}\r\n`, body)],
    ),
    ...['["$$F1"]', '["$undefined"]', '["a $F1"]'].map((body): [number, string] => [
      409,
      post(`Content-Length: ${body.length}\r\n`, body),
    ]),
    ...["[1]", '["$F1"]', '["$Q1"]', '["$B1"]', '["$1"]'].flatMap((row): [number, string][] =>
      ['name="0"', 'name="0"; filename="x"', 'name="1_0"'].map((name) => {
        const parts = `--x\r\nContent-Disposition: form-data; ${name}\r\n\r\n${row}\r\n--x--\r\n`;
        return [
          400,
          post(`Content-Type: multipart/form-data; boundary=x\r\nContent-Length: ${parts.length}\r\n`, parts),
        ];
      }),
    ),
  ];
  for (const [status, request] of requests)
    expect((await sendRaw(desk.address, request, { waitMs: 3_000, until: /^HTTP/ })).statuses, request).toEqual([
      status,
    ]);
  const { text } = await sendRaw(desk.address, "PUT / HTTP/1.1\r\nHost: HOST\r\n\r\n");
  expect(text).toMatch(/\r\nallow: GET, HEAD, POST, OPTIONS\r\n/i);
});

test("a post from elsewhere is refused", async ({ desk }) => {
  const from = (headers: string) =>
    `POST /sign-in HTTP/1.1\r\nHost: HOST\r\n${ACTION}${headers}Content-Length: 2\r\nConnection: close\r\n\r\n[]`;
  // 409: it was let in, and there is no such action.
  const requests: [number, string][] = [
    [403, ""],
    [403, "Origin: null\r\n"],
    [400, "Origin:\r\n"],
    [400, "Origin: file://\r\n"],
    [400, "Origin: data:text/html,x\r\n"],
    [400, "Origin: http://HOST/\r\n"],
    [403, "Origin: https://HOST\r\n"],
    [403, "Origin: http://evil.example\r\n"],
    [403, "Origin: http://HOST\r\nSec-Fetch-Site: cross-site\r\n"],
    [403, "Origin: http://HOST\r\nSec-Fetch-Site: same-site\r\n"],
    [409, "Origin: http://HOST\r\n"],
    [409, "Origin: http://HOST\r\nSec-Fetch-Site: same-origin\r\n"],
    [409, "Sec-Fetch-Site: same-origin\r\n"],
  ];
  for (const [status, headers] of requests)
    expect((await sendRaw(desk.address, from(headers))).statuses, headers).toEqual([status]);
});

test("a flood of what strangers send is a few lines of the log, each one JSON, without what was sent", async ({
  desk,
}) => {
  const before = desk.output.length;
  for (let round = 0; round < 40; round++) {
    const id = `${round}`.padStart(42, "a");
    await sendRaw(
      desk.address,
      `POST /sign-in HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nNext-Action: ${id}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]`,
    );
    await sendRaw(desk.address, "GET / HTTP/1.1\r\nHost: a\x9b31m\r\n\r\n");
    await sendRaw(desk.address, `POST / HTTP/1.1\r\n${HEAD.replace(/4{42}/, "\x9b2J")}Content-Length: 2\r\n\r\n[]`);
  }
  const lines = desk.output.slice(before).map(({ text }) => text);
  expect(lines.length).toBeLessThan(10);
  for (const line of lines) {
    expect(() => JSON.parse(line)).not.toThrow();
    expect(line).not.toMatch(/\p{Cc}|aaaa|31m|2J/u);
  }
});
