/** Reads where a request comes from out of the headers that server.ts sets itself on every request; a client's own headers of these names never get here. */
import type { Origin, Via } from "./actor";

export const ADDRESS_HEADER = "x-claimcheck-address";
export const REQUEST_ID_HEADER = "x-claimcheck-request-id";

const USER_AGENT_LENGTH = 256;

/** By whole words: of a secret, the half that is left would not look like one. */
const shortened = (text: string) =>
  text.length <= USER_AGENT_LENGTH ? text : text.slice(0, USER_AGENT_LENGTH).replace(/\S*$/, "");

/** @param headers of a request, however they are kept */
export function originFrom(headers: { get(name: string): string | null }, via: Via): Origin {
  return {
    via,
    address: headers.get(ADDRESS_HEADER) ?? "unknown",
    userAgent: shortened((headers.get("user-agent") ?? "").replace(/\p{Cc}/gu, " ")),
    requestId: headers.get(REQUEST_ID_HEADER) ?? "unknown",
  };
}
