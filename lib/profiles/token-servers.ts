/** How each vendor's apps ask for a token, by the id of its profile; not in the profile itself, as no page that decodes needs it. */
import type { TokenServer } from "./token-server";
import { videosdk } from "./videosdk/profile";
import { tokenServer } from "./videosdk/token-server";

export const tokenServers = new Map<string, TokenServer>([[videosdk.id, tokenServer]]);

/** @throws Error for a profile whose apps ask nobody */
export function tokenServerOf(profileId: string): TokenServer {
  const server = tokenServers.get(profileId);
  if (!server) throw new Error(`No apps of the profile "${profileId}" ask for tokens.`);
  return server;
}
