/** Addresses that a credential may be used from: an IPv4 client is the same one however its socket writes it, and a subnet is as wide as it is written. */
import { expect, it } from "vitest";
import { isSubnet, isWithin } from "./addresses";

it.each([
  ["203.0.113.9", ["203.0.113.9"], true],
  ["203.0.113.10", ["203.0.113.9"], false],
  ["::ffff:203.0.113.9", ["203.0.113.9"], true],
  ["203.0.113.9", ["::ffff:203.0.113.9"], true],
  ["203.0.113.10", ["::ffff:203.0.113.9"], false],
  ["203.0.113.200", ["::ffff:203.0.113.0/120"], true],
  ["203.0.114.1", ["::ffff:203.0.113.0/120"], false],
  ["203.0.113.200", ["203.0.113.0/24"], true],
  ["203.0.114.1", ["203.0.113.0/24"], false],
  ["2001:db8::1", ["2001:db8::/32"], true],
  ["2001:db9::1", ["2001:db8::/32"], false],
  ["2001:db8::1", ["203.0.113.0/24", "::1"], false],
  ["203.0.113.9", ["::/0"], false],
  ["no address", ["0.0.0.0/0"], false],
])("%s is within %j: %s", (address, subnets, is) => {
  expect(isWithin(address, subnets)).toBe(is);
});

it.each([
  ["10.0.0.0/8", true],
  ["::1", true],
  // Wider than all that is IPv4.
  ["::ffff:0.0.0.0/90", false],
  ["10.0.0.0/33", false],
  ["office", false],
])("%s is an address or a subnet: %s", (text, is) => {
  expect(isSubnet(text)).toBe(is);
});
