/** What becomes of the key that a repaired draft names: the one to choose, and what to say where there is none. Browser-safe. */
import { type Draft, shortName } from "./repair";

export function keyOfDraft<Key extends { id: string; apiKey: string }>(
  { apiKey, changes, leftOut }: Draft,
  keys: readonly Key[],
): { keyId: string; said: string[] } {
  const exact = keys.find((choice) => choice.apiKey === apiKey);
  const key = exact ?? keys.find((choice) => choice.apiKey.toLowerCase() === apiKey.toLowerCase());
  const respelt = key && !exact ? ["The API key is now written with its own capitals."] : [];
  const said = [...respelt, ...changes, ...leftOut];
  if (key) return { keyId: key.id, said: said.length > 0 ? said : ["Nothing had to be corrected."] };
  const why = apiKey
    ? `No key of this desk has the API key \`${shortName(apiKey)}\` that it names`
    : "It names no API key";
  return { keyId: "", said: [`${why}: choose the key that signs.`, ...said] };
}
