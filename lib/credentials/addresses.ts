/** Whether an address is one of those, or of those subnets, that a credential may be used from. An IPv4 client of a dual-stack socket is the same client. */
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const whole = (address: Address): [Address, number] => [address, address.kind() === "ipv4" ? 32 : 128];

/** @returns undefined for what is neither an address nor a subnet */
function subnetOf(text: string): [Address, number] | undefined {
  try {
    const [address, bits] = text.includes("/") ? ipaddr.parseCIDR(text) : whole(ipaddr.parse(text));
    // As its clients are, who are IPv4; what is wider than all of those is a mistake.
    if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress())
      return bits < 96 ? undefined : [address.toIPv4Address(), bits - 96];
    return [address, bits];
  } catch {
    return undefined;
  }
}

export const isSubnet = (text: string): boolean => subnetOf(text) !== undefined;

export function isWithin(address: string, subnets: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const client = ipaddr.process(address);
  return subnets.some((text) => {
    const subnet = subnetOf(text);
    if (!subnet) return false;
    const [network, bits] = subnet;
    if (client instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && client.match(network, bits);
    return network instanceof ipaddr.IPv6 && client.match(network, bits);
  });
}
