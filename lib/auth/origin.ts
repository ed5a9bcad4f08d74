/** Reads where a request comes from out of the headers that server.ts sets itself on every request; a client's own headers of these names never get here. */
import type { Origin, Via } from "./actor";

export const ADDRESS_HEADER = "x-claimcheck-address";
export const REQUEST_ID_HEADER = "x-claimcheck-request-id";

const USER_AGENT_LENGTH = 256;

/** @param headers of a request, however they are kept */
export function originFrom(headers: { get(name: string): string | null }, via: Via): Origin {
  return {
    via,
    address: headers.get(ADDRESS_HEADER) ?? "unknown",
    userAgent: (headers.get("user-agent") ?? "").replace(/\p{Cc}/gu, " ").slice(0, USER_AGENT_LENGTH),
    requestId: headers.get(REQUEST_ID_HEADER) ?? "unknown",
  };
}
