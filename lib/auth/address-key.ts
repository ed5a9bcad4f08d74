/** Turns an address into the key that attempts are counted under: IPv4 whole, IPv6 by its /64, which one subscriber has to himself, and by the /48 that a site has. What is no address is its own key. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Groups of 16 bits in a /64. */
const NETWORK_GROUPS = 4;

/** An IPv4 client to a server that has IPv6 alone, behind a prefix that all such share (RFC 6052 and 6145). */
const TRANSLATED = ["rfc6052", "rfc6145"];

/** 6to4 (RFC 3056): who has the IPv4 address has a /48 of these to himself. */
const TUNNELLED = "6to4";

const ipv4Of = (groups: readonly number[]) => groups.flatMap((group) => [group >> 8, group & 255]).join(".");

/** Without its interface, which the library reads in part. An address may end in the form of IPv4, which the library knows behind few prefixes. */
const inGroups = (address: string) =>
  address.replace(/%.*$/, "").replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes) => {
    const [first = 0, second = 0, third = 0, fourth = 0] = bytes.map(Number);
    return `${(first * 256 + second).toString(16)}:${(third * 256 + fourth).toString(16)}`;
  });

/** @param address without a port; an IPv4 address written as IPv6 is the IPv4 one */
export function addressKey(address: string): string {
  // The library's parser takes more for an address, such as "1".
  const version = isIP(address);
  if (version === 0) return address;
  const parsed = ipaddr.process(version === 6 ? inGroups(address) : address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const { parts } = parsed;
  if (TRANSLATED.includes(parsed.range())) return ipv4Of(parts.slice(-2));
  if (parsed.range() === TUNNELLED) return ipv4Of(parts.slice(1, 3));
  return `${parts
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** @param key of an address @returns the key of the site that its /64 belongs to; undefined of what is no IPv6 network */
export function siteKey(key: string): string | undefined {
  const groups = /^((?:[\da-f]{1,4}:){3})[\da-f]{1,4}::\/64$/.exec(key)?.[1];
  return groups && `${groups}:/48`;
}
