/** Which names are ours, and which posts come from here. */
import { randomBytes } from "node:crypto";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { parseSettings } from "@/lib/env";
import { guardRequest } from "./guard-request";
import { routeOf } from "./http-routes";

const required = {
  AUTH_SECRET: "drawn-by-nobody-at-all-for-the-tests-4711",
  SEALING_KEYS: `k1:${randomBytes(32).toString("base64url")}`,
};

function requestOf(method: string, url: string, headers: Record<string, string>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method, url });
  Object.assign(request.headers, { host: "127.0.0.1:3000", ...headers });
  return request;
}

const statusOf = (request: IncomingMessage, settings: Record<string, string> = {}) =>
  guardRequest(request, routeOf(request.url ?? ""), parseSettings({ ...required, ...settings }))?.status;

const get = (host: string) => requestOf("GET", "/", { host });
const post = (headers: Record<string, string>) => requestOf("POST", "/", { "next-action": "4".repeat(42), ...headers });

describe("a name", () => {
  const settings = {
    HOST: "desk.lan",
    PUBLIC_URL: "https://desk.example.com:8443",
    ALLOWED_HOSTS: "tokens, Desk.Internal",
  };

  it.each([
    "127.0.0.1:3000",
    "192.0.2.7",
    "[2001:db8::1]:3000",
    "localhost:3000",
    "desk.lan",
    "desk.example.com",
    "desk.example.com:8443",
    "DESK.example.com.:1",
    "tokens:80",
    "desk.internal",
  ])("%s is ours", (host) => {
    expect(statusOf(get(host), settings)).toBeUndefined();
  });

  it.each([
    "evil.example",
    "desk.example.com.evil.example",
    "xdesk.lan",
    "localhost.evil.example",
    "a.localhost",
    "evil.desk.lan",
    "lan",
    "0x7f.one",
  ])("%s is not", (host) => {
    expect(statusOf(get(host), settings)).toBe(421);
  });

  it("that is not ours is told so whatever is asked, also of a path that is malformed", () => {
    for (const method of ["OPTIONS", "TRACE", "POST"])
      expect(statusOf(requestOf(method, "/%ff", { host: "evil.example" }))).toBe(421);
    expect(statusOf(requestOf("OPTIONS", "*", {}))).toBe(204);
  });

  it("is known by settings alone", () => {
    for (const host of ["desk.lan", "desk.example.com", "tokens"]) expect(statusOf(get(host))).toBe(421);
  });

  it.each(["a b", "[", "%%%", "", "a:b", "a:123456", "user@127.0.0.1", "127.0.0.1/x", "::1"])(
    "%j is malformed",
    (host) => {
      expect(statusOf(get(host), settings)).toBe(400);
    },
  );

  it("is given once", () => {
    for (const [times, status] of [
      [1, undefined],
      [2, 400],
      [3, 400],
      [4, 400],
    ] as const) {
      const request = get("127.0.0.1");
      request.headersDistinct.host = Array(times).fill("127.0.0.1");
      expect(statusOf(request)).toBe(status);
    }
    const request = get("");
    delete request.headers.host;
    expect(statusOf(request)).toBeUndefined();
  });

  it("is handed on as Next compares it", () => {
    const request = get("LocalHost:80");
    expect(statusOf(request)).toBeUndefined();
    expect(request.headers.host).toBe("localhost");
  });
});

describe("a post behind https", () => {
  const PUBLIC_URL = "https://desk.example.com";

  it("comes from the public origin, whatever name the proxy uses", () => {
    const inner = { host: "127.0.0.1:3000" };
    expect(statusOf(post({ ...inner, origin: PUBLIC_URL }), { PUBLIC_URL })).toBeUndefined();
    expect(statusOf(post({ ...inner, origin: "http://desk.example.com" }), { PUBLIC_URL })).toBe(403);
    expect(statusOf(post({ ...inner, origin: "https://desk.example.com:8443" }), { PUBLIC_URL })).toBe(403);
    expect(statusOf(post({ ...inner, origin: "http://127.0.0.1:3000" }), { PUBLIC_URL })).toBe(403);
  });
});

it("a post that says neither which origin nor which site it is sent from is refused", () => {
  expect(statusOf(post({}))).toBe(403);
  expect(statusOf(post({ "sec-fetch-site": "same-origin" }))).toBeUndefined();
  expect(statusOf(post({ origin: "http://127.0.0.1:3000" }))).toBeUndefined();
});

it("a post that says that it is sent from elsewhere is refused, whatever its origin", () => {
  for (const site of ["cross-site", "same-site", "none", ""])
    for (const origin of [{}, { origin: "http://127.0.0.1:3000" }])
      expect(statusOf(post({ "sec-fetch-site": site, ...origin })), site).toBe(403);
});

it("an action that Next sends on to this server is none, whoever says that it was sent on", () => {
  for (const origin of ["http://127.0.0.1:3000", "http://localhost:3000", "https://evil.example"])
    expect(statusOf(post({ origin, "x-action-forwarded": "1" }))).toBe(409);
});

it("a body is taken only with a post, whether its length is said or it comes in pieces", () => {
  for (const headers of [{ "content-length": "2" }, { "transfer-encoding": "chunked" }] as Record<string, string>[])
    expect(statusOf(requestOf("GET", "/", headers))).toBe(400);
  expect(statusOf(requestOf("GET", "/", { "content-length": "0" }))).toBeUndefined();
});

it("what Next cannot read of its router's state is refused, and what its router says is not", () => {
  const stateOf = (state: string) => statusOf(requestOf("GET", "/", { rsc: "1", "next-router-state-tree": state }));
  const sent = ["", { children: [["number", "7", "d", null], { children: ["__PAGE__", {}] }] }, null, "refetch"];
  expect(stateOf(encodeURIComponent(JSON.stringify(sent)))).toBeUndefined();
  for (const state of ["%%%", "", "[]", "null", "[1]", "{}", '["",1]', '["",{},1]', `["",{"a":${"[".repeat(20_000)}`])
    expect(stateOf(state), state.slice(0, 20)).toBe(400);
});
