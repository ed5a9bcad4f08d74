/** How much may be posted where, and what bodies no form of the desk sends. */
import { randomBytes } from "node:crypto";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { parseSettings } from "@/lib/env";
import { mostBodyBytes, refusalOfBody } from "./guard-body";
import { guardRequest } from "./guard-request";
import { routeOf } from "./http-routes";

const settings = parseSettings({
  AUTH_SECRET: "drawn-by-nobody-at-all-for-the-tests-4711",
  SEALING_KEYS: `k1:${randomBytes(32).toString("base64url")}`,
});

function postTo(url: string, headers: Record<string, string>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method: "POST", url });
  Object.assign(request.headers, { host: "127.0.0.1:3000", ...headers });
  return request;
}

it("a large body may be posted to the decoder, by who has a session's cookie", () => {
  const most = (url: string, cookie: string) => mostBodyBytes(postTo(url, { cookie }), routeOf(url));
  const large = 256 * 1024;
  for (const cookie of ["claimcheck=x", "theme=dark; __Host-claimcheck=x"])
    expect(most("/decode?x=1", cookie)).toBe(large);
  for (const cookie of ["", "xclaimcheck=x", "theme=claimcheck", "claimcheckx=1", "a=b; claimcheck.0=x"])
    expect(most("/decode", cookie)).toBe(64 * 1024);
  for (const url of ["/", "/sign-in", "/decode/", "/decoder", "/x?/decode", "//decode"])
    expect(most(url, "claimcheck=x")).toBe(64 * 1024);
});

it("says how much is taken as people say it", () => {
  const told = (url: string, headers: Record<string, string>) =>
    guardRequest(postTo(url, { "content-length": "99999999", ...headers }), routeOf(url), settings)?.text;
  expect(told("/api/v1/tokens", { authorization: "Bearer cc_" })).toMatch(/more than the 4 MB that/);
  expect(told("/t/x/get-token", {})).toMatch(/more than the 4 kB that/);
});

it("what Next's own tools post in development is no list of an action, and is let through there alone", () => {
  const url = "/__nextjs_original-stack-frames";
  const chunks = [Buffer.from('{"frames":[]}')];
  const of = (dev: boolean) => {
    const request = postTo(url, { origin: "http://127.0.0.1:3000" });
    const route = routeOf(url, dev);
    const head = guardRequest(request, route, settings);
    return (head ?? refusalOfBody(request, route, { state: "whole", chunks }))?.status;
  };
  expect(of(true)).toBeUndefined();
  expect(of(false)).toBe(400);
});

describe("a body", () => {
  const statusOfBody = (text: string, headers: Record<string, string> = {}) =>
    refusalOfBody(postTo("/", headers), routeOf("/"), { state: "whole", chunks: [Buffer.from(text)] })?.status;

  it("with brackets far within brackets is refused, before React calls itself for each", () => {
    for (const open of ["[", '{"a":', '[{"a":']) {
      const close = [...open].reverse().map((each) => ({ "[": "]", "{": "}" })[each] ?? "");
      const nested = (levels: number) => `[${open.repeat(levels)}1${close.join("").repeat(levels)}]`;
      expect(statusOfBody(nested(20))).toBeUndefined();
      expect(statusOfBody(nested(30_000))).toBe(400);
    }
  });

  it("with more values than any form's is refused, before React makes an object for each", () => {
    const lists = ["{},", "[],", "1,", '"$$a",', '{"a":1},'].map((value) => (count: number) => value.repeat(count));
    for (const list of lists) {
      expect(statusOfBody(`[{"sha256":[${list(2_000)}1]}]`)).toBeUndefined();
      expect(statusOfBody(`[{"sha256":[${list(100_000)}1]}]`)).toBe(400);
    }
    expect(statusOfBody(`[${"1,".repeat(2_000)}1]`)).toBe(400);
  });

  it("of a form's parts is refused, whatever they hold: no form here sends one, and React follows its references", () => {
    for (const type of [
      "multipart/form-data; boundary=x",
      "Multipart/Form-Data;boundary=x",
      "multipart/mixed",
      " multipart/x",
    ])
      for (const part of ["[1]", '["$F1"]', '["$Q1"]', "[1]\r\n--x--\r\n"]) {
        const body = `--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n${part}\r\n--x--\r\n`;
        expect(statusOfBody(body, { "content-type": type })).toBe(400);
        // Nor is it read in another way.
        expect(statusOfBody("[1]", { "content-type": type })).toBe(400);
      }
    expect(statusOfBody("[1]", { "content-type": "text/plain;charset=UTF-8" })).toBeUndefined();
  });

  it("may have what looks like React's own notation within its texts, and not as one of them", () => {
    for (const text of ['{"price": "$5"}', 'the "$F1" room', '\\"$F1', "$$5"])
      expect(statusOfBody(JSON.stringify([{ text }]))).toBeUndefined();
    for (const text of ["$5", "$F1", "$undefined1"])
      for (const body of [[text], ["\\", text], ['"', text], [{ text }], [[`\\"`, text]]])
        expect(statusOfBody(JSON.stringify(body))).toBe(400);
    expect(statusOfBody('["\\u0024F1"]')).toBe(400);
    expect(statusOfBody('["$undefined"]')).toBeUndefined();
  });

  it("may have any brackets and commas in its texts", () => {
    expect(statusOfBody(JSON.stringify([{ text: `${'["\\,,,,,,,,,,'.repeat(1_000)}` }]))).toBeUndefined();
  });
});
