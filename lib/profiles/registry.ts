/** Profiles by their id, as stored with a signing key. */
import type { Profile } from "./profile";
import { videosdk } from "./videosdk";

const profiles: Record<string, Profile> = { [videosdk.id]: videosdk };

/** @throws Error for an id that no key can have */
export function profileOf(id: string): Profile {
  const profile = profiles[id];
  if (!profile) throw new Error(`There is no profile "${id}".`);
  return profile;
}
