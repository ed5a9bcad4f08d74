/** Whose address a request has, and what a client's own claims about it are worth: nothing. */
import { randomBytes } from "node:crypto";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { originFrom } from "@/lib/auth/origin";
import { parseSettings } from "@/lib/env";
import { isSharedAddress, prepareRequestHeaders } from "./request-headers";

const required = {
  AUTH_SECRET: "drawn-by-nobody-at-all-for-the-tests-4711",
  SEALING_KEYS: `k1:${randomBytes(32).toString("base64url")}`,
};

/** @returns the headers as Next will see them */
function prepare(
  remoteAddress: string | undefined,
  headers: Record<string, string> = {},
  settings: { TRUSTED_PROXIES?: string; PUBLIC_URL?: string } = {},
) {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: remoteAddress });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, { host: "desk.local:3000", "user-agent": "a browser", ...headers });
  prepareRequestHeaders(request, parseSettings({ ...required, ...settings }));
  return request.headers;
}

it.each<[string, boolean]>([
  ["127.0.0.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["10.1.2.3", true],
  ["::ffff:10.1.2.3", true],
  ["203.0.113.9", false],
  ["2001:db8::1", false],
  ["64:ff9b::1.2.3.4", false],
  ["", false],
])("many people may come from %s: %s", (address, shared) => {
  const settings = parseSettings({ ...required, TRUSTED_PROXIES: "10.0.0.0/8" });
  expect(isSharedAddress(address, settings)).toBe(shared);
});

const addressOf = (...given: Parameters<typeof prepare>) =>
  originFrom(new Headers(prepare(...given) as never), "dashboard").address;

const forged = {
  forwarded: "for=1.2.3.4;proto=https;host=evil.example",
  "x-forwarded-for": "1.2.3.4",
  "x-forwarded-host": "evil.example",
  "x-forwarded-port": "1",
  "x-forwarded-proto": "https",
  "x-real-ip": "1.2.3.4",
  "x-claimcheck-address": "1.2.3.4",
  "x-claimcheck-request-id": "1.2.3.4",
  "x-claimcheck-host": "localhost",
};

it("nothing is asked for in parts or on a condition that Next fails at", () => {
  const asked = { range: "bytes=99999999-", "if-match": '"x"', "if-unmodified-since": "Wed, 21 Oct 2015 07:28:00 GMT" };
  for (const name of Object.keys(asked)) expect(prepare("192.0.2.1", asked)).not.toHaveProperty(name);
  expect(prepare("192.0.2.1", { "if-none-match": '"x"' })).toHaveProperty("if-none-match");
});

describe("with no trusted proxy", () => {
  it("the address is the socket's, whatever the client claims", () => {
    expect(addressOf("203.0.113.9")).toBe("203.0.113.9");
    expect(addressOf("203.0.113.9", forged)).toBe("203.0.113.9");
    expect(addressOf("127.0.0.1", { "x-forwarded-for": "1.2.3.4, 5.6.7.8" })).toBe("127.0.0.1");
  });

  it("nothing of what the client claimed reaches Next", () => {
    const headers = prepare("203.0.113.9", forged);
    expect(JSON.stringify(headers)).not.toMatch(/1\.2\.3\.4|evil/);
    expect(headers).toMatchObject({ host: "desk.local:3000", "user-agent": "a browser", "x-forwarded-proto": "http" });
    expect(headers["x-forwarded-host"]).toBeUndefined();
  });

  it("every request has an id of its own", () => {
    const ids = [1, 2, 3].map(
      () => originFrom(new Headers(prepare("203.0.113.9", forged) as never), "dashboard").requestId,
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[\w-]{12}$/);
  });
});

it("what Next asks this server itself keeps the address, the id and the host of the request that it is for", () => {
  const first = prepare("203.0.113.9") as Record<string, string>;
  const own = prepare("127.0.0.1", { ...first, host: "127.0.0.1:3000" });
  for (const name of ["x-claimcheck-address", "x-claimcheck-request-id", "host"]) expect(own[name]).toBe(first[name]);
  expect(addressOf("198.51.100.7", { ...forged, "x-claimcheck-own": "1" })).toBe("198.51.100.7");
});

describe("with a trusted proxy", () => {
  const TRUSTED_PROXIES = "10.0.0.0/8, 192.0.2.1";

  it("its word is believed", () => {
    expect(addressOf("10.0.0.2", { "x-forwarded-for": "198.51.100.7" }, { TRUSTED_PROXIES })).toBe("198.51.100.7");
    expect(addressOf("::ffff:10.0.0.2", { "x-forwarded-for": "198.51.100.7" }, { TRUSTED_PROXIES })).toBe(
      "198.51.100.7",
    );
  });

  it("nobody else's is", () => {
    expect(addressOf("203.0.113.9", { "x-forwarded-for": "198.51.100.7" }, { TRUSTED_PROXIES })).toBe("203.0.113.9");
  });

  it("a chain is followed back to the first that is not trusted, and no further", () => {
    const chain = { "x-forwarded-for": "1.2.3.4, 198.51.100.7, 192.0.2.1" };
    expect(addressOf("10.0.0.2", chain, { TRUSTED_PROXIES })).toBe("198.51.100.7");
  });

  it.each([
    ["198.51.100.7:51034", "198.51.100.7"],
    ["[2001:db8::7]:51034", "2001:db8::7"],
    ["[2001:db8::7]", "2001:db8::7"],
    ["2001:db8::7", "2001:db8::7"],
    ["2001:0DB8:0:0::7", "2001:db8::7"],
    ["::ffff:198.51.100.7", "198.51.100.7"],
    ["::ffff:c633:6407", "198.51.100.7"],
    ["1.2.3.4:1, 198.51.100.7:2, 192.0.2.1:3", "198.51.100.7"],
    [" 198.51.100.7 ,, ", "198.51.100.7"],
  ])("may write a port or IPv6 in any way: %s", (chain, address) => {
    expect(addressOf("10.0.0.2", { "x-forwarded-for": chain }, { TRUSTED_PROXIES })).toBe(address);
  });

  it.each(["unknown", "1.2.3.4, unknown", "1.2.3.4:123456", "[::1", "evil\u009b31m", "1.2.3.4, _hidden, 10.0.0.9"])(
    "that names no address is itself the client, and what stands before is not believed: %s",
    (chain) => {
      const last = chain.split(", ").at(-1) ?? "";
      expect(addressOf("10.0.0.2", { "x-forwarded-for": chain }, { TRUSTED_PROXIES })).toBe(
        last.startsWith("10.") ? last : "10.0.0.2",
      );
    },
  );

  it("that says nothing is itself the client", () => {
    expect(addressOf("10.0.0.2", {}, { TRUSTED_PROXIES })).toBe("10.0.0.2");
  });

  it("its headers are taken away all the same", () => {
    const headers = prepare("10.0.0.2", forged, { TRUSTED_PROXIES });
    expect(headers["x-forwarded-for"]).toBeUndefined();
    expect(headers["x-forwarded-host"]).toBeUndefined();
    expect(headers["x-forwarded-proto"]).toBe("http");
  });
});

describe("the address", () => {
  it("of an IPv4 client on a socket for both is written as IPv4", () => {
    expect(addressOf("::ffff:203.0.113.9")).toBe("203.0.113.9");
  });

  it.each(["2001:db8::9", "::ffff:0:0:1", "fe80::1%eth0"])("of an IPv6 client stays as it is: %s", (address) => {
    expect(addressOf(address)).toBe(address);
  });

  it("of a client that is gone already is unknown, and no crash", () => {
    expect(addressOf(undefined)).toBe("unknown");
    expect(addressOf(undefined, forged, { TRUSTED_PROXIES: "10.0.0.0/8" })).toBe("unknown");
  });
});

describe("PUBLIC_URL", () => {
  it("says how the desk is reached, and no header does", () => {
    const headers = prepare("203.0.113.9", forged, { PUBLIC_URL: "https://desk.example.com:8443" });
    expect(headers["x-forwarded-proto"]).toBe("https");
    expect(headers["x-forwarded-host"]).toBe("desk.example.com:8443");
  });
});
