/** Which addresses a browser trusts, as Chromium's window.isSecureContext says. */
import { expect, it } from "vitest";
import { isTrustworthy } from "./is-trustworthy";

it.each(["localhost", "localhost:3000", "desk.localhost:3000", "127.0.0.1:3000", "127.9.9.9", "[::1]:3000"])(
  "%s, on this machine",
  (host) => expect(isTrustworthy(host, { PUBLIC_URL: undefined })).toBe(true),
);

it.each([
  "192.0.2.7:3000",
  "desk.lan",
  "localhost.example.com",
  "127.0.0.1.example.com",
  "[fd00::7]:3000",
  "0.0.0.0",
  "",
])("not %s", (host) => expect(isTrustworthy(host, { PUBLIC_URL: undefined })).toBe(false));

it.each([
  ["https://desk.example.com", true],
  ["http://desk.example.com", false],
  ["http://localhost:8080", true],
])("what PUBLIC_URL says counts more than the name that a proxy passes on: %s", (url, trusted) => {
  for (const host of ["127.0.0.1:3000", "192.0.2.7"])
    expect(isTrustworthy(host, { PUBLIC_URL: new URL(url) })).toBe(trusted);
});
