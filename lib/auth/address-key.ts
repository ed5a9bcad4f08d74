/** Turns an address into the key that attempts are counted under: IPv4 whole, IPv6 by its /64, which one subscriber has to himself. What is no address is its own key. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Groups of 16 bits in a /64. */
const NETWORK_GROUPS = 4;

/** @param address without a port; an IPv4 address written as IPv6 is the IPv4 one */
export function addressKey(address: string): string {
  // The library's parser takes more for an address, such as "1".
  if (isIP(address) === 0) return address;
  // And less, such as an IPv4 address behind a prefix other than its own.
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const network = (parsed as ipaddr.IPv6).parts.slice(0, NETWORK_GROUPS);
  return `${network.map((group) => group.toString(16)).join(":")}::/64`;
}
