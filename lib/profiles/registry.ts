/** Profiles by their id, as stored with a signing key. */
import type { Profile } from "./profile";
import { videosdk } from "./videosdk/profile";

/** Not an object: it would have a profile called `constructor`. */
const profiles = new Map<string, Profile>([[videosdk.id, videosdk]]);

/** @throws Error for an id that no key can have */
export function profileOf(id: string): Profile {
  const profile = profiles.get(id);
  if (!profile) throw new Error(`There is no profile "${id}".`);
  return profile;
}
