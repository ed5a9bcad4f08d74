/** Whose attempts count together. */
import { isIP } from "node:net";
import fc from "fast-check";
import { expect, it } from "vitest";
import { addressKey } from "./address-key";

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["::FFFF:cb00:7109", "203.0.113.9"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:3:4:198.51.100.7", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["2001:db8:5:5::1.2.3.4", "2001:db8:5:5::/64"],
  ["2001:db8:5:5::1.2.3.255", "2001:db8:5:5::/64"],
  ["2001:db8:5:5:6:7:1.2.3.4", "2001:db8:5:5::/64"],
  ["fe80::1.2.3.4%eth0", "fe80:0:0:0::/64"],
  ["fe80::1%eth0.12", "fe80:0:0:0::/64"],
  ["::1.2.3.4", "0:0:0:0::/64"],
  ["64:ff9b::1.2.3.4", "1.2.3.4"],
  ["64:ff9b::cb00:7109", "203.0.113.9"],
  ["::ffff:0:203.0.113.9", "203.0.113.9"],
  ["2002:cb00:7109::1", "203.0.113.9"],
  ["2002:cb00:7109:ffff:1:2:3:4", "203.0.113.9"],
  ["64:ff9b:1::1.2.3.4", "64:ff9b:1:0::/64"],
])("%s is counted under %s", (address, key) => {
  expect(addressKey(address)).toBe(key);
});

it("a neighbour's network is another one", () => {
  expect(addressKey("2001:db8:1:2::9")).not.toBe(addressKey("2001:db8:1:3::9"));
  expect(addressKey("203.0.113.9")).not.toBe(addressKey("203.0.113.10"));
});

it("any address has a key, however it is written", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      expect(addressKey(address)).toMatch(isIP(address) === 4 ? /^[\d.]+$/ : /^([\da-f]{1,4}:){4}:\/64$|^[\d.]+$/);
    }),
  );
});

it.each(["unknown", "", "1", "0x7f.1", "1.2.3.4:5", "[::1]", "2001:db8::/64", "::1::"])(
  "%j is no address and its own key",
  (text) => {
    expect(addressKey(text)).toBe(text);
  },
);
