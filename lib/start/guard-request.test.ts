/** Which names are ours, which posts come from here, and how much may be posted where. */
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { parseSettings } from "@/lib/env";
import { guardRequest, mostBodyBytes, refusalOfBody } from "./guard-request";
import { routeOf } from "./http-routes";

const required = {
  AUTH_SECRET: "a secret that nobody has drawn, for tests",
  SEALING_KEYS: `k1:${Buffer.alloc(32).toString("base64url")}`,
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

  it.each(["evil.example", "desk.example.com.evil.example", "xdesk.lan", "localhost.evil.example", "lan", "0x7f.one"])(
    "%s is not",
    (host) => {
      expect(statusOf(get(host), settings)).toBe(421);
    },
  );

  it("is known by settings alone", () => {
    for (const host of ["desk.lan", "desk.example.com", "tokens"]) expect(statusOf(get(host))).toBe(421);
  });

  it.each(["a b", "[", "%%%", "", "a:b", "a:123456", "user@127.0.0.1", "127.0.0.1/x", "::1"])(
    "%j is malformed",
    (host) => {
      expect(statusOf(get(host), settings)).toBe(400);
    },
  );

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

it("a large body may be posted to the decoder, by who has a session's cookie", () => {
  const most = (url: string, cookie: string) => mostBodyBytes(requestOf("POST", url, { cookie }), routeOf(url));
  const large = 3 * 1024 * 1024;
  for (const cookie of ["claimcheck=x", "theme=dark; __Host-claimcheck=x", "a=b; claimcheck.0=x"])
    expect(most("/decode?x=1", cookie)).toBe(large);
  for (const cookie of ["", "xclaimcheck=x", "theme=claimcheck", "claimcheckx=1"])
    expect(most("/decode", cookie)).toBe(64 * 1024);
  for (const url of ["/", "/sign-in", "/decode/", "/decoder", "/x?/decode", "//decode"])
    expect(most(url, "claimcheck=x")).toBe(64 * 1024);
});

it("what Next's own tools post in development is no list of an action, and is let through there alone", async () => {
  const url = "/__nextjs_original-stack-frames";
  const chunks = [Buffer.from('{"frames":[]}')];
  const of = async (dev: boolean) => {
    const request = requestOf("POST", url, { origin: "http://127.0.0.1:3000" });
    const route = routeOf(url, dev);
    const head = guardRequest(request, route, parseSettings(required));
    return (head ?? (await refusalOfBody(request, route, { state: "whole", chunks, bytes: 13 }, true)))?.status;
  };
  expect(await of(true)).toBeUndefined();
  expect(await of(false)).toBe(400);
});

describe("a body", () => {
  const statusOfBody = async (text: string, headers: Record<string, string> = {}) => {
    const chunks = [Buffer.from(text)];
    const body = { state: "whole", chunks, bytes: text.length } as const;
    return (await refusalOfBody(post(headers), routeOf("/"), body, true))?.status;
  };

  it("with brackets far within brackets is refused, before React calls itself for each", async () => {
    for (const open of ["[", '{"a":', '[{"a":']) {
      const close = [...open].reverse().map((each) => ({ "[": "]", "{": "}" })[each] ?? "");
      const nested = (levels: number) => `[${open.repeat(levels)}1${close.join("").repeat(levels)}]`;
      expect(await statusOfBody(nested(20))).toBeUndefined();
      expect(await statusOfBody(nested(30_000))).toBe(400);
    }
    const form = (part: string) => `--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n${part}\r\n--x--\r\n`;
    const multipart = { "content-type": "multipart/form-data; boundary=x" };
    expect(await statusOfBody(form("[1]"), multipart)).toBeUndefined();
    expect(await statusOfBody(form("[".repeat(30_000) + "]".repeat(30_000)), multipart)).toBe(400);
  });

  it("with more values than any form's is refused, before React makes an object for each", async () => {
    const lists = ["{},", "[],", "1,", '"$$a",', '{"a":1},'].map((value) => (count: number) => value.repeat(count));
    for (const list of lists) {
      expect(await statusOfBody(`[{"sha256":[${list(2_000)}1]}]`)).toBeUndefined();
      expect(await statusOfBody(`[{"sha256":[${list(100_000)}1]}]`)).toBe(400);
    }
    expect(await statusOfBody(`[${"1,".repeat(2_000)}1]`)).toBe(400);
    const part = (index: number) => `--x\r\ncontent-disposition: form-data; name="${index}"\r\n\r\n1\r\n`;
    const parts = `${Array.from({ length: 11_000 }, (_, index) => part(index)).join("")}--x--\r\n`;
    expect(await statusOfBody(parts, { "content-type": "multipart/form-data; boundary=x" })).toBe(400);
  });

  it("may have any brackets and commas in its texts", async () => {
    expect(await statusOfBody(JSON.stringify([{ text: `${'["\\,,,,,,,,,,'.repeat(1_000)}` }]))).toBeUndefined();
  });
});
