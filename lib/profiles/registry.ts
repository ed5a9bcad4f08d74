/** The one way to a profile: by its id, as stored with a key or row, or by a payload of unknown origin. */
import type { Vendors } from "@/lib/jwt/vendor";
import type { Claims, Profile } from "./profile";
import { videosdk } from "./videosdk/profile";

/** By id; the first is also whom a payload is taken to be meant for when nobody recognises it. Not an object: it would have a profile called `constructor`. */
export const profiles = new Map<string, Profile>([[videosdk.id, videosdk]]);

/** @throws Error for an id that no key can have */
export function profileOf(id: string): Profile {
  const profile = profiles.get(id);
  if (!profile) throw new Error(`There is no profile "${id}".`);
  return profile;
}

/** Of what nobody recognises, and of an empty form. */
export function firstProfile(): Profile {
  const [first] = profiles.values();
  if (!first) throw new Error("There is no profile.");
  return first;
}

/** Of a payload that comes from anywhere. */
export function profileOfClaims(claims: Claims | undefined): Profile {
  const recognised = claims && [...profiles.values()].find((profile) => profile.recognises(claims));
  return recognised ?? firstProfile();
}

/** Whether a payload says that this key signed it, as the key's vendor reads it. */
export function namesKey(claims: Claims | undefined, key: { profile: string; apiKey: string }): boolean {
  return claims !== undefined && profileOf(key.profile).keyIdOf(claims) === key.apiKey;
}

/** The same but for capitals: it is meant for this key, and its vendor, who compares each letter, knows none of that name. */
export function nearlyNamesKey(claims: Claims | undefined, key: { profile: string; apiKey: string }): boolean {
  const named = claims && profileOf(key.profile).keyIdOf(claims);
  return named !== undefined && named !== key.apiKey && named.toLowerCase() === key.apiKey.toLowerCase();
}

/** Whether a text is what some vendor's key or secret looks like, and nothing else. */
export function looksLike(what: keyof Profile["shapes"], text: string): boolean {
  return [...profiles.values()].some(({ shapes }) => shapes[what].exec(text)?.[0] === text);
}

/** Whether what looks like some vendor's secret stands in a text. */
export function holdsSecret(text: string): boolean {
  return [...profiles.values()].some(({ shapes }) => shapes.secret.test(text));
}

/** What the vendors say of themselves, for who reads a text. */
export const vendors: Vendors = {
  of(claims) {
    const { name, words } = profileOfClaims(claims);
    return { name, dashboard: words.dashboard, withoutBearer: words.withoutBearer };
  },
  isKey: (text) => looksLike("key", text),
  haveKey: (names) => [...profiles.values()].some(({ keyClaim }) => names.includes(keyClaim)),
  recognise: (claims) => [...profiles.values()].some((profile) => profile.recognises(claims)),
};
